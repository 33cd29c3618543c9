package docrootaudit.walk;

import java.time.Instant;

/**
 * How much an inode holds and since when.
 *
 * @param size in bytes
 * @param modified when its content was written last, by whoever could set that time
 * @param changed when it, or anything about it, was changed last (inode(7))
 */
public record Stamp(long size, Instant modified, Instant changed) {}
