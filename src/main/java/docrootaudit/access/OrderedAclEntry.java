package docrootaudit.access;

/**
 * One entry of an NFSv4 ACL (RFC 7530, section 6.2.1), as {@code java.nio.file.attribute.AclFileAttributeView} gives
 * it. Only the three bits that matter here are kept: read (list), write, execute (search).
 *
 * @param allow whether the entry allows, else it denies; audit and alarm entries decide nothing and are left out
 * @param who whom the entry is about
 * @param id uid or gid (unsigned) for {@link Who#USER} and {@link Who#GROUP}, 0 otherwise
 * @param permissions what it allows or denies
 */
public record OrderedAclEntry(boolean allow, Who who, int id, Permissions permissions) implements Rule {
    /** The special identifiers and the two kinds of name. */
    public enum Who {
        OWNER,
        OWNING_GROUP,
        EVERYONE,
        USER,
        GROUP
    }

    @Override
    public String text(Names names) {
        String principal = switch (who) {
            case OWNER -> "OWNER@";
            case OWNING_GROUP -> "GROUP@";
            case EVERYONE -> "EVERYONE@";
            case USER -> names.userOrNumber(id);
            case GROUP -> "g:" + names.groupOrNumber(id);
        };
        return principal + ":" + permissions + ":" + (allow ? "allow" : "deny");
    }

    boolean isAbout(Principal principal, int ownerUid, int owningGid) {
        return switch (who) {
            case OWNER -> principal.uid() == ownerUid;
            case OWNING_GROUP -> principal.isIn(owningGid);
            case EVERYONE -> true;
            case USER -> principal.uid() == id;
            case GROUP -> principal.isIn(id);
        };
    }

    @Override
    public String toString() {
        return text(Names.NUMERIC);
    }
}
