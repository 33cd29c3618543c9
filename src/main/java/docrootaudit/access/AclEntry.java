package docrootaudit.access;

/**
 * One entry of a POSIX access ACL (acl(5)); a mode without an ACL is three of them.
 *
 * @param tag whom the entry is about
 * @param id uid or gid (unsigned) of a named entry, 0 otherwise
 * @param permissions what it grants, before the mask
 */
public record AclEntry(Tag tag, int id, Permissions permissions) implements Rule {
    /** The tags, with the numbers they have in the extended attribute ({@code linux/posix_acl.h}). */
    public enum Tag {
        OWNER(0x01, "user"),
        NAMED_USER(0x02, "user"),
        OWNING_GROUP(0x04, "group"),
        NAMED_GROUP(0x08, "group"),
        MASK(0x10, "mask"),
        OTHER(0x20, "other");

        private final int number;
        private final String word;

        Tag(int number, String word) {
            this.number = number;
            this.word = word;
        }

        public int number() {
            return number;
        }

        boolean isNamed() {
            return this == NAMED_USER || this == NAMED_GROUP;
        }
    }

    public static AclEntry of(Tag tag, int bits) {
        return new AclEntry(tag, 0, new Permissions(bits));
    }

    public static AclEntry user(int uid, int bits) {
        return new AclEntry(Tag.NAMED_USER, uid, new Permissions(bits));
    }

    public static AclEntry group(int gid, int bits) {
        return new AclEntry(Tag.NAMED_GROUP, gid, new Permissions(bits));
    }

    @Override
    public String text(Names names) {
        String qualifier = switch (tag) {
            case NAMED_USER -> names.userOrNumber(id);
            case NAMED_GROUP -> names.groupOrNumber(id);
            default -> "";
        };
        return tag.word + ":" + qualifier + ":" + permissions;
    }

    /** As {@code getfacl -n} prints it: {@code user:33:r--}. */
    @Override
    public String toString() {
        return text(Names.NUMERIC);
    }
}
