package docrootaudit.linux;

import docrootaudit.access.Mount;
import docrootaudit.access.PathBytes;
import docrootaudit.access.Principal;
import docrootaudit.walk.EntrySource;
import docrootaudit.walk.Mounts;
import docrootaudit.walk.Node;
import docrootaudit.walk.SourceException;
import docrootaudit.walk.TreeReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * The tree as this or another process sees it, by system calls relative to open directories: no path is resolved twice,
 * no link followed by the kernel, no name ever decoded.
 */
public final class LinuxSource implements EntrySource {
    private final byte[] rootPath;
    private final MountTable mounts;
    private final ThreadLocal<AclReader> acls;
    private final OverflowIds overflow;
    private final Optional<Principal> asked;

    private LinuxSource(String rootPath, MountTable mounts) throws IOException {
        this.rootPath = rootPath.getBytes(StandardCharsets.US_ASCII);
        this.mounts = mounts;
        this.overflow = OverflowIds.read();
        this.asked = Optional.empty();
        Set<Mount> withoutAcls = AclReader.mountsWithoutAcls();
        this.acls = ThreadLocal.withInitial(() -> new AclReader(withoutAcls));
    }

    private LinuxSource(LinuxSource same, Principal asked) {
        this.rootPath = same.rootPath;
        this.mounts = same.mounts;
        this.overflow = same.overflow;
        this.acls = same.acls;
        this.asked = Optional.of(asked);
    }

    /**
     * The tree as this process sees it.
     *
     * @throws IOException if {@code /proc} is not there
     */
    public static LinuxSource ofThisProcess() throws IOException {
        return new LinuxSource("/", ownMounts());
    }

    /**
     * The tree as another process sees it: its root directory in its mount namespace.
     *
     * @throws IOException if there is no such process
     */
    public static LinuxSource ofProcess(long pid) throws IOException {
        Path mountinfo = Path.of("/proc/" + pid + "/mountinfo");
        return new LinuxSource("/proc/" + pid + "/root/", new MountTable(mountinfo, Optional.of(ownMounts())));
    }

    private static MountTable ownMounts() throws IOException {
        return new MountTable(Path.of("/proc/self/mountinfo"));
    }

    @Override
    public Node root() throws SourceException {
        Scratch scratch = Scratch.ofThread();
        int fd = Libc.openat(Libc.AT_FDCWD, scratch.put(0, rootPath), FdNode.LOOK | Libc.O_DIRECTORY, 0);
        // /proc/PID/root is itself a link, and the one that must be followed
        return new FdNode(this, checked(fd));
    }

    @Override
    public Node workingDirectory() throws SourceException {
        Scratch scratch = Scratch.ofThread();
        int fd = Libc.openat(Libc.AT_FDCWD, scratch.put(0, PathBytes.of(".")), FdNode.LOOK, 0);
        return new FdNode(this, checked(fd));
    }

    @Override
    public PathBytes workingDirectoryPath() throws SourceException {
        Scratch scratch = Scratch.ofThread();
        if (Libc.getcwd(scratch.address, scratch.size()) == 0) {
            throw failure(Libc.errno());
        }
        byte[] path = Scratch.stringAt(scratch.address);
        if (path.length == 0 || path[0] != '/') {
            throw new SourceException(Libc.ENOENT, "the working directory is not below the root directory");
        }
        return PathBytes.of(path);
    }

    @Override
    public Mounts mounts() {
        return mounts;
    }

    @Override
    public LinuxSource asking(Principal who) {
        return new LinuxSource(this, who);
    }

    @Override
    public TreeReader reader() {
        return new LinuxReader(this, asked.map(FileSystemIdentity::ofThread).orElseGet(FileSystemIdentity::none));
    }

    MountTable mountTable() {
        return mounts;
    }

    AclReader acls() {
        return acls.get();
    }

    OverflowIds overflow() {
        return overflow;
    }

    static int checked(int fd) throws SourceException {
        if (fd < 0) {
            throw failure(Libc.errno());
        }
        return fd;
    }

    static SourceException failure(int errno) {
        return new SourceException(errno, Libc.sentence(errno));
    }
}
