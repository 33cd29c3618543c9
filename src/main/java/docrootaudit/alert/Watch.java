package docrootaudit.alert;

import docrootaudit.access.PathBytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a cause stands in one root.
 *
 * @param openNames how many of its names are refused
 * @param allNames how many were, since it opened
 * @param allPaths how many paths stood behind these
 * @param changes the last times it opened or recovered, oldest first
 * @param unstable whether nothing is told of it until it is at rest
 * @param told when people were last told that it is there; empty if they do not know, or know that it is over
 * @param latest what was last known: the event that opened it, or that closed it
 */
public record Watch(
        long openNames,
        long allNames,
        long allPaths,
        List<Instant> changes,
        boolean unstable,
        Optional<Instant> told,
        Event latest) {
    /** So many changes are remembered: as many as can be configured to count as flapping. */
    public static final int CHANGES = 50;

    public Watch {
        changes = List.copyOf(changes);
    }

    /** What it is the watch of. */
    public record Key(String cause, PathBytes root, int uid) {
        static Key of(Event event) {
            return new Key(event.cause(), event.root(), event.view().uid());
        }
    }

    /** Of something that has not happened before. */
    static Watch before(Event event) {
        return new Watch(0, 0, 0, List.of(), false, Optional.empty(), event);
    }

    public Key key() {
        return Key.of(latest);
    }

    boolean isOpen() {
        return openNames > 0;
    }

    /** When it last changed. */
    Instant changed() {
        return changes.isEmpty() ? latest.at() : changes.get(changes.size() - 1);
    }

    /** The same after an event. */
    Watch after(Event event) {
        List<Instant> times = new ArrayList<>(changes);
        if (event.kind() != Event.Kind.BASELINE && !times.contains(event.at())) {
            times.add(event.at());
        }
        List<Instant> last = times.subList(Math.max(0, times.size() - CHANGES), times.size());
        if (event.kind().isOpening()) {
            // a baseline counts all there is, whatever was known under other rules
            boolean first = !isOpen() || event.kind() == Event.Kind.BASELINE;
            return new Watch(
                    (first ? 0 : openNames) + event.names(),
                    (first ? 0 : allNames) + event.names(),
                    (first ? 0 : allPaths) + event.paths(),
                    last,
                    unstable,
                    told,
                    first ? event : latest.grown(event, openNames + event.names(), allPaths + event.paths()));
        }
        long left = Math.max(0, openNames - event.names());
        Event known = left > 0 || !isOpen() ? latest : latest.closed(event, allNames, allPaths);
        return new Watch(left, allNames, allPaths, last, unstable, told, known);
    }

    Watch unstable(Instant now) {
        return new Watch(openNames, allNames, allPaths, changes, true, Optional.of(now), latest);
    }

    Watch atRest() {
        return new Watch(openNames, allNames, allPaths, changes, false, told, latest);
    }

    Watch told(Instant when) {
        return new Watch(openNames, allNames, allPaths, changes, unstable, Optional.of(when), latest);
    }

    Watch over() {
        return new Watch(openNames, allNames, allPaths, changes, unstable, Optional.empty(), latest);
    }
}
