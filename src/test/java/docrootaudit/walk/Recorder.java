package docrootaudit.walk;

import docrootaudit.access.FileType;
import docrootaudit.access.PathBytes;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** Visitors that write down what they see. */
final class Recorder {
    private final Queue<PathBytes> visited = new ConcurrentLinkedQueue<>();
    private final Set<PathBytes> left = ConcurrentHashMap.newKeySet();
    final Map<PathBytes, String> prefixes = new ConcurrentHashMap<>();
    final Map<PathBytes, PathBytes> canonical = new ConcurrentHashMap<>();
    final Map<PathBytes, FileType> types = new ConcurrentHashMap<>();
    final Map<String, Visitor.Jump<String>> jumps = new ConcurrentHashMap<>();
    volatile Set<String> exclude = Set.of();
    volatile Consumer<PathBytes> onVisit = path -> {};
    volatile Consumer<PathBytes> onEnter = path -> {};
    volatile String faultAt = "";
    volatile SourceException error;

    /** All that was visited or entered. */
    Set<PathBytes> seen() {
        return new TreeSet<>(visited);
    }

    int visits() {
        return visited.size();
    }

    Set<PathBytes> entered() {
        return new TreeSet<>(prefixes.keySet());
    }

    Set<PathBytes> left() {
        return new TreeSet<>(left);
    }

    private void fault(String place) {
        if (faultAt.equals(place)) {
            throw new IllegalArgumentException("fault");
        }
    }

    Visitor<String> visitor() {
        fault("make");
        return new Visitor<>() {
            @Override
            public String enter(Directory<String> directory, Entry self) {
                fault("enter");
                visited.add(directory.path());
                prefixes.put(directory.path(), directory.prefix());
                onEnter.accept(directory.path());
                canonical.put(directory.path(), directory.canonicalPath());
                return directory.path().toString();
            }

            @Override
            public boolean excludes(Directory<String> directory, Entry entry) {
                return exclude.contains(PathBytes.of(entry.name()).toString());
            }

            @Override
            public Optional<Jump<String>> visit(Directory<String> directory, Listing in, Entry entry)
                    throws SourceException {
                fault("visit");
                PathBytes path = directory.path().resolve(PathBytes.of(entry.name()));
                entry.stat();
                visited.add(path);
                types.put(path, entry.type());
                onVisit.accept(path);
                if (error != null) {
                    throw error;
                }
                return Optional.ofNullable(jumps.get(path.name().toString()));
            }

            @Override
            public void leave(Directory<String> directory) {
                fault("leave");
                left.add(directory.path());
            }
        };
    }
}
