package docrootaudit.access;

/** The type of an inode, as in the upper bits of {@code st_mode} (inode(7)). */
public enum FileType {
    REGULAR(0100000, '-'),
    DIRECTORY(0040000, 'd'),
    SYMLINK(0120000, 'l'),
    FIFO(0010000, 'p'),
    SOCKET(0140000, 's'),
    CHARACTER_DEVICE(0020000, 'c'),
    BLOCK_DEVICE(0060000, 'b'),
    UNKNOWN(0, '?');

    private static final FileType[] BY_BITS = new FileType[16];

    static {
        java.util.Arrays.fill(BY_BITS, UNKNOWN);
        for (FileType type : values()) {
            BY_BITS[type.bits >>> 12] = type;
        }
    }

    private final int bits;
    private final char letter;

    FileType(int bits, char letter) {
        this.bits = bits;
        this.letter = letter;
    }

    /** The type in {@code st_mode}. */
    public static FileType ofMode(int stMode) {
        return BY_BITS[(stMode >>> 12) & 15];
    }

    /** The bits of {@code st_mode} that say this type. */
    public int bits() {
        return bits;
    }

    /** The first letter of a line of {@code ls -l}. */
    public char letter() {
        return letter;
    }

    /** Whether a web server serves such an inode: a regular file or a directory. */
    public boolean isServed() {
        return this == REGULAR || this == DIRECTORY;
    }
}
