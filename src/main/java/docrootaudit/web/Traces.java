package docrootaudit.web;

import docrootaudit.access.PathBytes;
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
        return followed.computeIfAbsent(path, p -> {
            PathTracer.Resolved resolved = tracer.resolve(p);
            Optional<Node> end = resolved.end();
            if (end.isEmpty()) {
                return new Seen(resolved.trace(), NOTHING);
            }
            try (Node node = end.get()) {
                return new Seen(resolved.trace(), node.stamp());
            } catch (SourceException e) {
                return new Seen(resolved.trace(), NOTHING); // gone between two calls
            }
        });
    }

    /** The path with its last link not followed. */
    Trace ofLink(PathBytes path) {
        return links.computeIfAbsent(path, tracer::traceLink);
    }

    /** The path looked at anew, and its end held open. */
    PathTracer.Resolved resolve(PathBytes path) {
        return tracer.resolve(path);
    }
}
