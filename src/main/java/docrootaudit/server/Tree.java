package docrootaudit.server;

import docrootaudit.access.Errno;
import docrootaudit.access.FileType;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The file system as the server's worker meets it: every answer is what a system call of that process would return.
 * Paths are absolute.
 */
public interface Tree {
    /** stat(2): links are followed. */
    Found stat(PathBytes path);

    /** lstat(2): the last link is not. */
    Found lstat(PathBytes path);

    /** Whether open(2) for this, opendir(3), execve(2) or connect(2) succeeds: {@link Found.There}, or why not. */
    Found access(PathBytes path, Need need);

    /** The names in a directory that the worker may read, sorted; what it may not read is {@link Names.Failed}. */
    Names names(PathBytes directory);

    /** What a file under a tenant's hand holds, if the worker may read it and it is no trap. */
    Contents read(PathBytes path);

    /**
     * Whether, since the worker runs and no longer ago than this, rights or owner changed of a path or of a directory on
     * the way to it: what the worker remembers of it may be from before.
     */
    default boolean changedWithin(PathBytes path, Duration time) {
        return false;
    }

    /** What a look at a path found. */
    sealed interface Found {
        /**
         * It is there.
         *
         * @param uid its owner (unsigned)
         * @param gid its group (unsigned)
         * @param size in bytes
         * @param modified when its content was last written
         * @param mode the permission bits of {@code st_mode}, as XBitHack and RewriteCond -x ask for them
         */
        record There(FileType type, int uid, int gid, long size, Instant modified, int mode) implements Found {}

        /** The call fails. */
        record Failed(Errno errno) implements Found {}

        /** Nobody but the machine can tell. */
        record Unknown(String why) implements Found {}

        default boolean isThere() {
            return this instanceof There;
        }

        default boolean is(FileType type) {
            return this instanceof There there && there.type() == type;
        }

        default boolean failedWith(Errno errno) {
            return this instanceof Failed failed && failed.errno() == errno;
        }
    }

    /** A directory's names, or why there are none. */
    sealed interface Names {
        record Read(List<PathBytes> names) implements Names {}

        record Failed(Errno errno) implements Names {}

        record Unknown(String why) implements Names {}
    }

    /** What a file holds, or why that is not known. */
    sealed interface Contents {
        /** Its bytes as a {@link ByteText}. */
        record Read(String text) implements Contents {}

        record Failed(Errno errno) implements Contents {}

        /** It is there, and is not opened: too large, no regular file, changed under our hands. */
        record Withheld(String why) implements Contents {}
    }
}
