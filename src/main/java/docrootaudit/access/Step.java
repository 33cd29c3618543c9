package docrootaudit.access;

/** One thing that path resolution does, in the order in which the kernel does it (path_resolution(7)). */
public sealed interface Step {
    /** The canonical path of what the step is about: links resolved, no dots. */
    PathBytes path();

    /** A name is to be looked up in the directory: {@code may_lookup()} asks for search permission on it. */
    record Search(PathBytes path, Inode inode) implements Step {}

    /**
     * A symbolic link is to be followed.
     *
     * @param inode the link
     * @param directory the directory that holds it
     * @param target what it says
     * @param trailing whether it ends the path (or the target of a link that does): only there
     *     {@code may_follow_link()} is asked
     */
    record Follow(PathBytes path, Inode inode, Inode directory, PathBytes target, boolean trailing) implements Step {}

    /** The path ends here. */
    record Arrive(PathBytes path, Inode inode) implements Step {}

    /** Resolution fails here, whoever asks; {@code path} is what could not be had. */
    record Stop(PathBytes path, Errno errno) implements Step {}

    /**
     * The auditor itself could not look further.
     *
     * @param why one sentence
     */
    record Blind(PathBytes path, String why) implements Step {}
}
