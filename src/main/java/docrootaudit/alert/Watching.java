package docrootaudit.alert;

import docrootaudit.access.PathBytes;
import docrootaudit.alert.AlertState.Scanned;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Follows how each cause stands in each root, and picks of all that happens what is worth telling. */
final class Watching {
    /** So long a recovery waits to be seen in all roots that the cause stood in. */
    private static final Duration ALL_ROOTS = Duration.ofDays(1);

    /** A root that is gone has no scans to count: so long without a change, it is at rest. */
    private static final Duration AT_REST = Duration.ofDays(1);

    private static final Comparator<Watch> BY_PATH = Comparator.comparing(
                    (Watch w) -> w.latest().culprit().blamed())
            .thenComparing(w -> w.latest().root())
            .thenComparing(w -> w.latest().view().uid());

    private final AlertSettings settings;
    private final AlertState state;
    private final Silences silences;
    private final Instant now;
    private final Map<Watch.Key, Watch> watches = new LinkedHashMap<>();
    private final Map<Watch.Key, Watch> before = new HashMap<>();
    /** The same that people were told are there, by their causes: a batch may have tens of thousands. */
    private final Map<String, List<Watch>> toldBefore;

    private final List<Piece> pieces = new ArrayList<>();
    private final List<Watch.Key> forgotten = new ArrayList<>();
    private final Set<Scanned> baselines = new HashSet<>();
    private final Set<PathBytes> unheard;

    /**
     * Something worth telling.
     *
     * @param known whether people were told before that this cause is there in this root
     * @param elsewhere whether they were told that it is there in another
     */
    record Piece(Event event, boolean known, boolean elsewhere) {}

    /** @param unheard roots that are watched no more */
    Watching(AlertSettings settings, AlertState state, Silences silences, Instant now, Collection<PathBytes> unheard) {
        this.settings = settings;
        this.state = state;
        this.silences = silences;
        this.now = now;
        this.unheard = Set.copyOf(unheard);
        state.watches().forEach(w -> watches.put(w.key(), w));
        before.putAll(watches);
        toldBefore = toldByCause(before.values());
    }

    private static Map<String, List<Watch>> toldByCause(Collection<Watch> all) {
        return all.stream()
                .filter(w -> w.isOpen() && w.told().isPresent())
                .collect(Collectors.groupingBy(w -> w.latest().cause()));
    }

    /** Something happened. */
    void see(Event event) {
        if (event.kind() == Event.Kind.NOTHING) {
            baselines.add(Scanned.of(event));
        }
        if (event.kind() == Event.Kind.NOTHING || unheard.contains(event.root())) {
            return;
        }
        if (event.kind() == Event.Kind.CLOSED) {
            pieces.add(new Piece(event, false, false));
            return;
        }
        Watch.Key key = Watch.Key.of(event);
        Watch old = watches.getOrDefault(key, Watch.before(event));
        if (!event.kind().isOpening() && !old.isOpen()) {
            return; // the end of what nobody was told of
        }
        Watch watch = old.after(event);
        if (event.kind() == Event.Kind.BASELINE) {
            baselines.add(Scanned.of(event));
            tell(event, old);
            watch = watch.told(now);
        } else if (event.kind() == Event.Kind.LEFT_OUT) {
            watch = watch.isOpen() ? watch : watch.over();
        } else if (!watch.unstable() && flaps(watch)) {
            tell(watch.latest().as(Event.Kind.UNSTABLE), old);
            watch = watch.unstable(now);
        } else if (event.kind().isOpening() && !watch.unstable()) {
            tell(event, old);
            watch = watch.told(now);
        }
        watches.put(key, watch);
    }

    /**
     * Of what nobody looks at any more nothing is known. Under new rules all is told anew; what is not, was seen under
     * rules that hold no more.
     */
    private void forget() {
        for (Watch.Key key : List.copyOf(watches.keySet())) {
            Watch watch = watches.get(key);
            Scanned scanned = Scanned.of(watch.latest());
            boolean outdated = baselines.contains(scanned) && watch.equals(before.get(key));
            boolean unasked = !watch.latest().isOfNobody() && !state.heard().contains(scanned);
            if (outdated || unasked || unheard.contains(watch.latest().root())) {
                watches.remove(key);
                if (before.containsKey(key)) {
                    forgotten.add(key);
                }
            }
        }
    }

    /** What time and scans without a change bring about. */
    void settle() {
        forget();
        for (Watch.Key key : List.copyOf(watches.keySet())) {
            Watch watch = watches.get(key);
            if (watch.unstable() && isCalm(watch) && !silences.cover(watch.latest())) {
                watch = watch.atRest();
                if (watch.isOpen()) {
                    tell(watch.latest().as(Event.Kind.STILL), watch);
                    watch = watch.told(now);
                }
            } else if (isDue(watch) || comesBack(watch)) {
                tell(watch.latest().as(Event.Kind.STILL), watch);
                watch = watch.told(now);
            }
            watches.put(key, watch);
        }
        Map<String, List<Watch>> there = toldByCause(watches.values());
        watches.values().stream()
                .filter(w -> isOver(w, there))
                .sorted(BY_PATH)
                .toList()
                .forEach(this::over);
        watches.entrySet().removeIf(e -> {
            boolean useless = !e.getValue().isOpen()
                    && e.getValue().told().isEmpty()
                    && changesIn(e.getValue(), settings.damping().scans()) == 0;
            if (useless && before.containsKey(e.getKey())) {
                forgotten.add(e.getKey());
            }
            return useless;
        });
    }

    private void tell(Event event, Watch old) {
        boolean elsewhere = toldBefore.getOrDefault(event.cause(), List.of()).stream()
                .anyMatch(w -> !w.latest().root().equals(event.root()));
        pieces.add(new Piece(event, old.told().isPresent(), elsewhere));
    }

    /** It is closed, people believe it is open, and in no other root it is, as far as scans can tell. */
    private boolean isOver(Watch watch, Map<String, List<Watch>> there) {
        if (watch.isOpen() || watch.told().isEmpty() || watch.unstable() || silences.cover(watch.latest())) {
            return false;
        }
        return there.getOrDefault(watch.latest().cause(), List.of()).stream()
                .noneMatch(other -> scansAfter(other, watch.changed()) > 0
                        || (now.isBefore(watch.changed().plus(ALL_ROOTS)) && !isOfWrongClock(watch.changed())));
    }

    private void over(Watch watch) {
        tell(watch.latest(), watch);
        watches.put(watch.key(), watch.over());
    }

    private boolean isDue(Watch watch) {
        return settings.reminder().isPresent()
                && watch.isOpen()
                && !watch.unstable()
                && watch.told()
                        .filter(t -> !now.isBefore(t.plus(settings.reminder().get())) || isOfWrongClock(t))
                        .isPresent()
                && (watch.latest().isOfNobody()
                        || scansAfter(watch, watch.told().get()) > 0)
                && !silences.cover(watch.latest());
    }

    /** An acknowledged cause whose time is up is told again, though people know it. */
    private boolean comesBack(Watch watch) {
        return watch.isOpen()
                && !watch.unstable()
                && watch.told().filter(t -> !t.equals(now)).isPresent()
                && silences.hasExpired(watch.latest().cause());
    }

    /** When the next reminder is due. */
    Optional<Instant> nextReminder() {
        return settings.reminder()
                .flatMap(after -> watches.values().stream()
                        .filter(w -> w.isOpen() && !w.unstable())
                        .flatMap(w -> w.told().stream())
                        .map(t -> t.plus(after))
                        .filter(now::isBefore)
                        .min(Instant::compareTo));
    }

    private boolean flaps(Watch watch) {
        return changesIn(watch, settings.damping().scans())
                >= settings.damping().changes();
    }

    private boolean isCalm(Watch watch) {
        return scansAfter(watch, watch.changed()) >= settings.damping().calm()
                || (watch.latest().isOfNobody() && !now.isBefore(watch.changed().plus(AT_REST)));
    }

    private long changesIn(Watch watch, int scans) {
        return watch.changes().stream()
                .filter(c -> scansAfter(watch, c) < scans)
                .count();
    }

    /** How many scans began after a time, as far as they are counted; after one that is still to come, all did. */
    private long scansAfter(Watch watch, Instant time) {
        return state.scans().getOrDefault(Scanned.of(watch.latest()), List.of()).stream()
                .filter(s -> s.isAfter(time) || isOfWrongClock(time))
                .count();
    }

    /** It was written down before the clock was set back: how long ago that is, nobody knows; it must not be waited for. */
    private boolean isOfWrongClock(Instant time) {
        return time.isAfter(now);
    }

    List<Piece> pieces() {
        return pieces;
    }

    /** Those that are other than before. */
    List<Watch> changed() {
        return watches.entrySet().stream()
                .filter(e -> !e.getValue().equals(before.get(e.getKey())))
                .map(Map.Entry::getValue)
                .toList();
    }

    List<Watch.Key> forgotten() {
        return forgotten;
    }
}
