package docrootaudit.access;

import java.util.Optional;

/**
 * An inode as path resolution meets it.
 *
 * @param attributes type, mode, owner, group, access ACL
 * @param mount the mount it was reached through
 * @param defaultAcl a directory's default ACL; it decides nothing, but explains what an administrator meant
 * @param fixed why not even root can change its permissions as things are, if so: a read-only mount, {@code chattr +i}
 */
public record Inode(Attributes attributes, Mount mount, Optional<PosixAcl> defaultAcl, Optional<String> fixed) {
    /** One that can be changed. */
    public Inode(Attributes attributes, Mount mount, Optional<PosixAcl> defaultAcl) {
        this(attributes, mount, defaultAcl, Optional.empty());
    }
}
