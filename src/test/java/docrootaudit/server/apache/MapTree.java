package docrootaudit.server.apache;

import docrootaudit.access.Errno;
import docrootaudit.access.FileType;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.server.ByteText;
import docrootaudit.server.Tree;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Files that are only in the mind; all that is above one is a directory, and everybody may read everything. */
final class MapTree implements Tree {
    private final Map<String, String> files = new HashMap<>();
    private final List<String> closed = new ArrayList<>();

    MapTree with(String path, String text) {
        files.put(path, text);
        return this;
    }

    /** Nobody may look below that path. */
    MapTree closed(String path) {
        closed.add(path);
        return this;
    }

    @Override
    public Found stat(PathBytes path) {
        String text = ByteText.of(path);
        if (closed.stream().anyMatch(text::startsWith)) {
            return new Found.Failed(Errno.EACCES);
        }
        String bare = text.endsWith("/") && text.length() > 1 ? text.substring(0, text.length() - 1) : text;
        if (files.containsKey(bare)) {
            return bare.equals(text)
                    ? new Found.There(FileType.REGULAR, 0, 0, files.get(bare).length(), Instant.EPOCH, 0644)
                    : new Found.Failed(Errno.ENOTDIR);
        }
        String prefix = bare.equals("/") ? "/" : bare + "/";
        return files.keySet().stream().anyMatch(p -> p.startsWith(prefix))
                ? new Found.There(FileType.DIRECTORY, 0, 0, 0, Instant.EPOCH, 0755)
                : new Found.Failed(Errno.ENOENT);
    }

    @Override
    public Found lstat(PathBytes path) {
        return stat(path);
    }

    @Override
    public Found access(PathBytes path, Need need) {
        return stat(path);
    }

    @Override
    public Names names(PathBytes directory) {
        return new Names.Read(List.of());
    }

    @Override
    public Contents read(PathBytes path) {
        String text = files.get(ByteText.of(path));
        return text == null ? new Contents.Failed(Errno.ENOENT) : new Contents.Read(text);
    }
}
