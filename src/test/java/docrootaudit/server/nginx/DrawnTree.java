package docrootaudit.server.nginx;

import docrootaudit.access.Errno;
import docrootaudit.access.FileType;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.server.Tree;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A tree in memory: {@code /dir/ /dir/file !/shut !/closed/ ~/new}, a slash for a directory, a mark for what is closed or
 * was given other rights a minute ago.
 */
final class DrawnTree implements Tree {
    private final Map<PathBytes, FileType> types = new HashMap<>();
    private final Map<PathBytes, Boolean> shut = new HashMap<>();
    private final Set<PathBytes> changed = new HashSet<>();

    DrawnTree(String drawing) {
        types.put(PathBytes.ROOT, FileType.DIRECTORY);
        for (String word : drawing.strip().split("\\s+")) {
            PathBytes path = PathBytes.of(word.replaceFirst("^[!~]", "")).withoutDots();
            if (word.startsWith("~")) {
                changed.add(path);
            }
            types.put(path, word.endsWith("/") ? FileType.DIRECTORY : FileType.REGULAR);
            shut.put(path, word.startsWith("!"));
            for (PathBytes above = path.parent().orElse(PathBytes.ROOT);
                    !types.containsKey(above);
                    above = above.parent().orElse(PathBytes.ROOT)) {
                types.put(above, FileType.DIRECTORY);
            }
        }
    }

    @Override
    public Found stat(PathBytes path) {
        PathBytes at = PathBytes.ROOT;
        List<PathBytes> names = path.names();
        for (int i = 0; i < names.size(); i++) {
            if (types.get(at) == FileType.REGULAR) {
                return new Found.Failed(Errno.ENOTDIR);
            } else if (shut.getOrDefault(at, false)) {
                return new Found.Failed(Errno.EACCES);
            }
            at = at.resolve(names.get(i));
            if (!types.containsKey(at)) {
                return new Found.Failed(Errno.ENOENT);
            }
        }
        boolean slash = path.length() > 1 && path.at(path.length() - 1) == '/';
        return slash && types.get(at) == FileType.REGULAR
                ? new Found.Failed(Errno.ENOTDIR)
                : new Found.There(types.get(at), 0, 0, 0, Instant.EPOCH, 0644);
    }

    @Override
    public Found lstat(PathBytes path) {
        return stat(path);
    }

    @Override
    public Found access(PathBytes path, Need need) {
        Found found = stat(path);
        return found.isThere() && shut.getOrDefault(path.withoutDots(), false) ? new Found.Failed(Errno.EACCES) : found;
    }

    @Override
    public boolean changedWithin(PathBytes path, Duration time) {
        return changed.contains(path.withoutDots()) && time.compareTo(Duration.ofMinutes(1)) >= 0;
    }

    @Override
    public Names names(PathBytes directory) {
        if (access(directory, Need.LIST) instanceof Found.Failed failed) {
            return new Names.Failed(failed.errno());
        }
        return new Names.Read(types.keySet().stream()
                .filter(p -> p.parent().map(directory.withoutDots()::equals).orElse(false))
                .map(PathBytes::name)
                .sorted()
                .toList());
    }

    @Override
    public Contents read(PathBytes path) {
        return access(path, Need.READ) instanceof Found.Failed failed
                ? new Contents.Failed(failed.errno())
                : new Contents.Read("joe:{PLAIN}secret\n");
    }
}
