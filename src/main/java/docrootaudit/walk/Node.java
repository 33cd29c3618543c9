package docrootaudit.walk;

import docrootaudit.access.Inode;
import docrootaudit.access.PathBytes;
import java.nio.channels.FileChannel;

/**
 * One inode held open for looking at (never for reading its content), so that what is learned of it, and what is looked
 * up in it, is about this inode whatever is renamed meanwhile.
 */
public interface Node extends AutoCloseable {
    /** Its attributes, ACLs included. */
    Inode inode() throws SourceException;

    /**
     * The inode of that name in this directory; a link itself, not its target. Automounts are not triggered.
     *
     * @throws SourceException if it cannot be had; {@link SourceException#isMissing()} if there is none
     */
    Node child(PathBytes name) throws SourceException;

    /** The directory that {@code ..} leads to, across mounts. */
    Node parent() throws SourceException;

    /** The text of this symbolic link. */
    PathBytes readLink() throws SourceException;

    /** How much it holds and since when. */
    Stamp stamp() throws SourceException;

    /**
     * What this regular file holds. It is this very inode that is opened, whatever stands at its name by now; anything
     * else than a regular file never is.
     *
     * @param most the largest size in bytes that is read
     * @throws SourceException if it is no regular file, is larger, or may not be read by the auditor
     */
    byte[] content(int most) throws SourceException;

    /**
     * This regular file, open to be read; anything else than a regular file never is, and nobody is waited for.
     *
     * @throws SourceException if it is no regular file, or may not be read by the auditor
     */
    FileChannel open() throws SourceException;

    /** Which inode this is, for comparisons. */
    FileId id();

    @Override
    void close();
}
