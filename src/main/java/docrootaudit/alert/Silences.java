package docrootaudit.alert;

import docrootaudit.alert.AlertState.Waiting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What nobody wants to hear of now, and what is left of it afterwards. */
final class Silences {
    private final AlertState state;
    private final Instant now;
    private final Map<String, AlertState.Ack> acks = new HashMap<>();
    private final List<String> ended = new ArrayList<>();

    Silences(AlertState state, Instant now) {
        this.state = state;
        this.now = now;
        Map<String, Long> open = new HashMap<>();
        Stream.concat(
                        state.watches().stream().map(w -> Map.entry(w.latest().cause(), w.openNames())),
                        state.waiting().stream()
                                .map(Waiting::event)
                                .map(e -> Map.entry(e.cause(), e.kind().change(e.names()))))
                .forEach(e -> open.merge(e.getKey(), e.getValue(), Long::sum));
        for (AlertState.Ack ack : state.acks()) {
            // one without an end ends with its cause; if that has not come yet, or nobody watches, it has not
            boolean over = ack.until()
                    .map(until -> !now.isBefore(until))
                    .orElseGet(() -> open.getOrDefault(ack.cause(), 1L) <= 0);
            if (over) {
                ended.add(ack.cause());
            } else {
                acks.put(ack.cause(), ack);
            }
        }
    }

    /** Whether an event that waits has to wait on. */
    boolean cover(Waiting waiting) {
        return acks.containsKey(waiting.event().cause()) || quiet(waiting.event(), waiting.queued());
    }

    /** Whether nothing is to be said of a cause of its own accord, such as a reminder. */
    boolean cover(Event event) {
        return acks.containsKey(event.cause()) || quiet(event, now);
    }

    private boolean quiet(Event event, Instant queued) {
        return state.quiets().stream()
                .anyMatch(q ->
                        event.root().startsWith(q.root()) && now.isBefore(q.until()) && !queued.isBefore(q.from()));
    }

    /** Whether the time is up for which nobody wanted to hear of a cause. */
    boolean hasExpired(String cause) {
        return state.acks().stream()
                .anyMatch(a -> a.cause().equals(cause)
                        && a.until().filter(until -> !now.isBefore(until)).isPresent());
    }

    /** Causes that are heard of again. */
    List<String> endedAcks() {
        return ended;
    }

    List<AlertState.Quiet> endedQuiets() {
        return state.quiets().stream().filter(q -> !now.isBefore(q.until())).toList();
    }

    /** When the first of them ends. */
    Optional<Instant> nextEnd() {
        return Stream.concat(
                        acks.values().stream().flatMap(a -> a.until().stream()),
                        state.quiets().stream().map(AlertState.Quiet::until).filter(now::isBefore))
                .min(Instant::compareTo);
    }

    /**
     * What is left to tell of one cause in one root: what opened and recovered within a silence has not been.
     *
     * @param waiting of one cause in one root, oldest first
     */
    static List<Event> net(List<Waiting> waiting) {
        List<Event> deferred =
                waiting.stream().filter(Waiting::deferred).map(Waiting::event).toList();
        List<Event> all = new ArrayList<>(
                deferred.stream().filter(e -> e.kind() == Event.Kind.CLOSED).toList());
        long sum = deferred.stream().mapToLong(e -> e.kind().change(e.names())).sum();
        if (sum != 0) {
            Event last = deferred.stream()
                    .filter(e -> e.kind() != Event.Kind.CLOSED && e.kind().isOpening() == sum > 0)
                    .reduce((a, b) -> b)
                    .orElseThrow();
            all.add(last.ofNames(Math.abs(sum)));
        }
        waiting.stream().filter(w -> !w.deferred()).map(Waiting::event).forEach(all::add);
        return all;
    }
}
