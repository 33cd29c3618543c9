package docrootaudit.server.apache;

import docrootaudit.access.PathBytes;
import docrootaudit.server.ByteText;
import docrootaudit.server.ConfigFiles;
import docrootaudit.server.ConfigSyntaxException;
import docrootaudit.server.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the files that {@code Include} means ({@code ap_process_fnmatch_configs()} in server/config.c). */
final class Includes {
    /** {@code AP_MAX_INCLUDE_DIR_DEPTH}. */
    private static final int DEEPEST_DIRECTORY = 20;

    private final ConfigFiles files;

    Includes(ConfigFiles files) {
        this.files = files;
    }

    String text(PathBytes file, Optional<Source> by) throws ConfigSyntaxException {
        try {
            return files.read(file);
        } catch (IOException e) {
            throw new ConfigSyntaxException(by, e.getMessage());
        }
    }

    /** Whether something of that name is there, for {@code <IfFile>}. */
    boolean exists(PathBytes path) {
        if (files.isDirectory(path)) {
            return true;
        }
        try {
            return path.parent().isPresent() && files.names(path.parent().get()).contains(path.name());
        } catch (IOException e) {
            return false;
        }
    }

    /** The files in the order in which they are read. */
    List<PathBytes> find(PathBytes pattern, boolean optional, Source by) throws ConfigSyntaxException {
        List<PathBytes> found = new ArrayList<>();
        try {
            if (Fnmatch.hasWildcard(ByteText.of(pattern))) {
                matches(PathBytes.ROOT, pattern.names(), 0, found);
                if (found.isEmpty() && !optional) {
                    throw new ConfigSyntaxException(Optional.of(by), "nothing matches the pattern of Include");
                }
            } else if (files.isDirectory(pattern)) {
                directory(pattern, 0, found);
            } else if (!optional || exists(pattern)) {
                found.add(pattern);
            }
        } catch (IOException e) {
            throw new ConfigSyntaxException(Optional.of(by), e.getMessage());
        }
        return found;
    }

    private void matches(PathBytes at, List<PathBytes> parts, int next, List<PathBytes> found) throws IOException {
        String part = ByteText.of(parts.get(next));
        boolean last = next == parts.size() - 1;
        if (!Fnmatch.hasWildcard(part)) {
            PathBytes path = at.resolve(parts.get(next));
            if (!last) {
                matches(path, parts, next + 1, found);
            } else if (files.isDirectory(path)) {
                directory(path, 0, found);
            } else if (exists(path)) {
                found.add(path);
            }
            return;
        }
        for (PathBytes name : files.names(at)) {
            if (!Fnmatch.matches(part, ByteText.of(name))) {
                continue;
            }
            PathBytes path = at.resolve(name);
            if (last) {
                if (files.isDirectory(path)) {
                    directory(path, 0, found);
                } else {
                    found.add(path);
                }
            } else if (files.isDirectory(path)) {
                matches(path, parts, next + 1, found);
            }
        }
    }

    private void directory(PathBytes directory, int depth, List<PathBytes> found) throws IOException {
        if (depth > DEEPEST_DIRECTORY) {
            throw new IOException(directory + ": directories to be included are nested too deep");
        }
        for (PathBytes name : files.names(directory)) {
            PathBytes path = directory.resolve(name);
            if (files.isDirectory(path)) {
                directory(path, depth + 1, found);
            } else {
                found.add(path);
            }
        }
    }
}
