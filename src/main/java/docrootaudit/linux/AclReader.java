package docrootaudit.linux;

import docrootaudit.access.Acl;
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

    private static final int MAX_INTERNED = 1000;

    /** {@code struct xattr_args} of getxattrat(2): address, size, flags. */
    private static final int ARGS = 0;

    private static final int NAME = 64;
    private static final int PATH = 128;
    private static final int VALUE = 512;
    private static final int VALUE_SIZE = 1 << 16;

    private static volatile boolean getxattratMissing;

    private final Scratch scratch = new Scratch(VALUE + VALUE_SIZE);
    private final Set<Mount> withoutAcls;
    private final Map<PathBytes, Acl> interned = new HashMap<>();

    AclReader(Set<Mount> withoutAcls) {
        this.withoutAcls = withoutAcls;
    }

    static Set<Mount> mountsWithoutAcls() {
        return ConcurrentHashMap.newKeySet();
    }

    /** The ACL of a name (address of a NUL-terminated one) in an open directory; a link is not followed. */
    Optional<Acl> ofName(Mount mount, int directory, long name, byte[] attribute) throws SourceException {
        if (withoutAcls.contains(mount)) {
            return Optional.empty();
        }
        scratch.bytes.put(NAME, attribute);
        long size = -1;
        if (!getxattratMissing) {
            scratch.bytes.putLong(ARGS, scratch.address + VALUE);
            scratch.bytes.putInt(ARGS + 8, VALUE_SIZE);
            scratch.bytes.putInt(ARGS + 12, 0);
            size = Libc.syscall(
                    Libc.SYS_GETXATTRAT,
                    directory,
                    name,
                    Libc.AT_SYMLINK_NOFOLLOW,
                    scratch.address + NAME,
                    scratch.address + ARGS,
                    16);
            getxattratMissing = size < 0 && (Libc.errno() == Libc.ENOSYS || Libc.errno() == Libc.EPERM);
        }
        if (getxattratMissing) {
            byte[] start = ("/proc/self/fd/" + directory + "/").getBytes(StandardCharsets.US_ASCII);
            scratch.bytes.put(PATH, start);
            byte[] bytes = Scratch.stringAt(name);
            scratch.put(PATH + start.length, bytes);
            size = Libc.lgetxattr(scratch.address + PATH, scratch.address + NAME, scratch.address + VALUE, VALUE_SIZE);
        }
        return result(mount, size);
    }

    /** The ACL of an open inode, which need be open for nothing but its path (O_PATH). */
    Optional<Acl> ofDescriptor(Mount mount, int fd, byte[] attribute) throws SourceException {
        if (withoutAcls.contains(mount)) {
            return Optional.empty();
        }
        scratch.bytes.put(NAME, attribute);
        scratch.put(PATH, ("/proc/self/fd/" + fd).getBytes(StandardCharsets.US_ASCII));
        long size = Libc.getxattr(scratch.address + PATH, scratch.address + NAME, scratch.address + VALUE, VALUE_SIZE);
        return result(mount, size);
    }

    private Optional<Acl> result(Mount mount, long size) throws SourceException {
        if (size < 0) {
            int errno = Libc.errno();
            switch (errno) {
                case Libc.ENODATA -> {
                    return Optional.empty();
                }
                case Libc.EOPNOTSUPP -> {
                    withoutAcls.add(mount);
                    return Optional.empty();
                }
                case Libc.ENOENT -> throw LinuxSource.failure(errno);
                default -> {
                    return Optional.of(new Acl.Unreadable("its ACL cannot be read: " + Libc.sentence(errno)));
                }
            }
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
}
