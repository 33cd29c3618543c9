package docrootaudit.linux;

import docrootaudit.access.Acl;
import docrootaudit.access.Attributes;
import docrootaudit.access.FileType;
import docrootaudit.access.Inode;
import docrootaudit.access.Mount;
import docrootaudit.access.PosixAcl;
import docrootaudit.walk.Entry;
import docrootaudit.walk.SourceException;
import java.util.Optional;

/** A cursor over the entries of an open directory, or the stand-in for the directory itself. */
final class LinuxEntry extends Entry {
    private static final int STAT = 0;
    private static final int EMPTY = StatxBuffer.SIZE;

    /** For tests: as on a file system that leaves {@code d_type} at DT_UNKNOWN. */
    static volatile boolean typesHidden;

    private final LinuxSource source;
    private final AclReader acls;
    private final Dirents entries = new Dirents();
    private final AskedEntries asked;
    private final Scratch scratch = new Scratch(EMPTY + 8);
    private final StatxBuffer stat = new StatxBuffer(scratch, STAT);
    private int directory;
    private boolean isSelf;
    private int mode;
    private int uid;
    private int gid;
    private long mountId = Long.MIN_VALUE;
    private Mount mount;
    /** Null until it is asked for. */
    private Optional<Acl> acl;

    LinuxEntry(LinuxSource source, AclReader acls, FileSystemIdentity asked) {
        this.source = source;
        this.acls = acls;
        this.asked = new AskedEntries(asked, entries);
    }

    void start(int fd) {
        directory = fd;
        entries.start();
        asked.start();
    }

    /** Stands for an open directory itself. */
    void standFor(int fd) throws SourceException {
        directory = fd;
        isSelf = true;
        scratch.bytes.put(EMPTY, (byte) 0);
        stat.ofDescriptor(fd, scratch.address + EMPTY);
        take();
    }

    boolean advance() throws SourceException {
        do {
            if (!entries.hasNext() && !fill()) {
                return false;
            }
            entries.advance();
        } while (entries.isDots());
        return true;
    }

    private boolean fill() throws SourceException {
        asked.start();
        return entries.fill(directory);
    }

    @Override
    public byte[] name() {
        return isSelf ? new byte[0] : entries.name();
    }

    @Override
    public int nameLength() {
        return isSelf ? 0 : entries.nameLength();
    }

    @Override
    public FileType listedType() {
        if (isSelf) {
            return type();
        }
        return typesHidden ? FileType.UNKNOWN : entries.type();
    }

    @Override
    public void stat() throws SourceException {
        if (!isSelf) {
            stat.ofName(directory, nameAddress());
            take();
            FileType listed = listedType();
            if (type() == FileType.DIRECTORY && listed != FileType.DIRECTORY && listed != FileType.UNKNOWN) {
                // listed as something else and replaced since: nobody would walk it
                throw LinuxSource.failure(Libc.ENOTDIR);
            }
        }
    }

    private long nameAddress() {
        return entries.nameAddress(entries.at());
    }

    private void take() {
        acl = null;
        mode = stat.mode();
        uid = stat.uid();
        gid = stat.gid();
        long id = stat.mountId();
        if (id != mountId || id < 0) {
            mountId = id;
            mount = source.mountTable().of(stat);
        }
    }

    @Override
    public Answer kernel() {
        return asked.answer(directory);
    }

    @Override
    public Answer kernelNow() {
        return asked.answerNow(directory);
    }

    @Override
    public int mode() {
        return mode;
    }

    @Override
    public int uid() {
        return uid;
    }

    @Override
    public int gid() {
        return gid;
    }

    @Override
    public Mount mount() {
        return source.overflow().onto(mount, uid, gid);
    }

    @Override
    public Optional<Acl> acl() throws SourceException {
        if (acl == null) {
            acl = readAcl();
        }
        return acl;
    }

    private Optional<Acl> readAcl() throws SourceException {
        if (type() == FileType.SYMLINK) {
            return Optional.empty();
        }
        return isSelf
                ? acls.ofDirectory(mount, directory, AclReader.ACCESS)
                : acls.ofName(mount, directory, nameAddress(), AclReader.ACCESS);
    }

    @Override
    public Inode inode() throws SourceException {
        Optional<PosixAcl> defaultAcl = Optional.empty();
        if (type() == FileType.DIRECTORY) {
            Optional<Acl> found = isSelf
                    ? acls.ofDirectory(mount, directory, AclReader.DEFAULT)
                    : acls.ofName(mount, directory, nameAddress(), AclReader.DEFAULT);
            defaultAcl = found.filter(PosixAcl.class::isInstance).map(PosixAcl.class::cast);
        }
        Attributes attributes = attributes(acl());
        Optional<String> fixed = source.mountTable().fixed(mount).or(stat::fixed);
        return new Inode(attributes, source.overflow().onto(acls.known(mount), uid, gid), defaultAcl, fixed);
    }
}
