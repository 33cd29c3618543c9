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
 * @param idmapped whether it shows other owners and groups than are stored (mount_setattr(2))
 */
public record Mount(
        String fileSystem,
        PathBytes point,
        boolean noexec,
        boolean nosymfollow,
        Optional<String> unknowable,
        boolean acls,
        boolean idmapped) {
    /** As what an id shows that a mount does not map ({@code DEFAULT_OVERFLOWUID} in {@code linux/highuid.h}). */
    private static final int OVERFLOW = 65534;

    /** One that shows the ids that are stored. */
    public Mount(
            String fileSystem,
            PathBytes point,
            boolean noexec,
            boolean nosymfollow,
            Optional<String> unknowable,
            boolean acls) {
        this(fileSystem, point, noexec, nosymfollow, unknowable, acls, false);
    }

    /** A filesystem with POSIX ACLs, as all the usual local ones are. */
    public Mount(String fileSystem, PathBytes point, boolean noexec, boolean nosymfollow, Optional<String> unknowable) {
        this(fileSystem, point, noexec, nosymfollow, unknowable, true);
    }

    /** A local filesystem without special options. */
    public static Mount plain(String fileSystem) {
        return new Mount(fileSystem, PathBytes.ROOT, false, false, Optional.empty());
    }

    /** The same, where ACLs have turned out not to count. */
    public Mount withoutAcls() {
        return new Mount(fileSystem, point, noexec, nosymfollow, unknowable, false, idmapped);
    }

    /** The same, where what is granted cannot be told for this reason. */
    public Mount unknowableFor(String why) {
        return new Mount(fileSystem, point, noexec, nosymfollow, Optional.of(why), acls, idmapped);
    }

    /**
     * Why what a principal is granted on an inode cannot be told, if so. On an idmapped mount the overflow id may stand
     * for an owner that is nobody: not the principal, whose number it may show, and out of its capabilities' reach
     * ({@code privileged_wrt_inode_uidgid()} in {@code kernel/capability.c}). Who has neither is one of all others.
     *
     * @param uid the inode's owner (unsigned)
     * @param gid the inode's group (unsigned)
     */
    public Optional<String> unknowableTo(Principal who, int uid, int gid) {
        // asked for every entry of a walk, nearly never of such a mount
        boolean nobodys = idmapped && (uid == OVERFLOW || gid == OVERFLOW);
        return nobodys && isConcerned(who)
                ? Optional.of("its owner or group may be one that the idmapped mount " + point + " does not map")
                : unknowable;
    }

    private static boolean isConcerned(Principal who) {
        return who.uid() == OVERFLOW
                || who.isIn(OVERFLOW)
                || !who.capabilities().isEmpty();
    }
}
