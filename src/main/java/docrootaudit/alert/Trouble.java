package docrootaudit.alert;

import docrootaudit.access.PathBytes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Trouble with the store itself, of which the store cannot tell: told once, and once when it is over, from memory. Who
 * is told of every root is told of it.
 */
final class Trouble {
    private static final Duration AGAIN = Duration.ofMinutes(1);

    /**
     * A store that is back before that, such as one that another process had open, is no trouble; and trouble is over
     * when there was none for so long, for on a full disk something small finds room now and then.
     */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final PathBytes store;
    private final AlertPolicy policy;
    private final Postman.Composers composers;
    private final Map<Recipient.Channel, Transport> transports;
    private final List<Letter> letters = new ArrayList<>();
    private Optional<Event> blind = Optional.empty();
    /** When it failed first. */
    private Optional<Instant> since = Optional.empty();
    /** Since when it works again after that. */
    private Optional<Instant> well = Optional.empty();

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

    /** The same trouble, told by other settings from now on. */
    Trouble by(AlertPolicy other, Postman.Composers composer, Map<Recipient.Channel, Transport> ways) {
        Trouble same = new Trouble(store, other, composer, ways);
        letters.stream().filter(letter -> ways.containsKey(letter.channel())).forEach(same.letters::add);
        same.blind = blind;
        same.since = since;
        same.well = well;
        same.next = next;
        return same;
    }

    /** The store failed. */
    void met(String sentence, Instant now) {
        since = since.filter(time -> !time.isAfter(now)).or(() -> Optional.of(now));
        well = Optional.empty();
        if (blind.isEmpty() && !now.isBefore(since.get().plus(PATIENCE))) {
            Event event = event(sentence, now);
            blind = Optional.of(event);
            write(event, now);
        }
        deliver(now);
    }

    /** The store works. */
    void none(Instant now) {
        if (since.isPresent()) {
            well = well.filter(time -> !time.isAfter(now)).or(() -> Optional.of(now));
            if (!now.isBefore(well.get().plus(PATIENCE))) {
                over(now);
            }
        }
        deliver(now);
    }

    private void over(Instant now) {
        if (blind.isPresent()) {
            write(event("it can be written again", now).as(Event.Kind.SEEING), now);
        }
        since = Optional.empty();
        well = Optional.empty();
        blind = Optional.empty();
    }

    /** What was remembered is gone: nothing will bring it back, so that is told at once and never over. */
    void lost(String sentence, Instant now) {
        write(event(sentence, now), now);
    }

    /** When to call again, if something is still to be told. */
    Optional<Instant> next() {
        return Stream.concat(
                        letters.isEmpty() ? Stream.empty() : Stream.of(next),
                        well.map(time -> time.plus(PATIENCE)).stream())
                .min(Instant::compareTo);
    }

    private Event event(String sentence, Instant now) {
        return new Event(
                Event.Kind.BLIND,
                now,
                Optional.empty(),
                Event.View.ofNobody(store),
                new Event.Culprit("store", store, 1, "store", sentence),
                Event.Likeness.UNKNOWN,
                Event.Refused.NOTHING,
                Event.Mending.NONE);
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
