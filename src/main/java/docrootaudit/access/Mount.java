package docrootaudit.access;

import java.util.Optional;

/**
 * What the mount an inode is seen through says about access to it.
 *
 * @param fileSystem the type as in {@code /proc/self/mountinfo}, such as {@code ext4}
 * @param point where it is mounted
 * @param noexec whether files on it may not be executed
 * @param nosymfollow whether links on it are not followed
 * @param unknowable why the bits and ACLs seen here do not settle what is granted, if they do not: a server decides
 *     (NFS), a program decides (FUSE)
 */
public record Mount(
        String fileSystem, PathBytes point, boolean noexec, boolean nosymfollow, Optional<String> unknowable) {
    /** A local filesystem without special options. */
    public static Mount plain(String fileSystem) {
        return new Mount(fileSystem, PathBytes.ROOT, false, false, Optional.empty());
    }
}
