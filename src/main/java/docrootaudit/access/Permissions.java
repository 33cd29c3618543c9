package docrootaudit.access;

/**
 * A set of read, write and execute permission, the three bits of one class of a mode or of one ACL entry.
 *
 * @param bits 4 for read, 2 for write, 1 for execute (search, on a directory), added up
 */
public record Permissions(int bits) {
    public static final Permissions NONE = new Permissions(0);
    public static final Permissions EXECUTE = new Permissions(1);
    public static final Permissions WRITE = new Permissions(2);
    public static final Permissions READ = new Permissions(4);

    public Permissions {
        if ((bits & ~7) != 0) {
            throw new IllegalArgumentException("no permission bits: " + bits);
        }
    }

    /** Whether every permission in {@code wanted} is in this set. */
    public boolean contains(Permissions wanted) {
        return (bits & wanted.bits) == wanted.bits;
    }

    public Permissions and(Permissions other) {
        return new Permissions(bits & other.bits);
    }

    public Permissions or(Permissions other) {
        return new Permissions(bits | other.bits);
    }

    public boolean isEmpty() {
        return bits == 0;
    }

    /** As getfacl(1) prints them: {@code r-x}. */
    @Override
    public String toString() {
        return ((bits & 4) != 0 ? "r" : "-") + ((bits & 2) != 0 ? "w" : "-") + ((bits & 1) != 0 ? "x" : "-");
    }
}
