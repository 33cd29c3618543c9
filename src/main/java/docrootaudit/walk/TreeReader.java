package docrootaudit.walk;

import docrootaudit.access.PathBytes;

/** Opens directories for listing, one after the other. Used by one thread. */
public interface TreeReader extends AutoCloseable {
    /**
     * Opens a directory without following any link. The listing opened before can no longer be listed, but stays a
     * directory to open others from.
     *
     * @param base an open directory
     * @param relative names below it, of any length; empty for {@code base} itself
     * @throws SourceException if the auditor itself may not, or something else is there now
     */
    Listing list(Node base, PathBytes relative) throws SourceException;

    /**
     * Holds an inode open for looking at, without following any link.
     *
     * @throws SourceException if it cannot be had
     */
    Node look(Node base, PathBytes relative) throws SourceException;

    @Override
    void close();
}
