package docrootaudit.walk;

import docrootaudit.access.Acl;
import docrootaudit.access.Attributes;
import docrootaudit.access.FileType;
import docrootaudit.access.Inode;
import docrootaudit.access.Mount;
import java.util.Optional;

/**
 * A reused cursor of primitives over the entries of one directory, valid until the next is fetched. Nothing of it is
 * allocated for an entry that nobody asks more about.
 */
public abstract class Entry {
    /** A copy of the name's bytes. */
    public abstract byte[] name();

    /** The name's length in bytes. */
    public abstract int nameLength();

    /** The type as the directory tells it, {@link FileType#UNKNOWN} where the filesystem does not. */
    public abstract FileType listedType();

    /**
     * Reads type, mode, owner and group; must be called before the accessors below.
     *
     * @throws SourceException if they cannot be had; {@link SourceException#isMissing()} if the entry is gone
     */
    public abstract void stat() throws SourceException;

    /** {@code st_mode}: type and the twelve mode bits. */
    public abstract int mode();

    public abstract int uid();

    public abstract int gid();

    /** The mount the entry is on, which is another than the directory's for a mount point. */
    public abstract Mount mount();

    /** Reads the access ACL. Costs a system call where the mount has ACLs at all. */
    public abstract Optional<Acl> acl() throws SourceException;

    /** Whether the ACLs here are NFSv4 lists, which decide alone: neither the owner nor the mode is asked before them. */
    public boolean hasOrderedAcls() {
        return false;
    }

    /** All that is known of the inode; reads the ACLs. For the few that are refused. */
    public abstract Inode inode() throws SourceException;

    /**
     * What the kernel said to reading this entry for the principal whom the source asks it for; only regular files are
     * asked about, and those ahead together with this one.
     */
    public Answer kernel() {
        return Answer.NOT_ASKED;
    }

    /** The same, asked anew and about this entry alone. */
    public Answer kernelNow() {
        return Answer.NOT_ASKED;
    }

    /** What the kernel said, if it was asked. */
    public enum Answer {
        NOT_ASKED,
        GRANTED,
        REFUSED
    }

    public final FileType type() {
        return FileType.ofMode(mode());
    }

    /** The attributes with an ACL that was read before. */
    protected final Attributes attributes(Optional<Acl> acl) {
        return new Attributes(type(), mode() & 07777, uid(), gid(), acl);
    }
}
