package docrootaudit.server;

import docrootaudit.access.PathBytes;
import java.io.IOException;
import java.util.List;

/** Where a configuration is read from: the disk, a dump, or a map in a test. Paths are absolute. */
public interface ConfigFiles {
    /**
     * The whole of a file, as a {@link ByteText}.
     *
     * @throws IOException with a sentence that names the file: it is not there, may not be read, is no regular file or
     *     is too large for a configuration
     */
    String read(PathBytes file) throws IOException;

    /**
     * The names in a directory, sorted by bytes, without {@code .} and {@code ..}; empty if it is none.
     *
     * @throws IOException if it is there and cannot be listed
     */
    List<PathBytes> names(PathBytes directory) throws IOException;

    /** Whether something of that name is there and a directory. */
    boolean isDirectory(PathBytes path);
}
