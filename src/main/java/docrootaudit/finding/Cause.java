package docrootaudit.finding;

import docrootaudit.access.Errno;
import docrootaudit.access.PathBytes;
import java.util.Optional;

/**
 * Why one path is refused.
 *
 * @param kind what sort of refusal it is
 * @param path the one inode to blame, canonical
 * @param rule the entry, option or setting that decided, as an administrator knows it; empty where none did
 * @param errno what the system call returns
 * @param via the link by which one got there
 * @param process the running process that is to blame rather than the inode, in words
 */
public record Cause(
        CauseKind kind, PathBytes path, String rule, Errno errno, Optional<PathBytes> via, Optional<String> process) {
    /** A cause that lies in the inode. */
    public Cause(CauseKind kind, PathBytes path, String rule, Errno errno, Optional<PathBytes> via) {
        this(kind, path, rule, errno, via, Optional.empty());
    }
}
