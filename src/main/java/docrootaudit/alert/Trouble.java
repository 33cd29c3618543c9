package docrootaudit.alert;

import docrootaudit.access.PathBytes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Trouble with the store itself, of which the store cannot tell: told once, and once when it is over, from memory. Who
 * is told of every root is told of it.
 */
final class Trouble {
    private static final Duration AGAIN = Duration.ofMinutes(1);

    /** A store that is back before that, such as one that another process had open, is no trouble. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final PathBytes store;
    private final AlertPolicy policy;
    private final Postman.Composers composers;
    private final Map<Recipient.Channel, Transport> transports;
    private final List<Letter> letters = new ArrayList<>();
    private Optional<Event> blind = Optional.empty();
    private Optional<Instant> since = Optional.empty();
    private Instant next = Instant.EPOCH;

    private record Letter(Recipient.Channel channel, Message message) {}

    Trouble(
            PathBytes store,
            AlertPolicy policy,
            Postman.Composers composers,
            Map<Recipient.Channel, Transport> transports) {
        this.store = store;
        this.policy = policy;
        this.composers = composers;
        this.transports = transports;
    }

    /** The store failed. */
    void met(String sentence, Instant now) {
        since = since.or(() -> Optional.of(now));
        if (blind.isEmpty() && !now.isBefore(since.get().plus(PATIENCE))) {
            Event event = event(sentence, now);
            blind = Optional.of(event);
            write(event, now);
        }
        deliver(now);
    }

    /** The store works. */
    void over(Instant now) {
        if (blind.isPresent()) {
            write(event("it can be written again", now).as(Event.Kind.SEEING), now);
        }
        since = Optional.empty();
        blind = Optional.empty();
        deliver(now);
    }

    /** When to call again, if something is still to be told. */
    Optional<Instant> next() {
        return letters.isEmpty() ? Optional.empty() : Optional.of(next);
    }

    private Event event(String sentence, Instant now) {
        return new Event(
                Event.Kind.BLIND,
                now,
                Optional.empty(),
                store,
                "",
                0,
                "store",
                store,
                1,
                "store",
                sentence,
                Optional.empty(),
                "",
                0,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private void write(Event event, Instant now) {
        List<Recipient> recipients = new ArrayList<>();
        policy.settings().to().forEach(address -> recipients.add(Recipient.mail(address)));
        recipients.add(Recipient.WEBHOOK);
        for (Recipient recipient : recipients) {
            if (transports.containsKey(recipient.channel())) {
                Batch batch = new Batch(
                        composers.ids().get(),
                        Optional.empty(),
                        List.of(),
                        recipient.address(),
                        now,
                        List.of(event),
                        List.of());
                letters.add(new Letter(recipient.channel(), composers.of(new Decision.Addressed(recipient, batch))));
            }
        }
        next = now;
    }

    private void deliver(Instant now) {
        if (letters.isEmpty() || now.isBefore(next)) {
            return;
        }
        letters.removeIf(
                letter -> !(transports.get(letter.channel()).deliver(letter.message()) instanceof Delivery.Later));
        next = now.plus(AGAIN);
    }
}
