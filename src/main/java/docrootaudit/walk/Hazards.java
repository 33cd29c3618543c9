package docrootaudit.walk;

import docrootaudit.access.PathBytes;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The mounts that one walk keeps off: those it was not told to visit, and those that stopped to answer. */
final class Hazards {
    private final Map<PathBytes, String> known;
    private final Map<PathBytes, String> avoided;
    private final Set<PathBytes> holders = new HashSet<>();
    private final Set<PathBytes> silent = ConcurrentHashMap.newKeySet();

    Hazards(Mounts mounts, Set<PathBytes> visited) {
        known = mounts.hazardous();
        avoided = new HashMap<>(known);
        avoided.keySet().removeAll(visited);
        avoided.keySet().forEach(point -> point.parent().ifPresent(holders::add));
    }

    /** Whether one of the entries of this directory is such a mount. */
    boolean anyIn(Directory<?> directory) {
        return !holders.isEmpty() && holders.contains(directory.canonicalPath());
    }

    /** Why to keep off an entry. */
    Optional<String> why(Directory<?> directory, PathBytes name) {
        return Optional.ofNullable(avoided.get(directory.canonicalPath().resolve(name)));
    }

    /**
     * A directory was not answered for: if it is on a mount that was to be visited although it may not answer, nothing
     * more is asked of that mount.
     *
     * @return the directory, or the first one on that mount that the walk came to on the way
     */
    <S> Directory<S> silent(Directory<S> directory) {
        PathBytes path = directory.canonicalPath();
        Optional<PathBytes> mount = known.keySet().stream()
                .filter(point -> path.startsWith(point) && !avoided.containsKey(point))
                .max(Comparator.comparingInt(PathBytes::length));
        mount.ifPresent(silent::add);
        return mount.map(directory::highestBelow).orElse(directory);
    }

    /** The path, as walked, of the mount that does not answer and holds this directory, if one does. */
    Optional<PathBytes> silentAbove(Directory<?> directory) {
        if (silent.isEmpty()) {
            return Optional.empty();
        }
        PathBytes path = directory.canonicalPath();
        return silent.stream()
                .filter(path::startsWith)
                .findFirst()
                .map(point -> directory.highestBelow(point).path());
    }
}
