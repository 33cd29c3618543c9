package docrootaudit.walk;

import docrootaudit.access.PathBytes;

/**
 * How far a walk is.
 *
 * @param entries seen so far
 * @param directory one that is being listed now
 */
public record Progress(long entries, PathBytes directory) {}
