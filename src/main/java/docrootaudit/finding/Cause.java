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
 */
public record Cause(CauseKind kind, PathBytes path, String rule, Errno errno, Optional<PathBytes> via) {}
