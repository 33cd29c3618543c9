package docrootaudit.alert;

import docrootaudit.access.PathBytes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * All that a decision about alerts depends on, apart from the settings and the time.
 *
 * @param waiting events that have not been told, oldest first
 * @param watches how causes stand that people were told of
 * @param heard of whose access people hear, in which roots; of others nothing is known any more
 * @param acks causes that nobody wants to hear of
 * @param quiets roots that are being worked on
 * @param scans the starts of the last finished scans of each root in question, newest first
 * @param told what each recipient was told
 * @param surplus what is to be told to a recipient as soon as the limit allows, oldest first
 * @param composed when the messages of the last hour were composed, oldest first
 */
public record AlertState(
        List<Waiting> waiting,
        List<Watch> watches,
        Set<Scanned> heard,
        List<Ack> acks,
        List<Quiet> quiets,
        Map<Scanned, List<Instant>> scans,
        List<Told> told,
        Map<Recipient, List<Event>> surplus,
        Map<Recipient, List<Instant>> composed) {
    public static final AlertState EMPTY = new AlertState(
            List.of(), List.of(), Set.of(), List.of(), List.of(), Map.of(), List.of(), Map.of(), Map.of());

    /**
     * An event whose turn has not come.
     *
     * @param id ascends with the order in which things happened
     * @param queued when it was written
     * @param deferred whether it has met a silence
     */
    public record Waiting(long id, Instant queued, boolean deferred, Event event) {}

    /**
     * A cause that nobody wants to hear of.
     *
     * @param until when it is to be told again; empty: not before it is over
     */
    public record Ack(String cause, Optional<Instant> until) {}

    /** A root, with all that is configured below it, that is being worked on. */
    public record Quiet(PathBytes root, Instant from, Instant until) {}

    /**
     * What is scanned: a root for somebody.
     *
     * @param uid of whom (unsigned); empty: for anybody, for who is blind is the audit itself
     * @param server by the rules of which web server; empty: by permissions
     */
    public record Scanned(PathBytes root, OptionalInt uid, String server) {
        /** By permissions. */
        public Scanned(PathBytes root, int uid) {
            this(root, OptionalInt.of(uid), "");
        }

        /** What an event is of. */
        public static Scanned of(Event event) {
            return new Scanned(
                    event.root(),
                    event.isOfNobody()
                            ? OptionalInt.empty()
                            : OptionalInt.of(event.view().uid()),
                    event.view().server());
        }
    }

    /**
     * What a recipient knows of a cause.
     *
     * @param messages the ids of those that told of it, oldest first
     * @param open whether the last it was told is that the cause is there
     */
    public record Told(Recipient recipient, String cause, List<String> messages, boolean open) {
        public Told {
            messages = List.copyOf(messages);
        }
    }
}
