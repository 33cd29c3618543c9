package docrootaudit.audit;

import docrootaudit.access.PathBytes;

/**
 * How far the scan of a root is.
 *
 * @param entries seen so far
 * @param refused paths found refused so far
 * @param directory one that is being listed now
 */
public record ScanProgress(long entries, long refused, PathBytes directory) {}
