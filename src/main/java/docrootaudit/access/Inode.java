package docrootaudit.access;

import java.util.Optional;

/**
 * An inode as path resolution meets it.
 *
 * @param attributes type, mode, owner, group, access ACL
 * @param mount the mount it was reached through
 * @param defaultAcl a directory's default ACL; it decides nothing, but explains what an administrator meant
 */
public record Inode(Attributes attributes, Mount mount, Optional<PosixAcl> defaultAcl) {}
