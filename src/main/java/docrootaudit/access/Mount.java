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
 * @param acls whether an ACL that is given to an inode on it counts; where there is none, setfacl(1) answers EOPNOTSUPP
 */
public record Mount(
        String fileSystem,
        PathBytes point,
        boolean noexec,
        boolean nosymfollow,
        Optional<String> unknowable,
        boolean acls) {
    /** A filesystem with POSIX ACLs, as all the usual local ones are. */
    public Mount(String fileSystem, PathBytes point, boolean noexec, boolean nosymfollow, Optional<String> unknowable) {
        this(fileSystem, point, noexec, nosymfollow, unknowable, true);
    }

    /** A local filesystem without special options. */
    public static Mount plain(String fileSystem) {
        return new Mount(fileSystem, PathBytes.ROOT, false, false, Optional.empty());
    }
}
