package docrootaudit.linux;

import docrootaudit.access.PathBytes;
import docrootaudit.walk.Listing;
import docrootaudit.walk.Node;
import docrootaudit.walk.SourceException;
import docrootaudit.walk.TreeReader;

/** Opens directories with openat2(2), links refused on the whole way, and lists them with getdents64(2). */
final class LinuxReader implements TreeReader {
    private static final int OPEN = Libc.O_DIRECTORY | Libc.O_NOFOLLOW | Libc.O_NONBLOCK | Libc.O_CLOEXEC;
    private static final long RESOLVE_NO_MAGICLINKS = 0x02;
    private static final long RESOLVE_NO_SYMLINKS = 0x04;

    /** Longest path given to one call; PATH_MAX is 4096 with the NUL. */
    private static final int PIECE = 4000;

    private static final int HOW = 0;
    private static final int PATH = 64;

    /** Before Linux 5.6, or hidden by a seccomp filter. */
    static volatile boolean openat2Missing;

    private final LinuxSource source;
    private final Scratch scratch = new Scratch(PATH + 2 * PIECE);
    private final LinuxEntry entry;
    private final LinuxEntry self;

    LinuxReader(LinuxSource source, FileSystemIdentity asked) {
        this.source = source;
        AclReader acls = source.acls();
        this.entry = new LinuxEntry(source, acls, asked);
        this.self = new LinuxEntry(source, acls, FileSystemIdentity.none());
    }

    @Override
    public Listing list(Node base, PathBytes relative) throws SourceException {
        int fd = open(((FdNode) base).fd(), relative.length() == 0 ? PathBytes.of(".") : relative, OPEN);
        return new LinuxListing(source, fd, entry, self);
    }

    @Override
    public Node look(Node base, PathBytes relative) throws SourceException {
        int flags = FdNode.LOOK | Libc.O_NOFOLLOW;
        return new FdNode(
                source, open(((FdNode) base).fd(), relative.length() == 0 ? PathBytes.of(".") : relative, flags));
    }

    /** Opens a path of any length in pieces that the kernel takes. */
    private int open(int base, PathBytes path, int flags) throws SourceException {
        byte[] bytes = path.bytes();
        int from = 0;
        int at = base;
        try {
            while (bytes.length - from > PIECE) {
                int slash = from + PIECE;
                while (bytes[slash] != '/') {
                    slash--;
                }
                int next = openPiece(
                        at, PathBytes.of(bytes, from, slash), FdNode.LOOK | Libc.O_DIRECTORY | Libc.O_NOFOLLOW);
                closeUnless(base, at);
                at = next;
                from = slash + 1;
            }
            return openPiece(at, PathBytes.of(bytes, from, bytes.length), flags);
        } finally {
            closeUnless(base, at);
        }
    }

    private static void closeUnless(int base, int fd) {
        if (fd != base) {
            Libc.close(fd);
        }
    }

    private int openPiece(int directory, PathBytes path, int flags) throws SourceException {
        if (!openat2Missing) {
            scratch.bytes.putLong(HOW, flags);
            scratch.bytes.putLong(HOW + 8, 0);
            scratch.bytes.putLong(HOW + 16, RESOLVE_NO_MAGICLINKS | RESOLVE_NO_SYMLINKS);
            int fd = (int)
                    Libc.syscall(Libc.SYS_OPENAT2, directory, scratch.put(PATH, path), scratch.address + HOW, 24, 0, 0);
            if (fd >= 0) {
                return fd;
            }
            int errno = Libc.errno();
            if (errno != Libc.ENOSYS && errno != Libc.EPERM) {
                throw LinuxSource.failure(errno);
            }
            openat2Missing = errno == Libc.ENOSYS;
        }
        return openByName(directory, path, flags);
    }

    /** Without openat2(2), one component after the other. */
    private int openByName(int directory, PathBytes path, int flags) throws SourceException {
        var names = path.names();
        int at = directory;
        try {
            for (PathBytes name : names.subList(0, names.size() - 1)) {
                int next =
                        Libc.openat(at, scratch.put(PATH, name), FdNode.LOOK | Libc.O_DIRECTORY | Libc.O_NOFOLLOW, 0);
                int errno = next < 0 ? Libc.errno() : 0;
                closeUnless(directory, at);
                at = directory;
                if (next < 0) {
                    throw LinuxSource.failure(errno);
                }
                at = next;
            }
            return LinuxSource.checked(Libc.openat(at, scratch.put(PATH, names.get(names.size() - 1)), flags, 0));
        } finally {
            closeUnless(directory, at);
        }
    }

    @Override
    public void close() {
        // the buffers go with the thread
    }
}
