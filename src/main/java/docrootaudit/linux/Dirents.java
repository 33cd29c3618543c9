package docrootaudit.linux;

import docrootaudit.access.FileType;
import docrootaudit.walk.SourceException;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The records that getdents64(2) wrote last, one after the other: {@code d_ino} 8 bytes, {@code d_off} 8, {@code d_reclen}
 * 2, {@code d_type} 1, then the name and a NUL, filled up to a multiple of 8. Names are given to other calls where the
 * kernel wrote them; they are read from a copy in the heap, where reading costs least. Used by one thread.
 */
final class Dirents {
    static final int SIZE = 1 << 17;
    private static final int LENGTH = 16;
    private static final int TYPE = 18;
    private static final int NAME = 19;
    private static final byte DT_REG = 8;
    private static final boolean LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private final Scratch scratch = new Scratch(SIZE);
    private final byte[] records = new byte[SIZE];
    private int at;
    private int next;
    private int end;

    void start() {
        next = 0;
        end = 0;
    }

    /** Whether another record is there without asking the kernel. */
    boolean hasNext() {
        return next < end;
    }

    /** Asks the kernel for more; false if there are none. */
    boolean fill(int directory) throws SourceException {
        long size = Libc.getdents64(directory, scratch.address, SIZE);
        if (size < 0) {
            throw LinuxSource.failure(Libc.errno());
        }
        scratch.bytes.get(0, records, 0, (int) size);
        next = 0;
        end = (int) size;
        return size > 0;
    }

    void advance() {
        at = next;
        next = after(at);
    }

    /** The offset of the present record. */
    int at() {
        return at;
    }

    /** Where the records end. */
    int end() {
        return end;
    }

    /** The offset of the record behind that at an offset. */
    int after(int record) {
        int low = records[record + LENGTH] & 0xff;
        int high = records[record + LENGTH + 1] & 0xff;
        return record + (LITTLE_ENDIAN ? high << 8 | low : low << 8 | high);
    }

    boolean isRegular(int record) {
        return records[record + TYPE] == DT_REG;
    }

    /** The address of the NUL-terminated name of the record at an offset. */
    long nameAddress(int record) {
        return scratch.address + record + NAME;
    }

    boolean isDots() {
        int name = at + NAME;
        return records[name] == '.' && (records[name + 1] == 0 || (records[name + 1] == '.' && records[name + 2] == 0));
    }

    FileType type() {
        return FileType.ofMode(records[at + TYPE] << 12);
    }

    int nameLength() {
        int i = at + NAME;
        while (records[i] != 0) {
            i++;
        }
        return i - at - NAME;
    }

    byte[] name() {
        int start = at + NAME;
        return Arrays.copyOfRange(records, start, start + nameLength());
    }
}
