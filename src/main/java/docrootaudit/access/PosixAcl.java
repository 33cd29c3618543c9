package docrootaudit.access;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A POSIX ACL (acl(5)) in the order in which the kernel keeps and asks it: owner, named users by id, owning group,
 * named groups by id, mask, other.
 */
public record PosixAcl(List<AclEntry> entries) implements Acl {
    /** {@code POSIX_ACL_XATTR_VERSION} of {@code linux/posix_acl_xattr.h}. */
    private static final int VERSION = 2;

    public PosixAcl {
        entries = List.copyOf(entries);
    }

    /**
     * Reads the value of {@code system.posix_acl_access} or {@code system.posix_acl_default}.
     *
     * @return a {@link PosixAcl}, or {@link Acl.Unreadable} where the kernel's {@code posix_acl_valid()} would refuse
     */
    public static Acl parse(byte[] value) {
        if (value.length < 4 || (value.length - 4) % 8 != 0) {
            return new Unreadable("ACL of " + value.length + " bytes is cut short");
        }
        ByteBuffer in = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
        int version = in.getInt();
        if (version != VERSION) {
            return new Unreadable("ACL of unknown version " + Integer.toUnsignedString(version));
        }
        List<AclEntry> entries = new ArrayList<>();
        while (in.hasRemaining()) {
            int number = Short.toUnsignedInt(in.getShort());
            int bits = Short.toUnsignedInt(in.getShort());
            int id = in.getInt();
            Optional<AclEntry.Tag> tag = tag(number);
            if (tag.isEmpty() || (bits & ~7) != 0) {
                return new Unreadable("ACL with an unknown entry (tag " + number + ", permissions " + bits + ")");
            }
            entries.add(new AclEntry(tag.get(), tag.get().isNamed() ? id : 0, new Permissions(bits)));
        }
        return valid(entries) ? new PosixAcl(entries) : new Unreadable("ACL whose entries are not in a valid order");
    }

    /** The value the kernel takes for this ACL. */
    public byte[] toBytes() {
        ByteBuffer out = ByteBuffer.allocate(4 + 8 * entries.size()).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(VERSION);
        for (AclEntry entry : entries) {
            out.putShort((short) entry.tag().number());
            out.putShort((short) entry.permissions().bits());
            out.putInt(entry.tag().isNamed() ? entry.id() : -1);
        }
        return out.array();
    }

    public Optional<AclEntry> entry(AclEntry.Tag tag) {
        return entries.stream().filter(e -> e.tag() == tag).findFirst();
    }

    public Optional<AclEntry> mask() {
        return entry(AclEntry.Tag.MASK);
    }

    /** What the mask lets through: everything where there is none. */
    public Permissions masked(Permissions permissions) {
        return mask().map(m -> permissions.and(m.permissions())).orElse(permissions);
    }

    private static Optional<AclEntry.Tag> tag(int number) {
        for (AclEntry.Tag tag : AclEntry.Tag.values()) {
            if (tag.number() == number) {
                return Optional.of(tag);
            }
        }
        return Optional.empty();
    }

    /** As {@code posix_acl_valid()} in {@code fs/posix_acl.c}; order of ids apart, which it does not ask. */
    private static boolean valid(List<AclEntry> entries) {
        int rank = -1;
        boolean named = false;
        boolean mask = false;
        int single = 0;
        for (AclEntry entry : entries) {
            int next = entry.tag().number();
            if (next < rank || (next == rank && !entry.tag().isNamed())) {
                return false;
            }
            rank = next;
            named |= entry.tag().isNamed();
            mask |= entry.tag() == AclEntry.Tag.MASK;
            single += switch (entry.tag()) {
                case OWNER, OWNING_GROUP, OTHER -> 1;
                default -> 0;
            };
        }
        return single == 3 && (mask || !named);
    }
}
