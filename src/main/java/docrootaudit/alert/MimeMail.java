package docrootaudit.alert;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/** A mail as it goes over the wire: multipart/alternative, with the headers by which robots know robots. */
final class MimeMail extends MimeMessage {
    /** RFC 5322, 2.1.1, has lines of 998; the thread's first mail and its last ones tell where it belongs. */
    private static final int LAST_REFERENCES = 9;

    private static final int REFERENCES_HEADER = "References: ".length();

    private final String id;

    MimeMail(Session session, Mail mail, String from, Optional<String> replyTo, String host) throws MessagingException {
        super(session);
        this.id = mail.id();
        setFrom(new InternetAddress("docroot-audit on " + domain(host) + " <" + from + ">"));
        setRecipient(RecipientType.TO, new InternetAddress(mail.to()));
        if (replyTo.isPresent()) {
            setReplyTo(new InternetAddress[] {new InternetAddress(replyTo.get())});
        }
        setSentDate(Date.from(mail.date()));
        setSubject(oneLine(mail.subject()), "UTF-8");
        if (mail.inReplyTo().isPresent()) {
            setHeader("In-Reply-To", oneLine(mail.inReplyTo().get()));
        }
        if (!mail.references().isEmpty()) {
            setHeader("References", MimeUtility.fold(REFERENCES_HEADER, references(mail.references())));
        }
        // RFC 3834 and, for Exchange, [MS-OXCMAIL]: no vacation notes as answers.
        setHeader("Auto-Submitted", "auto-generated");
        setHeader("X-Auto-Response-Suppress", "All");
        // RFC 2919
        setHeader("List-Id", "docroot-audit on " + domain(host) + " <docroot-audit." + domain(host) + ">");
        MimeMultipart parts = new MimeMultipart("alternative");
        parts.addBodyPart(part(mail.text(), "plain"));
        parts.addBodyPart(part(mail.html(), "html"));
        setContent(parts);
    }

    private static MimeBodyPart part(String text, String subtype) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(text, "UTF-8", subtype);
        // Whatever is in it: no line on the wire is too long, and no server has a reason to change one.
        part.setHeader("Content-Transfer-Encoding", "quoted-printable");
        return part;
    }

    /** A repeat has the same. */
    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", oneLine(id));
    }

    private static String references(List<String> ids) {
        List<String> kept = new ArrayList<>(ids);
        if (kept.size() > LAST_REFERENCES + 1) {
            kept.subList(1, kept.size() - LAST_REFERENCES).clear();
        }
        return oneLine(String.join(" ", kept));
    }

    /** The last gate: what is composed elsewhere has no line ends, and if it had, they would end here. */
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    /** The name of a host, as headers and greetings can have it. */
    static String domain(String host) {
        String letters = host.replaceAll("[^A-Za-z0-9.-]", "-").replaceAll("^[.-]+|[.-]+$", "");
        return letters.isEmpty() ? "localhost" : letters;
    }
}
