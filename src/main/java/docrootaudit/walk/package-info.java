/**
 * Streams the entries of a tree with their attributes: in parallel, in bounded memory, without following a link it was
 * not told to follow, on a tree that may change underfoot.
 *
 * <p>It imports {@code access} for the values it fills and knows nothing of findings, stores or words. What a
 * filesystem is reached by, NIO or system calls, stands behind {@link docrootaudit.walk.EntrySource}.
 */
package docrootaudit.walk;
