package docrootaudit.endtoend;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mail as a recipient has it. A repeat equals the one that it repeats: id, references, subject and words are the same.
 *
 * @param tells what its text tells, a line each, such as {@code OPENED /srv/www/shop}
 */
record LetterTaken(String id, Optional<String> inReplyTo, String subject, String text, List<String> tells) {
    private static final Map<String, String> HEADINGS = Map.of(
            "Found by the first scan", "BASELINE",
            "New", "OPENED",
            "Closed on purpose since the last scan", "CLOSED",
            "Readable again", "RECOVERED",
            "Recovered", "RECOVERED",
            "Still unreadable", "STILL",
            "Unstable", "UNSTABLE",
            "Not seen by the audit", "BLIND",
            "Seen again", "SEEING");
    private static final Pattern TITLE = Pattern.compile("(?:[0-9]+ files in )?/.*");

    static LetterTaken of(byte[] mail) throws IOException {
        try {
            MimeMessage message =
                    new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mail));
            String text = ((Multipart) message.getContent())
                    .getBodyPart(0)
                    .getContent()
                    .toString()
                    .replace("\r\n", "\n");
            return new LetterTaken(
                    message.getMessageID(),
                    Optional.ofNullable(message.getHeader("In-Reply-To", null)),
                    message.getSubject(),
                    text,
                    tells(text));
        } catch (MessagingException e) {
            throw new IOException(e);
        }
    }

    private static List<String> tells(String text) {
        List<String> tells = new ArrayList<>();
        String kind = "";
        for (String line : text.lines().toList()) {
            Matcher title = TITLE.matcher(line);
            if (HEADINGS.containsKey(line)) {
                kind = HEADINGS.get(line);
            } else if (!kind.isEmpty() && title.matches()) {
                tells.add(kind + " " + line);
            }
        }
        return tells;
    }
}
