package docrootaudit.linux;

import docrootaudit.walk.FileId;
import docrootaudit.walk.SourceException;
import docrootaudit.walk.Stamp;
import java.time.Instant;
import java.util.Optional;

/** A {@code struct statx} in scratch memory (statx(2), {@code linux/stat.h}). */
final class StatxBuffer {
    static final int SIZE = 256;
    private static final int FLAGS = Libc.AT_SYMLINK_NOFOLLOW | Libc.AT_NO_AUTOMOUNT | Libc.AT_STATX_DONT_SYNC;
    private static final int TYPE_MODE_UID_GID = 0x1 | 0x2 | 0x8 | 0x10;
    private static final int INO = 0x100;
    private static final int SIZE_AND_TIMES = 0x200 | 0x40 | 0x80;
    private static final int MNT_ID = 0x1000;
    private static final int ATTRIBUTES = TYPE_MODE_UID_GID | INO | MNT_ID;

    private static final int IMMUTABLE = 0x10;
    private static final int APPEND_ONLY = 0x20;

    private final Scratch scratch;
    private final int offset;

    StatxBuffer(Scratch scratch, int offset) {
        this.scratch = scratch;
        this.offset = offset;
    }

    /** Fills it for a name (address of a NUL-terminated one) in a directory. */
    void ofName(int directory, long name) throws SourceException {
        call(directory, name, FLAGS, ATTRIBUTES);
    }

    /** Fills it for an open descriptor; {@code empty} is the address of a NUL. */
    void ofDescriptor(int fd, long empty) throws SourceException {
        call(fd, empty, FLAGS | Libc.AT_EMPTY_PATH, ATTRIBUTES);
    }

    /**
     * The same for its {@link #stamp()}. Times have to be asked for: since Linux 6.13 a file system with multigrain
     * timestamps leaves them out otherwise ({@code fill_mg_cmtime()} in {@code fs/stat.c}).
     */
    void stampOfDescriptor(int fd, long empty) throws SourceException {
        call(fd, empty, FLAGS | Libc.AT_EMPTY_PATH, SIZE_AND_TIMES);
    }

    private void call(int directory, long name, int flags, int mask) throws SourceException {
        if (Libc.statx(directory, name, flags, mask, scratch.address + offset) != 0) {
            throw LinuxSource.failure(Libc.errno());
        }
    }

    int uid() {
        return scratch.bytes.getInt(offset + 20);
    }

    int gid() {
        return scratch.bytes.getInt(offset + 24);
    }

    int mode() {
        return Short.toUnsignedInt(scratch.bytes.getShort(offset + 28));
    }

    /**
     * Why its flags keep even root from changing its mode and ACL ({@code may_setattr()} in {@code fs/attr.c},
     * {@code may_write_xattr()} in {@code fs/xattr.c}), if they do.
     */
    Optional<String> fixed() {
        long flags = scratch.bytes.getLong(offset + 8);
        if ((flags & IMMUTABLE) != 0) {
            return Optional.of("it is immutable until chattr -i");
        }
        return (flags & APPEND_ONLY) != 0 ? Optional.of("it is append-only until chattr -a") : Optional.empty();
    }

    /** The size and the times, after {@link #stampOfDescriptor}. */
    Stamp stamp() {
        return new Stamp(scratch.bytes.getLong(offset + 40), time(112), time(96));
    }

    private Instant time(int at) {
        return Instant.ofEpochSecond(
                scratch.bytes.getLong(offset + at), Integer.toUnsignedLong(scratch.bytes.getInt(offset + at + 8)));
    }

    FileId id() {
        return new FileId(device(), scratch.bytes.getLong(offset + 32));
    }

    /** Major and minor number of the device, in two halves. */
    long device() {
        return ((long) scratch.bytes.getInt(offset + 136) << 32)
                | Integer.toUnsignedLong(scratch.bytes.getInt(offset + 140));
    }

    /** The mount's number in mountinfo, or -1 from a kernel before 5.8. */
    long mountId() {
        boolean known = (scratch.bytes.getInt(offset) & MNT_ID) != 0;
        return known ? scratch.bytes.getLong(offset + 144) : -1;
    }
}
