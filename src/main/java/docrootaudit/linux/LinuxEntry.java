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

/**
 * A cursor over the records of getdents64(2): {@code d_ino} 8 bytes, {@code d_off} 8, {@code d_reclen} 2, {@code d_type}
 * 1, then the name and a NUL. Names are used where the kernel wrote them.
 */
final class LinuxEntry extends Entry {
    private static final int STAT = 0;
    private static final int EMPTY = StatxBuffer.SIZE;
    private static final int RECORDS = EMPTY + 64;
    private static final int RECORDS_SIZE = 1 << 17;
    private static final int TYPE_IN_RECORD = 18;
    private static final int NAME_IN_RECORD = 19;
    private static final byte DT_REG = 8;

    /** So many entries are asked about at once: few enough for a slow disk to answer in time. */
    private static final int ASKED_AT_ONCE = 64;

    private static final int R_OK = 4;
    private static final long NOT_ASKED = 0;
    private static final long GRANTED = 1;
    private static final long REFUSED = 2;

    /** For tests: as on a file system that leaves {@code d_type} at DT_UNKNOWN. */
    static volatile boolean typesHidden;

    private final LinuxSource source;
    private final AclReader acls;
    private final FileSystemIdentity asked;
    private final Scratch scratch = new Scratch(RECORDS + RECORDS_SIZE);
    private final StatxBuffer stat = new StatxBuffer(scratch, STAT);
    private int directory;
    private int at;
    private int next;
    private int end;
    private int askedTo;
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
        this.asked = asked;
    }

    void start(int fd) {
        directory = fd;
        next = RECORDS;
        end = RECORDS;
        askedTo = RECORDS;
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
            if (next >= end && !fill()) {
                return false;
            }
            at = next;
            next += Short.toUnsignedInt(scratch.bytes.getShort(at + 16));
        } while (isDots());
        return true;
    }

    private boolean fill() throws SourceException {
        long size = Libc.getdents64(directory, scratch.address + RECORDS, RECORDS_SIZE);
        if (size < 0) {
            throw LinuxSource.failure(Libc.errno());
        }
        next = RECORDS;
        end = RECORDS + (int) size;
        askedTo = RECORDS;
        return size > 0;
    }

    private boolean isDots() {
        int name = at + NAME_IN_RECORD;
        return scratch.bytes.get(name) == '.'
                && (scratch.bytes.get(name + 1) == 0
                        || (scratch.bytes.get(name + 1) == '.' && scratch.bytes.get(name + 2) == 0));
    }

    @Override
    public byte[] name() {
        return isSelf ? new byte[0] : scratch.get(at + NAME_IN_RECORD, nameLength());
    }

    @Override
    public int nameLength() {
        if (isSelf) {
            return 0;
        }
        int i = at + NAME_IN_RECORD;
        while (scratch.bytes.get(i) != 0) {
            i++;
        }
        return i - at - NAME_IN_RECORD;
    }

    @Override
    public FileType listedType() {
        if (isSelf) {
            return type();
        }
        return typesHidden ? FileType.UNKNOWN : FileType.ofMode(scratch.bytes.get(at + TYPE_IN_RECORD) << 12);
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
        return scratch.address + at + NAME_IN_RECORD;
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
        if (at >= askedTo) {
            ask(ASKED_AT_ONCE);
        }
        return answered();
    }

    @Override
    public Answer kernelNow() {
        ask(1);
        return answered();
    }

    private Answer answered() {
        long answer = scratch.bytes.getLong(at);
        return answer == GRANTED ? Answer.GRANTED : answer == REFUSED ? Answer.REFUSED : Answer.NOT_ASKED;
    }

    /** Writes what the kernel says over {@code d_ino}, which nobody needs, of the records from here on. */
    private void ask(int count) {
        boolean taken = asked.take();
        int record = at;
        for (int i = 0; i < count && record < end; i++) {
            boolean regular = taken && scratch.bytes.get(record + TYPE_IN_RECORD) == DT_REG;
            scratch.bytes.putLong(record, regular ? answer(record) : NOT_ASKED);
            record += Short.toUnsignedInt(scratch.bytes.getShort(record + 16));
        }
        askedTo = Math.max(askedTo, record);
        if (taken) {
            asked.putDown();
        }
    }

    /** A link that has just taken the file's place is followed, as by everybody who opens that name. */
    private long answer(int record) {
        long name = scratch.address + record + NAME_IN_RECORD;
        if (Libc.syscall(Libc.SYS_FACCESSAT2, directory, name, R_OK, Libc.AT_EACCESS, 0, 0) == 0) {
            return GRANTED;
        }
        return Libc.errno() == Libc.EACCES ? REFUSED : NOT_ASKED;
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
                ? acls.ofDescriptor(mount, directory, AclReader.ACCESS)
                : acls.ofName(mount, directory, nameAddress(), AclReader.ACCESS);
    }

    @Override
    public Inode inode() throws SourceException {
        Optional<PosixAcl> defaultAcl = Optional.empty();
        if (type() == FileType.DIRECTORY) {
            Optional<Acl> found = isSelf
                    ? acls.ofDescriptor(mount, directory, AclReader.DEFAULT)
                    : acls.ofName(mount, directory, nameAddress(), AclReader.DEFAULT);
            defaultAcl = found.filter(PosixAcl.class::isInstance).map(PosixAcl.class::cast);
        }
        Attributes attributes = attributes(acl());
        return new Inode(attributes, source.overflow().onto(acls.known(mount), uid, gid), defaultAcl);
    }
}
