package docrootaudit.alert;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one recipient is told at once, before it is worded.
 *
 * @param id the {@code Message-ID} the mail will have
 * @param inReplyTo the id of the mail that it continues
 * @param references the ids of the thread, oldest first
 * @param to the recipient's address
 * @param date when it was composed
 * @param events at least one, of any kinds and roots; events of one cause in several roots stand together
 * @param asides sentences about the alerts themselves, such as that mails were folded into this one
 */
public record Batch(
        String id,
        Optional<String> inReplyTo,
        List<String> references,
        String to,
        Instant date,
        List<Event> events,
        List<String> asides) {
    public Batch {
        references = List.copyOf(references);
        events = List.copyOf(events);
        asides = List.copyOf(asides);
    }
}
