package docrootaudit.finding;

import docrootaudit.access.AclEntry;
import docrootaudit.access.AclEntry.Tag;
import docrootaudit.access.Attributes;
import docrootaudit.access.Permissions;
import docrootaudit.access.PosixAcl;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What setfacl(1) and chmod(1) leave behind, without touching a file.
 *
 * <p>A mode is an ACL of three entries. With a fourth, the group bits of the mode show the mask (acl(5), section
 * "Correspondence between ACL entries and file permission bits"), and chmod(1) changes the mask instead of the owning
 * group's entry ({@code posix_acl_chmod_masq()} in {@code fs/posix_acl.c}).
 */
final class AclModel {
    private AclModel() {}

    /**
     * {@code setfacl -m ENTRY}: the entry is added or replaced, and unless a mask is given too, it becomes the union of
     * all entries of the group class.
     */
    static Attributes put(Attributes what, AclEntry entry) {
        List<AclEntry> entries = without(entries(what), entry.tag(), entry.id());
        entries.add(entry);
        boolean extended = entries.stream().anyMatch(e -> isNamed(e.tag()) || e.tag() == Tag.MASK);
        if (extended && entry.tag() != Tag.MASK) {
            int union = entries.stream()
                    .filter(e -> e.tag() == Tag.OWNING_GROUP || isNamed(e.tag()))
                    .mapToInt(e -> e.permissions().bits())
                    .reduce(0, (a, b) -> a | b);
            entries = without(entries, Tag.MASK, 0);
            entries.add(AclEntry.of(Tag.MASK, union));
        }
        return stored(what, entries);
    }

    /** {@code setfacl -m ENTRY,m::MASK}: with a mask in the same call nothing is recomputed. */
    static Attributes put(Attributes what, AclEntry entry, Permissions mask) {
        return mask(put(what, entry), mask);
    }

    /** {@code setfacl -m m::MASK}. */
    static Attributes mask(Attributes what, Permissions mask) {
        return put(what, AclEntry.of(Tag.MASK, mask.bits()));
    }

    /** {@code setfacl -n -x u:UID}: the entry goes, the mask stays as it is. */
    static Attributes removeUser(Attributes what, int uid) {
        return stored(what, without(entries(what), Tag.NAMED_USER, uid));
    }

    /** {@code chmod u+BITS}, {@code g+} or {@code o+}: the class is named by its entry's tag. */
    static Attributes chmod(Attributes what, Tag tag, Permissions added) {
        boolean masked = what.posixAcl().flatMap(PosixAcl::mask).isPresent();
        Tag meant = tag == Tag.OWNING_GROUP && masked ? Tag.MASK : tag;
        List<AclEntry> entries = new ArrayList<>();
        for (AclEntry entry : entries(what)) {
            boolean changed = entry.tag() == meant;
            entries.add(
                    changed ? AclEntry.of(meant, entry.permissions().or(added).bits()) : entry);
        }
        return stored(what, entries);
    }

    /** All entries, also those that a bare mode stands for. */
    static List<AclEntry> entries(Attributes what) {
        return what.posixAcl()
                .map(PosixAcl::entries)
                .orElseGet(() -> List.of(what.owner(), what.group(), what.other()));
    }

    /**
     * The entries that decide: with all group class bits clear (an empty mask) the kernel asks no ACL but the mode alone
     * ({@code acl_permission_check()} in {@code fs/namei.c}).
     */
    static List<AclEntry> asked(Attributes what) {
        return what.group().permissions().isEmpty() ? List.of(what.owner(), what.group(), what.other()) : entries(what);
    }

    private static boolean isNamed(Tag tag) {
        return tag == Tag.NAMED_USER || tag == Tag.NAMED_GROUP;
    }

    private static List<AclEntry> without(List<AclEntry> entries, Tag tag, int id) {
        List<AclEntry> rest = new ArrayList<>(entries);
        rest.removeIf(e -> e.tag() == tag && e.id() == id);
        return rest;
    }

    /** {@code posix_acl_equiv_mode()}: three entries are stored as a mode only. */
    private static Attributes stored(Attributes what, List<AclEntry> entries) {
        entries.sort(Comparator.comparing(AclEntry::tag).thenComparing(AclEntry::id, Integer::compareUnsigned));
        PosixAcl acl = new PosixAcl(entries);
        int mode = what.mode() & 07000;
        mode |= bits(acl, Tag.OWNER) << 6 | bits(acl, Tag.OTHER);
        mode |= bits(acl, acl.mask().isPresent() ? Tag.MASK : Tag.OWNING_GROUP) << 3;
        boolean extended = entries.size() > 3;
        return new Attributes(
                what.type(), mode, what.uid(), what.gid(), extended ? Optional.of(acl) : Optional.empty());
    }

    private static int bits(PosixAcl acl, Tag tag) {
        return acl.entry(tag).orElseThrow().permissions().bits();
    }
}
