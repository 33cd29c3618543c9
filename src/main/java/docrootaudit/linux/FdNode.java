package docrootaudit.linux;

import docrootaudit.access.Acl;
import docrootaudit.access.Attributes;
import docrootaudit.access.FileType;
import docrootaudit.access.Inode;
import docrootaudit.access.Mount;
import docrootaudit.access.PathBytes;
import docrootaudit.access.PosixAcl;
import docrootaudit.walk.FileId;
import docrootaudit.walk.Node;
import docrootaudit.walk.SourceException;
import docrootaudit.walk.Stamp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** An inode held by a file descriptor, O_PATH or an open directory. */
final class FdNode implements Node {
    static final int LOOK = Libc.O_PATH | Libc.O_CLOEXEC;

    private static final PathBytes DOT_DOT = PathBytes.of("..");
    private static final int STAT = 8192;
    private static final int LINK_SIZE = 8192;

    private final LinuxSource source;
    private final int fd;
    private FileId id;

    FdNode(LinuxSource source, int fd) {
        this.source = source;
        this.fd = fd;
    }

    int fd() {
        return fd;
    }

    @Override
    public Inode inode() throws SourceException {
        StatxBuffer stat = stat();
        id = stat.id();
        FileType type = FileType.ofMode(stat.mode());
        Mount mount = source.mountTable().of(stat);
        Optional<String> fixed = source.mountTable().fixed(mount).or(stat::fixed);
        Optional<Acl> acl = Optional.empty();
        Optional<PosixAcl> defaultAcl = Optional.empty();
        int mode = stat.mode() & 07777;
        int uid = stat.uid();
        int gid = stat.gid();
        if (type != FileType.SYMLINK) {
            acl = source.acls().ofDescriptor(mount, fd, AclReader.ACCESS);
        }
        if (type == FileType.DIRECTORY) {
            defaultAcl = source.acls()
                    .ofDescriptor(mount, fd, AclReader.DEFAULT)
                    .filter(PosixAcl.class::isInstance)
                    .map(PosixAcl.class::cast);
        }
        mount = source.acls().known(mount);
        return new Inode(
                new Attributes(type, mode, uid, gid, acl), source.overflow().onto(mount, uid, gid), defaultAcl, fixed);
    }

    private StatxBuffer stat() throws SourceException {
        Scratch scratch = Scratch.ofThread();
        StatxBuffer stat = new StatxBuffer(scratch, STAT);
        stat.ofDescriptor(fd, scratch.put(0, new byte[0]));
        return stat;
    }

    @Override
    public Node child(PathBytes name) throws SourceException {
        return open(name, LOOK | Libc.O_NOFOLLOW);
    }

    @Override
    public Node parent() throws SourceException {
        return open(DOT_DOT, LOOK | Libc.O_DIRECTORY);
    }

    private Node open(PathBytes name, int flags) throws SourceException {
        int opened = Libc.openat(fd, Scratch.ofThread().put(0, name), flags, 0);
        return new FdNode(source, LinuxSource.checked(opened));
    }

    @Override
    public PathBytes readLink() throws SourceException {
        Scratch scratch = Scratch.ofThread();
        long size = Libc.readlinkat(fd, scratch.put(0, new byte[0]), scratch.address + STAT, LINK_SIZE);
        if (size < 0) {
            throw LinuxSource.failure(Libc.errno());
        }
        return PathBytes.of(scratch.get(STAT, (int) size));
    }

    @Override
    public Stamp stamp() throws SourceException {
        Scratch scratch = Scratch.ofThread();
        StatxBuffer stat = new StatxBuffer(scratch, STAT);
        stat.stampOfDescriptor(fd, scratch.put(0, new byte[0]));
        return stat.stamp();
    }

    /** The magic link in {@code /proc/self/fd} opens the inode that the descriptor holds (proc_pid_fd(5)). */
    @Override
    public byte[] content(int most) throws SourceException {
        StatxBuffer stat = stat();
        if (FileType.ofMode(stat.mode()) != FileType.REGULAR) {
            throw new SourceException(0, "not a regular file");
        }
        tooLarge(stamp().size(), most);
        Scratch scratch = Scratch.ofThread();
        long path = scratch.put(0, PathBytes.of("/proc/self/fd/" + fd));
        // a lease that somebody else holds shall not make us wait either (fcntl(2))
        int flags = Libc.O_RDONLY | Libc.O_NONBLOCK | Libc.O_NOCTTY | Libc.O_CLOEXEC;
        int file = LinuxSource.checked(Libc.openat(Libc.AT_FDCWD, path, flags, 0));
        try {
            return readAll(file, most, scratch);
        } finally {
            Libc.close(file);
        }
    }

    @Override
    public FileChannel open() throws SourceException {
        if (FileType.ofMode(stat().mode()) != FileType.REGULAR) {
            throw new SourceException(0, "not a regular file");
        }
        try {
            return FileChannel.open(Path.of("/proc/self/fd/" + fd), StandardOpenOption.READ);
        } catch (AccessDeniedException e) {
            throw LinuxSource.failure(Libc.EACCES);
        } catch (IOException e) {
            throw new SourceException(0, "cannot be opened");
        }
    }

    private static byte[] readAll(int file, int most, Scratch scratch) throws SourceException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        while (true) {
            long size = Libc.read(file, scratch.address, scratch.size());
            if (size < 0) {
                throw LinuxSource.failure(Libc.errno());
            } else if (size == 0) {
                return content.toByteArray();
            }
            content.writeBytes(scratch.get(0, (int) size));
            tooLarge(content.size(), most);
        }
    }

    private static void tooLarge(long size, int most) throws SourceException {
        if (size > most) {
            throw new SourceException(0, "larger than " + most + " bytes");
        }
    }

    @Override
    public FileId id() {
        if (id == null) {
            try {
                id = stat().id();
            } catch (SourceException e) {
                id = new FileId(-1, -1);
            }
        }
        return id;
    }

    @Override
    public void close() {
        Libc.close(fd);
    }
}
