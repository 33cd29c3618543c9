package docrootaudit.alert;

import docrootaudit.access.PathBytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Keeps what is to be told and what was, so that neither a crash nor a dead mail server loses it. */
public interface Outbox {
    /** Where it is kept. */
    PathBytes place();

    /**
     * Has decided what is to be told now, and keeps the decision with its messages, all of it or nothing.
     *
     * @param watched how many scans of each root the decision looks at
     * @param decide is given what is known; called once
     * @return when there is something to decide again, if nothing happens before
     * @throws OutboxException if it cannot be kept; then nothing is
     */
    Optional<Instant> decide(Instant now, int watched, Function<AlertState, Composed> decide) throws OutboxException;

    /** Why something that scans saw could not be kept the last time; empty if all was. */
    Optional<String> unwritten();

    /**
     * The messages to be tried by now, oldest first.
     *
     * @param latest what is to be tried only after that was put off when the clock showed another time, and is due
     * @throws OutboxException if they cannot be read
     */
    List<Pending> due(Instant now, Instant latest, int limit) throws OutboxException;

    /**
     * When the next message is to be tried.
     *
     * @throws OutboxException if that cannot be read
     */
    Optional<Instant> nextTry() throws OutboxException;

    /**
     * Keeps what came of a try.
     *
     * @throws OutboxException if that cannot be kept; the message will be tried again
     */
    void tried(Pending message, Tried outcome) throws OutboxException;

    /** A decision and the messages its batches became, in their order. */
    record Composed(Decision decision, List<Message> messages) {
        public Composed {
            messages = List.copyOf(messages);
        }
    }

    /**
     * A message that is not delivered yet.
     *
     * @param key the outbox's own
     * @param tries how often it was tried
     */
    record Pending(long key, Recipient recipient, Message message, int tries) {}

    /** What came of a try. */
    sealed interface Tried {
        /** What the other side said. */
        String answer();

        /** It is delivered. */
        record Sent(Instant at, String answer) implements Tried {}

        /** It is to be tried again. */
        record Postponed(Instant until, String answer) implements Tried {}

        /** It is given up, and kept to be looked at. */
        record Undeliverable(Instant at, String answer) implements Tried {}
    }
}
