package docrootaudit.web;

import docrootaudit.access.PathBytes;
import docrootaudit.access.Step;
import docrootaudit.server.ByteText;
import docrootaudit.server.ConfigFiles;
import docrootaudit.walk.EntrySource;
import docrootaudit.walk.Node;
import docrootaudit.walk.PathTracer;
import docrootaudit.walk.SourceException;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A configuration in files, as the process sees them that reads it. */
final class TreeFiles implements ConfigFiles {
    /** No configuration is larger. */
    private static final int LARGEST = 64 << 20;

    private final EntrySource source;
    private final PathTracer tracer;
    private final Map<PathBytes, Instant> modified = new LinkedHashMap<>();
    /** Hundreds of sites include the same few files. */
    private final Map<PathBytes, String> texts = new HashMap<>();

    TreeFiles(EntrySource source) {
        this.source = source;
        this.tracer = new PathTracer(source, source.mounts().automounts());
    }

    /** What was read so far, and when it had been written. */
    Map<PathBytes, Instant> modified() {
        return Collections.unmodifiableMap(modified);
    }

    @Override
    public String read(PathBytes file) throws IOException {
        String known = texts.get(file);
        if (known == null) {
            known = readAnew(file);
            texts.put(file, known);
        }
        return known;
    }

    private String readAnew(PathBytes file) throws IOException {
        PathTracer.Resolved resolved = tracer.resolve(file);
        if (resolved.end().isEmpty()) {
            throw new IOException(file + " cannot be read: " + why(resolved));
        }
        try (Node node = resolved.end().get()) {
            modified.put(file, node.stamp().modified());
            return ByteText.of(node.content(LARGEST));
        } catch (SourceException e) {
            throw new IOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static String why(PathTracer.Resolved resolved) {
        List<Step> steps = resolved.trace().steps();
        Step last = steps.get(steps.size() - 1);
        if (last instanceof Step.Stop stop) {
            return stop.errno().sentence();
        }
        return last instanceof Step.Blind blind ? blind.why() : "it does not resolve";
    }

    @Override
    public List<PathBytes> names(PathBytes directory) throws IOException {
        Optional<PathBytes> canonical = directory(directory);
        if (canonical.isEmpty()) {
            return List.of();
        }
        try {
            return Traces.names(source, canonical.get());
        } catch (SourceException e) {
            throw new IOException(directory + " cannot be listed: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean isDirectory(PathBytes path) {
        return directory(path).isPresent();
    }

    private Optional<PathBytes> directory(PathBytes path) {
        return tracer.trace(path)
                .end()
                .filter(end -> end.inode().attributes().isDirectory())
                .map(Step.Arrive::path);
    }
}
