package docrootaudit.walk;

/**
 * An inode on this host.
 *
 * @param device of the filesystem
 * @param inode number on it
 */
public record FileId(long device, long inode) {}
