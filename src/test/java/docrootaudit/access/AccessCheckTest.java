package docrootaudit.access;

import static docrootaudit.access.AclEntry.Tag.MASK;
import static docrootaudit.access.AclEntry.Tag.OTHER;
import static docrootaudit.access.AclEntry.Tag.OWNER;
import static docrootaudit.access.AclEntry.Tag.OWNING_GROUP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import docrootaudit.access.Verdict.Denied;
import docrootaudit.access.Verdict.Granted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccessCheckTest {
    private static final Principal WWW_DATA = Principal.of(33, 33);
    private static final Principal ROOT = Principal.of(0, 0);

    @Test
    void the_owner_is_decided_first_and_only() {
        Attributes file = file(0044, 33, 33);

        assertEquals(new Denied(Permissions.READ, AclEntry.of(OWNER, 0)), read(WWW_DATA, file));
    }

    @Test
    void capabilities_end_at_the_ids_of_their_user_namespace() {
        var mapped = List.of(new CapabilityReach.Range(0, 1), new CapabilityReach.Range(100_000, 65_536));
        Principal contained = new Principal(
                100_000, 100_000, new GroupSet(), Set.of(Capability.values()), new CapabilityReach(mapped, mapped));

        assertInstanceOf(Granted.class, read(contained, file(0, 165_535, 0)));
        assertInstanceOf(Denied.class, read(contained, file(0, 165_536, 0)));
        assertInstanceOf(Denied.class, read(contained, file(0, 100_001, 33)));
    }

    @Test
    void the_group_class_hides_other() {
        assertEquals(new Denied(Permissions.READ, AclEntry.of(OWNING_GROUP, 0)), read(WWW_DATA, file(0604, 0, 33)));
    }

    @Test
    void other_decides_when_the_mask_is_empty() {
        Attributes file = file(0604, 0, 0, AclEntry.user(33, 0), AclEntry.of(MASK, 0));

        assertEquals(new Granted(AclEntry.of(OTHER, 4)), read(WWW_DATA, file));
    }

    @Test
    void a_named_entry_comes_before_other() {
        Attributes file = file(0644, 0, 0, AclEntry.user(33, 0), AclEntry.of(MASK, 4));

        assertEquals(new Denied(Permissions.READ, AclEntry.user(33, 0)), read(WWW_DATA, file));
    }

    @Test
    void the_mask_is_to_blame_where_the_entry_grants() {
        Attributes file = file(0610, 0, 0, AclEntry.user(33, 4), AclEntry.of(MASK, 1));

        assertEquals(new Denied(Permissions.READ, AclEntry.of(MASK, 1)), read(WWW_DATA, file));
    }

    @Test
    void any_one_matching_group_may_grant() {
        Attributes file = file(0640, 0, 33, AclEntry.group(50, 4), AclEntry.of(MASK, 4));
        Attributes closedToItsGroup = withOwningGroup(file, 0);

        assertEquals(new Granted(AclEntry.group(50, 4)), read(Principal.of(33, 33, 50), closedToItsGroup));
        assertEquals(new Denied(Permissions.READ, AclEntry.of(OWNING_GROUP, 0)), read(WWW_DATA, closedToItsGroup));
    }

    @Test
    void group_entries_are_not_added_up() {
        Attributes file = withOwningGroup(file(0750, 0, 33, AclEntry.group(50, 1), AclEntry.of(MASK, 5)), 4);

        assertInstanceOf(Denied.class, AccessCheck.decide(Principal.of(33, 33, 50), file, new Permissions(5)));
    }

    @Test
    void root_executes_only_what_somebody_may() {
        assertInstanceOf(Denied.class, AccessCheck.decide(ROOT, file(0644, 33, 33), Need.EXECUTE));
        assertInstanceOf(Granted.class, AccessCheck.decide(ROOT, file(0645, 33, 33), Need.EXECUTE));
        assertInstanceOf(Granted.class, read(ROOT, file(0000, 33, 33)));
    }

    @Test
    void ids_are_unsigned() {
        int big = Integer.parseUnsignedInt("4000000001");

        assertInstanceOf(Granted.class, read(Principal.of(big, big), file(0400, big, 0)));
        assertEquals("user:4000000001:r--", AclEntry.user(big, 4).toString());
    }

    @Test
    void a_damaged_acl_is_reported_where_the_kernel_would_ask_it() {
        Acl broken = new Acl.Unreadable("ACL of 3 bytes is cut short");
        Attributes asked = new Attributes(FileType.REGULAR, 0644, 0, 0, Optional.of(broken));
        Attributes notAsked = new Attributes(FileType.REGULAR, 0604, 0, 0, Optional.of(broken));

        assertEquals(new Verdict.Unknown("ACL of 3 bytes is cut short"), read(WWW_DATA, asked));
        assertInstanceOf(Granted.class, read(WWW_DATA, notAsked));
    }

    @Test
    void an_ordered_acl_is_settled_entry_by_entry() {
        OrderedAclEntry denyMe = new OrderedAclEntry(false, OrderedAclEntry.Who.USER, 33, Permissions.READ);
        OrderedAclEntry allowAll = new OrderedAclEntry(true, OrderedAclEntry.Who.EVERYONE, 0, new Permissions(5));

        assertEquals(new Denied(Permissions.READ, denyMe), read(WWW_DATA, ordered(denyMe, allowAll)));
        assertEquals(new Granted(allowAll), read(WWW_DATA, ordered(allowAll, denyMe)));
        assertInstanceOf(Denied.class, AccessCheck.decide(WWW_DATA, ordered(allowAll), new Permissions(2)));
        assertEquals("33:r--:deny", denyMe.toString());
    }

    private static Verdict read(Principal who, Attributes what) {
        return AccessCheck.decide(who, what, Need.READ);
    }

    private static Attributes ordered(OrderedAclEntry... entries) {
        return new Attributes(FileType.REGULAR, 0, 0, 0, Optional.of(new OrderedAcl(List.of(entries))));
    }

    private static Attributes file(int mode, int uid, int gid, AclEntry... more) {
        List<AclEntry> entries = new ArrayList<>(List.of(more));
        if (entries.isEmpty()) {
            return new Attributes(FileType.REGULAR, mode, uid, gid, Optional.empty());
        }
        entries.add(AclEntry.of(OWNER, mode >> 6));
        entries.add(AclEntry.of(OWNING_GROUP, mode >> 3 & 7));
        entries.add(AclEntry.of(OTHER, mode & 7));
        entries.sort(java.util.Comparator.comparing(e -> e.tag().number()));
        return new Attributes(FileType.REGULAR, mode, uid, gid, Optional.of(new PosixAcl(entries)));
    }

    private static Attributes withOwningGroup(Attributes file, int bits) {
        List<AclEntry> entries = file.posixAcl().orElseThrow().entries().stream()
                .map(e -> e.tag() == OWNING_GROUP ? AclEntry.of(OWNING_GROUP, bits) : e)
                .toList();
        return new Attributes(file.type(), file.mode(), file.uid(), file.gid(), Optional.of(new PosixAcl(entries)));
    }
}
