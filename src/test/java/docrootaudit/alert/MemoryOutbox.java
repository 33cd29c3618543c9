package docrootaudit.alert;

import docrootaudit.access.PathBytes;
import docrootaudit.alert.AlertState.Scanned;
import docrootaudit.alert.AlertState.Told;
import docrootaudit.alert.AlertState.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An outbox that keeps nothing beyond the test. */
final class MemoryOutbox implements Outbox {
    /** A message and what has become of it. */
    static final class Entry {
        final long key;
        final Recipient recipient;
        final Message message;
        final Instant composed;
        Instant nextTry;
        int tries;
        Optional<Tried> end = Optional.empty();

        Entry(long key, Recipient recipient, Message message, Instant composed) {
            this.key = key;
            this.recipient = recipient;
            this.message = message;
            this.composed = composed;
            this.nextTry = composed;
        }
    }

    final List<Waiting> waiting = new ArrayList<>();
    final Map<Watch.Key, Watch> watches = new LinkedHashMap<>();
    final List<AlertState.Ack> acks = new ArrayList<>();
    final List<AlertState.Quiet> quiets = new ArrayList<>();
    final Map<Scanned, List<Instant>> scans = new HashMap<>();
    final Map<String, Told> told = new LinkedHashMap<>();
    final Map<Recipient, List<Event>> surplus = new HashMap<>();
    final List<Entry> entries = new ArrayList<>();
    private Optional<OutboxException> broken = Optional.empty();
    private Optional<String> unwritten = Optional.empty();
    private Optional<OutboxException> full = Optional.empty();
    private long ids;

    /** Adds what a scan saw. */
    void scan(Scanned scanned, Instant start, List<Event> events) {
        scans.computeIfAbsent(scanned, s -> new ArrayList<>()).add(0, start);
        scans.computeIfAbsent(new Scanned(scanned.root(), OptionalInt.empty(), ""), s -> new ArrayList<>())
                .add(0, start);
        events.forEach(event -> waiting.add(new Waiting(ids++, start, false, event)));
    }

    void breakDown() {
        broken = Optional.of(new OutboxException("no space is left in /var/lib/docroot-audit", null));
    }

    /** Can be read, not written. */
    void fill() {
        full = Optional.of(new OutboxException("no space is left in /var/lib/docroot-audit", null));
    }

    /** Nothing that scans saw is kept any more. */
    void loseScans() {
        unwritten = Optional.of("no space is left in /var/lib/docroot-audit");
    }

    void mend() {
        unwritten = Optional.empty();
        broken = Optional.empty();
        full = Optional.empty();
    }

    AlertState state(Instant now, int watched) {
        Map<Scanned, List<Instant>> last = new HashMap<>();
        scans.forEach((root, starts) -> last.put(root, starts.subList(0, Math.min(watched, starts.size()))));
        Map<Recipient, List<Instant>> composed = new HashMap<>();
        entries.stream()
                .filter(e -> e.composed.isAfter(now.minus(Duration.ofHours(1))))
                .forEach(e -> composed.computeIfAbsent(e.recipient, r -> new ArrayList<>())
                        .add(e.composed));
        return new AlertState(
                List.copyOf(waiting),
                List.copyOf(watches.values()),
                scans.keySet().stream().filter(s -> s.uid().isPresent()).collect(Collectors.toSet()),
                List.copyOf(acks),
                List.copyOf(quiets),
                last,
                List.copyOf(told.values()),
                Map.copyOf(surplus),
                composed);
    }

    @Override
    public PathBytes place() {
        return PathBytes.of("/var/lib/docroot-audit");
    }

    @Override
    public Optional<Instant> decide(Instant now, int watched, Function<AlertState, Composed> decide)
            throws OutboxException {
        if (broken.isPresent()) {
            throw broken.get();
        }
        Composed composed = decide.apply(state(now, watched));
        Decision decision = composed.decision();
        for (int i = 0; i < composed.messages().size(); i++) {
            entries.add(new Entry(
                    ids++,
                    decision.batches().get(i).recipient(),
                    composed.messages().get(i),
                    now));
        }
        waiting.removeIf(w -> decision.done().contains(w.id()));
        waiting.replaceAll(
                w -> decision.deferred().contains(w.id()) ? new Waiting(w.id(), w.queued(), true, w.event()) : w);
        decision.watches().forEach(w -> watches.put(w.key(), w));
        decision.forgotten().forEach(watches::remove);
        scans.keySet().removeIf(s -> decision.unheard().contains(s.root()));
        decision.told().forEach(t -> told.put(t.recipient() + " " + t.cause(), t));
        surplus.putAll(decision.surplus());
        acks.removeIf(a -> decision.endedAcks().contains(a.cause()));
        quiets.removeAll(decision.endedQuiets());
        return decision.next();
    }

    @Override
    public Optional<String> unwritten() {
        return unwritten;
    }

    @Override
    public List<Pending> due(Instant now, Instant latest, int limit) {
        return entries.stream()
                .filter(e -> e.end.isEmpty() && (!e.nextTry.isAfter(now) || e.nextTry.isAfter(latest)))
                .limit(limit)
                .map(e -> new Pending(e.key, e.recipient, e.message, e.tries))
                .toList();
    }

    @Override
    public Optional<Instant> nextTry() {
        return entries.stream().filter(e -> e.end.isEmpty()).map(e -> e.nextTry).min(Instant::compareTo);
    }

    @Override
    public void tried(Pending message, Tried outcome) throws OutboxException {
        if (full.isPresent()) {
            throw full.get();
        }
        Entry entry =
                entries.stream().filter(e -> e.key == message.key()).findFirst().orElseThrow();
        entry.tries++;
        if (outcome instanceof Tried.Postponed postponed) {
            entry.nextTry = postponed.until();
        } else {
            entry.end = Optional.of(outcome);
        }
    }
}
