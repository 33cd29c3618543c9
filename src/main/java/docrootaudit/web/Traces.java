package docrootaudit.web;

import docrootaudit.access.PathBytes;
import docrootaudit.access.Step;
import docrootaudit.access.Trace;
import docrootaudit.walk.Entry;
import docrootaudit.walk.EntrySource;
import docrootaudit.walk.Listing;
import docrootaudit.walk.Node;
import docrootaudit.walk.PathTracer;
import docrootaudit.walk.SourceException;
import docrootaudit.walk.Stamp;
import docrootaudit.walk.TreeReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How paths resolve in one tree, each looked at once: one question asks for the same paths again and again. */
final class Traces {
    private static final Stamp NOTHING = new Stamp(0, Instant.EPOCH, Instant.EPOCH);

    private final EntrySource source;
    private final PathTracer tracer;
    private final Map<PathBytes, Seen> followed = new HashMap<>();
    private final Map<PathBytes, Trace> links = new HashMap<>();
    /** Null until it is needed. */
    private TreeReader reader;

    /**
     * A path as it was seen.
     *
     * @param stamp of its end; of nothing where it has none
     */
    record Seen(Trace trace, Stamp stamp) {}

    Traces(EntrySource source) {
        this.source = source;
        this.tracer = new PathTracer(source, source.mounts().automounts());
    }

    EntrySource source() {
        return source;
    }

    /**
     * The names in a directory, sorted by bytes.
     *
     * @param canonical its path, without links
     * @throws SourceException if it cannot be listed
     */
    static List<PathBytes> names(EntrySource source, PathBytes canonical) throws SourceException {
        List<PathBytes> names = new ArrayList<>();
        try (Node root = source.root();
                TreeReader reader = source.reader();
                Listing listing = reader.list(root, PathBytes.of(canonical.bytes(), 1, canonical.length()))) {
            for (Entry entry = listing.next(); entry != null; entry = listing.next()) {
                names.add(PathBytes.of(entry.name()));
            }
        }
        Collections.sort(names);
        return names;
    }

    /** The path with its last link followed. */
    Seen of(PathBytes path) {
        Seen known = followed.get(path);
        if (known == null) {
            known = seen(resolved(path));
            followed.put(path, known);
        }
        return known;
    }

    private static Seen seen(PathTracer.Resolved resolved) {
        Optional<Node> end = resolved.end();
        if (end.isEmpty()) {
            return new Seen(resolved.trace(), NOTHING);
        }
        try (Node node = end.get()) {
            return new Seen(resolved.trace(), node.stamp());
        } catch (SourceException e) {
            return new Seen(resolved.trace(), NOTHING); // gone between two calls
        }
    }

    /** The path with its last link not followed. */
    Trace ofLink(PathBytes path) {
        Trace through = of(path).trace();
        return isDirect(through)
                ? through
                : links.computeIfAbsent(
                        path,
                        p -> above(p).map(a -> tracer.traceLinkBelow(p, a.trace(), a.directory()))
                                .orElseGet(() -> tracer.traceLink(p)));
    }

    private static boolean isDirect(Trace trace) {
        return trace.steps().stream().noneMatch(Step.Follow.class::isInstance);
    }

    /** The path looked at anew, and its end held open. */
    PathTracer.Resolved resolve(PathBytes path) {
        path.parent().ifPresent(this::of);
        return resolved(path);
    }

    private PathTracer.Resolved resolved(PathBytes path) {
        return above(path)
                .map(a -> tracer.resolveBelow(path, a.trace(), a.directory()))
                .orElseGet(() -> tracer.resolve(path));
    }

    /**
     * A directory that was looked at already.
     *
     * @param directory to be closed
     */
    private record Above(Trace trace, Node directory) {}

    /** What a path's last name is looked up in, if that is known and no link led there: the way need not be gone again. */
    private Optional<Above> above(PathBytes path) {
        Seen parent = path.parent().map(followed::get).orElse(null);
        boolean direct = parent != null
                && path.at(path.length() - 1) != '/'
                && isDirect(parent.trace())
                && parent.trace().end().isPresent()
                && parent.trace().end().get().inode().attributes().isDirectory();
        if (!direct) {
            return Optional.empty();
        }
        PathBytes canonical = parent.trace().end().get().path();
        try (Node root = source.root()) {
            return Optional.of(new Above(
                    parent.trace(), reader().look(root, PathBytes.of(canonical.bytes(), 1, canonical.length()))));
        } catch (SourceException e) {
            return Optional.empty(); // something else is there by now
        }
    }

    private TreeReader reader() {
        if (reader == null) {
            reader = source.reader();
        }
        return reader;
    }
}
