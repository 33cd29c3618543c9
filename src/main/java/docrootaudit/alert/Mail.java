package docrootaudit.alert;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One mail to one recipient as it goes out. All that makes a repeat the same mail is settled when it is composed: a mail
 * that is delivered twice after a crash has the same {@code Message-ID} both times.
 *
 * @param id the {@code Message-ID}, with its angle brackets
 * @param inReplyTo the id of the mail that this one continues
 * @param references the ids of all mails of the thread, oldest first
 * @param to the recipient's address
 * @param date when it was composed
 * @param subject one line without control characters
 * @param text the plain part
 * @param html the other part, which says the same
 */
public record Mail(
        String id,
        Optional<String> inReplyTo,
        List<String> references,
        String to,
        Instant date,
        String subject,
        String text,
        String html)
        implements Message {
    /** An id that no other mail has. */
    public static String newId(String host) {
        return "<" + UUID.randomUUID() + "@" + host.replaceAll("[^A-Za-z0-9.-]", "-") + ">";
    }

    public Mail {
        references = List.copyOf(references);
    }
}
