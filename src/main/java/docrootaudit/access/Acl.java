package docrootaudit.access;

/** An access control list as an inode carries it. */
public sealed interface Acl permits PosixAcl, OrderedAcl, Acl.Unreadable {
    /**
     * There is an ACL that cannot be understood: a damaged or unknown extended attribute. The kernel answers EIO or
     * EINVAL for such an inode; we do not guess.
     *
     * @param why one sentence
     */
    record Unreadable(String why) implements Acl {}
}
