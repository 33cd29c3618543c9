package docrootaudit.walk;

import docrootaudit.access.PathBytes;
import docrootaudit.access.Principal;

/** A door to one filesystem tree, as one process sees it. Safe for use by several threads. */
public interface EntrySource {
    /**
     * The root directory, to be closed by the caller.
     *
     * @throws SourceException if it cannot be had
     */
    Node root() throws SourceException;

    /**
     * The directory that relative paths start from, to be closed by the caller.
     *
     * @throws SourceException if it cannot be had
     */
    Node workingDirectory() throws SourceException;

    /** The canonical path of {@link #workingDirectory()}. */
    PathBytes workingDirectoryPath() throws SourceException;

    /** The mounts that the tree is made of. */
    Mounts mounts();

    /**
     * The same tree, whose readers ask the kernel whether a principal may read a file, where this process may take the
     * principal's identity for it; else they leave it to be decided from attributes.
     */
    default EntrySource asking(Principal who) {
        return this;
    }

    /** A reader of directories with buffers of its own, for one thread. */
    TreeReader reader();
}
