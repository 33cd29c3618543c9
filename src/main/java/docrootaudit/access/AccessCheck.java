package docrootaudit.access;

import docrootaudit.access.Verdict.Denied;
import docrootaudit.access.Verdict.Granted;
import docrootaudit.access.Verdict.Unknown;

/** The simulation of one permission check: what {@code inode_permission()} answers for a principal. */
public final class AccessCheck {
    private AccessCheck() {}

    /** {@link #decide(Principal, Attributes, Permissions)} for what a need wants. */
    public static Verdict decide(Principal who, Attributes what, Need need) {
        return decide(who, what, need.permissions());
    }

    /**
     * Decides as {@code generic_permission()} in {@code fs/namei.c} does: first owner, ACL, group or other, then the
     * capabilities that override a refusal (capabilities(7)).
     *
     * @param asked the permissions wanted together; one group entry of an ACL must grant them all
     */
    public static Verdict decide(Principal who, Attributes what, Permissions asked) {
        Verdict discretionary = byBitsOrAcl(who, what, asked);
        if (discretionary instanceof Granted) {
            return discretionary;
        }
        boolean reading = (asked.bits() & 2) == 0;
        boolean executing = (asked.bits() & 1) != 0;
        boolean directory = what.isDirectory();
        if (reading && (directory || !executing) && who.has(Capability.CAP_DAC_READ_SEARCH, what.uid(), what.gid())) {
            return new Granted(Capability.CAP_DAC_READ_SEARCH.rule());
        }
        if ((directory || !executing || (what.mode() & 0111) != 0)
                && who.has(Capability.CAP_DAC_OVERRIDE, what.uid(), what.gid())) {
            return new Granted(Capability.CAP_DAC_OVERRIDE.rule());
        }
        return discretionary;
    }

    /**
     * {@code acl_permission_check()} in {@code fs/namei.c}, which is not quite acl(5): with all group class bits clear
     * the kernel never reads the ACL, and "other" may grant what the mask withholds.
     */
    private static Verdict byBitsOrAcl(Principal who, Attributes what, Permissions asked) {
        if (what.acl().isPresent() && what.acl().get() instanceof OrderedAcl ordered) {
            return byOrderedAcl(who, what, ordered, asked);
        }
        if (who.uid() == what.uid()) {
            return verdict(asked, what.owner());
        }
        if (what.acl().isPresent() && !what.group().permissions().isEmpty()) {
            return what.acl().get() instanceof PosixAcl acl
                    ? byPosixAcl(who, what, acl, asked)
                    : new Unknown(((Acl.Unreadable) what.acl().get()).why());
        }
        return verdict(asked, who.isIn(what.gid()) ? what.group() : what.other());
    }

    /** {@code posix_acl_permission()} in {@code fs/posix_acl.c}; the owner has been decided before. */
    private static Verdict byPosixAcl(Principal who, Attributes what, PosixAcl acl, Permissions asked) {
        AclEntry refusing = null;
        for (AclEntry entry : acl.entries()) {
            switch (entry.tag()) {
                case NAMED_USER -> {
                    if (entry.id() == who.uid()) {
                        return throughMask(asked, entry, acl);
                    }
                }
                case OWNING_GROUP, NAMED_GROUP -> {
                    int gid = entry.tag() == AclEntry.Tag.OWNING_GROUP ? what.gid() : entry.id();
                    if (who.isIn(gid)) {
                        if (entry.permissions().contains(asked)) {
                            return throughMask(asked, entry, acl);
                        }
                        refusing = refusing == null ? entry : refusing;
                    }
                }
                case OTHER -> {
                    return refusing == null ? verdict(asked, entry) : new Denied(asked, refusing);
                }
                default -> {}
            }
        }
        return new Unknown("ACL without an entry for others");
    }

    private static Verdict throughMask(Permissions asked, AclEntry entry, PosixAcl acl) {
        if (!entry.permissions().contains(asked)) {
            return new Denied(asked, entry);
        }
        return acl.masked(entry.permissions()).contains(asked)
                ? new Granted(entry)
                : new Denied(asked, acl.mask().orElseThrow());
    }

    /** RFC 7530, section 6.2.1: entries in order, until all that is asked is allowed or some of it denied. */
    private static Verdict byOrderedAcl(Principal who, Attributes what, OrderedAcl acl, Permissions asked) {
        int open = asked.bits();
        for (OrderedAclEntry entry : acl.entries()) {
            if ((entry.permissions().bits() & open) == 0 || !entry.isAbout(who, what.uid(), what.gid())) {
                continue;
            }
            if (!entry.allow()) {
                return new Denied(asked, entry);
            }
            open &= ~entry.permissions().bits();
            if (open == 0) {
                return new Granted(entry);
            }
        }
        // What no entry allows is denied, as if the list ended with this one.
        return new Denied(asked, new OrderedAclEntry(false, OrderedAclEntry.Who.EVERYONE, 0, new Permissions(7)));
    }

    private static Verdict verdict(Permissions asked, AclEntry entry) {
        return entry.permissions().contains(asked) ? new Granted(entry) : new Denied(asked, entry);
    }
}
