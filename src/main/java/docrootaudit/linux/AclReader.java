package docrootaudit.linux;

import docrootaudit.access.Acl;
import docrootaudit.access.FileType;
import docrootaudit.access.Mount;
import docrootaudit.access.PathBytes;
import docrootaudit.access.PosixAcl;
import docrootaudit.walk.SourceException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads POSIX ACLs from extended attributes (acl(5), xattr(7)). A mount that answers EOPNOTSUPP is asked once. Equal
 * ACLs are one object. Used by one thread.
 */
final class AclReader {
    static final byte[] ACCESS = "system.posix_acl_access\0".getBytes(StandardCharsets.US_ASCII);
    static final byte[] DEFAULT = "system.posix_acl_default\0".getBytes(StandardCharsets.US_ASCII);

    /**
     * {@code fuse_get_inode_acl()} in {@code fs/fuse/acl.c}: the kernel asks a FUSE file system's ACLs only if its program
     * has said FUSE_POSIX_ACL, which cannot be seen from outside; reading them works in any case.
     */
    private static final Acl OF_FUSE =
            new Acl.Unreadable("it has an ACL, and is on FUSE, where that cannot be told to count");

    private static final int MAX_INTERNED = 1000;

    /** {@code struct xattr_args} of getxattrat(2): address, size, flags. */
    private static final int ARGS = 0;

    private static final int NAME = 64;
    private static final int PATH = 128;
    private static final int VALUE = 512;
    /** XATTR_SIZE_MAX; seldom asked for, since the kernel clears as much memory as it is offered, at each call. */
    private static final int LARGEST = 1 << 16;

    /** Room for 63 entries, which nearly every ACL has enough of. */
    private static final int USUAL = 4 + 63 * 8;

    /** Before Linux 6.13, or hidden by a seccomp filter. */
    static volatile boolean getxattratMissing;

    private final Scratch scratch = new Scratch(VALUE + LARGEST);
    private final Set<Mount> withoutAcls;
    private final Map<PathBytes, Acl> interned = new HashMap<>();
    private Mount lastWithAcls;

    AclReader(Set<Mount> withoutAcls) {
        this.withoutAcls = withoutAcls;
    }

    static Set<Mount> mountsWithoutAcls() {
        return ConcurrentHashMap.newKeySet();
    }

    /** The ACL of a name (address of a NUL-terminated one) in an open directory; a link is not followed. */
    Optional<Acl> ofName(Mount mount, int directory, long name, byte[] attribute) throws SourceException {
        return ofName(mount, directory, name, attribute, USUAL);
    }

    private Optional<Acl> ofName(Mount mount, int directory, long name, byte[] attribute, int room)
            throws SourceException {
        if (hasNone(mount)) {
            return Optional.empty();
        }
        scratch.bytes.put(NAME, attribute);
        long size = -1;
        int errno = 0;
        if (!getxattratMissing) {
            scratch.bytes.putLong(ARGS, scratch.address + VALUE);
            scratch.bytes.putInt(ARGS + 8, room);
            scratch.bytes.putInt(ARGS + 12, 0);
            size = Libc.syscall(
                    Libc.SYS_GETXATTRAT,
                    directory,
                    name,
                    Libc.AT_SYMLINK_NOFOLLOW,
                    scratch.address + NAME,
                    scratch.address + ARGS,
                    16);
            errno = size < 0 ? Libc.errno() : 0;
            if (errno == Libc.ENOSYS || errno == Libc.EPERM) {
                getxattratMissing = true;
            }
        }
        if (getxattratMissing) {
            byte[] start = ("/proc/self/fd/" + directory + "/").getBytes(StandardCharsets.US_ASCII);
            scratch.bytes.put(PATH, start);
            byte[] bytes = Scratch.stringAt(name);
            scratch.put(PATH + start.length, bytes);
            size = Libc.lgetxattr(scratch.address + PATH, scratch.address + NAME, scratch.address + VALUE, room);
            errno = size < 0 ? Libc.errno() : 0;
        }
        if (errno == Libc.ERANGE && room < LARGEST) {
            return ofName(mount, directory, name, attribute, LARGEST);
        }
        if (errno == Libc.EOPNOTSUPP) {
            return ofHeld(mount, directory, name, attribute);
        }
        return result(mount, size, errno);
    }

    /**
     * Once more with the inode held: a symbolic link that has taken the name's place answers EOPNOTSUPP on every mount,
     * and must not pass for a mount without ACLs.
     */
    private Optional<Acl> ofHeld(Mount mount, int directory, long name, byte[] attribute) throws SourceException {
        int fd = LinuxSource.checked(Libc.openat(directory, name, FdNode.LOOK | Libc.O_NOFOLLOW, 0));
        try {
            StatxBuffer stat = new StatxBuffer(scratch, PATH);
            scratch.bytes.put(NAME, (byte) 0);
            stat.ofDescriptor(fd, scratch.address + NAME);
            if (FileType.ofMode(stat.mode()) == FileType.SYMLINK) {
                throw LinuxSource.failure(Libc.ELOOP);
            }
            return ofDescriptor(mount, fd, attribute);
        } finally {
            Libc.close(fd);
        }
    }

    /** A mount as it has turned out to be. */
    Mount known(Mount mount) {
        return isWithout(mount) ? mount.withoutAcls() : mount;
    }

    /** The ACL of a directory that is open for reading. */
    Optional<Acl> ofDirectory(Mount mount, int fd, byte[] attribute) throws SourceException {
        if (hasNone(mount)) {
            return Optional.empty();
        }
        scratch.bytes.put(NAME, attribute);
        long size = Libc.fgetxattr(fd, scratch.address + NAME, scratch.address + VALUE, USUAL);
        int errno = size < 0 ? Libc.errno() : 0;
        if (errno == Libc.ERANGE) {
            size = Libc.fgetxattr(fd, scratch.address + NAME, scratch.address + VALUE, LARGEST);
            errno = size < 0 ? Libc.errno() : 0;
        }
        return result(mount, size, errno);
    }

    /** The ACL of an open inode, which need be open for nothing but its path (O_PATH). */
    Optional<Acl> ofDescriptor(Mount mount, int fd, byte[] attribute) throws SourceException {
        if (hasNone(mount)) {
            return Optional.empty();
        }
        scratch.bytes.put(NAME, attribute);
        scratch.put(PATH, ("/proc/self/fd/" + fd).getBytes(StandardCharsets.US_ASCII));
        long path = scratch.address + PATH;
        long size = Libc.getxattr(path, scratch.address + NAME, scratch.address + VALUE, USUAL);
        int errno = size < 0 ? Libc.errno() : 0;
        if (errno == Libc.ERANGE) {
            size = Libc.getxattr(path, scratch.address + NAME, scratch.address + VALUE, LARGEST);
            errno = size < 0 ? Libc.errno() : 0;
        }
        return result(mount, size, errno);
    }

    /** Whether a mount has no ACLs; asked for every entry, mostly of the same mount. */
    @SuppressWarnings("ReferenceEquality") // the same object is the common case; another that is equal is looked up
    private boolean hasNone(Mount mount) {
        if (mount != lastWithAcls) {
            if (isWithout(mount)) {
                return true;
            }
            lastWithAcls = mount;
        }
        return false;
    }

    /** Nearly always there are none; Java makes a record's hash code at run time, which takes longer than all the rest. */
    private boolean isWithout(Mount mount) {
        return !withoutAcls.isEmpty() && withoutAcls.contains(mount);
    }

    private Optional<Acl> result(Mount mount, long size, int errno) throws SourceException {
        if (size < 0) {
            switch (errno) {
                case Libc.ENODATA -> {
                    return Optional.empty();
                }
                case Libc.EOPNOTSUPP -> {
                    // behind one FUSE mount there can be several file systems
                    if (!isFuse(mount)) {
                        lastWithAcls = null;
                        withoutAcls.add(mount);
                    }
                    return Optional.empty();
                }
                case Libc.ENOENT, Libc.ENOTDIR, Libc.ELOOP -> throw LinuxSource.failure(errno);
                default -> {
                    return Optional.of(new Acl.Unreadable("its ACL cannot be read: " + Libc.sentence(errno)));
                }
            }
        }
        if (isFuse(mount)) {
            return Optional.of(OF_FUSE);
        }
        PathBytes key = PathBytes.of(scratch.get(VALUE, (int) size));
        Acl known = interned.get(key);
        if (known == null) {
            if (interned.size() == MAX_INTERNED) {
                interned.clear();
            }
            known = PosixAcl.parse(key.bytes());
            interned.put(key, known);
        }
        return Optional.of(known);
    }

    private static boolean isFuse(Mount mount) {
        String type = mount.fileSystem();
        return MountTable.isFuse(type) || type.equals("virtiofs");
    }
}
