package docrootaudit.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The decision against a model that is written another way: sets of permissions instead of a walk over entries. */
class AccessCheckProperties {
    private static final List<Integer> IDS = List.of(0, 33, 1000, 1001, -2);

    @Property(tries = 50_000)
    void decides_as_the_model_does(
            @ForAll("principals") Principal who,
            @ForAll("attributes") Attributes what,
            @ForAll("permissions") Permissions asked) {
        boolean granted = AccessCheck.decide(who, what, asked) instanceof Verdict.Granted;

        assertEquals(model(who, what, asked), granted, () -> who + " " + what + " " + asked);
    }

    @Property(tries = 20_000)
    void the_proof_withholds_what_was_asked(
            @ForAll("principals") Principal who,
            @ForAll("attributes") Attributes what,
            @ForAll("permissions") Permissions asked) {
        if (AccessCheck.decide(who, what, asked) instanceof Verdict.Denied denied) {
            AclEntry by = (AclEntry) denied.by();

            assertTrue(!by.permissions().contains(asked), () -> by + " does not refuse " + asked);
            assertEquals(asked, denied.asked());
        }
    }

    @Property(tries = 20_000)
    void a_capability_never_takes_anything_away(
            @ForAll("principals") Principal who,
            @ForAll("attributes") Attributes what,
            @ForAll("permissions") Permissions asked) {
        Principal powerful = new Principal(who.uid(), who.gid(), who.groups(), Set.of(Capability.values()));

        boolean before = AccessCheck.decide(who, what, asked) instanceof Verdict.Granted;
        boolean after = AccessCheck.decide(powerful, what, asked) instanceof Verdict.Granted;

        assertTrue(after || !before);
    }

    private static boolean model(Principal who, Attributes what, Permissions asked) {
        return bitsGrant(who, what, asked.bits()) || capabilitiesGrant(who, what, asked.bits());
    }

    private static boolean bitsGrant(Principal who, Attributes what, int asked) {
        int mode = what.mode();
        if (who.uid() == what.uid()) {
            return covers(mode >> 6, asked);
        }
        boolean aclCounts = what.acl().isPresent() && (mode & 070) != 0;
        if (!aclCounts) {
            return covers(isMember(who, what.gid()) ? mode >> 3 : mode, asked);
        }
        int mask = 7;
        int other = 0;
        Map<Integer, Integer> users = new HashMap<>();
        List<Integer> mine = new ArrayList<>();
        for (AclEntry entry : what.posixAcl().orElseThrow().entries()) {
            int bits = entry.permissions().bits();
            switch (entry.tag()) {
                case MASK -> mask = bits;
                case OTHER -> other = bits;
                case NAMED_USER -> users.put(entry.id(), bits);
                case OWNING_GROUP -> {
                    if (isMember(who, what.gid())) {
                        mine.add(bits);
                    }
                }
                case NAMED_GROUP -> {
                    if (isMember(who, entry.id())) {
                        mine.add(bits);
                    }
                }
                default -> {}
            }
        }
        if (users.containsKey(who.uid())) {
            return covers(users.get(who.uid()) & mask, asked);
        }
        int letThrough = mask;
        return mine.isEmpty() ? covers(other, asked) : mine.stream().anyMatch(bits -> covers(bits & letThrough, asked));
    }

    private static boolean capabilitiesGrant(Principal who, Attributes what, int asked) {
        Set<Capability> has = new HashSet<>(who.capabilities());
        boolean write = (asked & 2) != 0;
        boolean execute = (asked & 1) != 0;
        if (what.isDirectory()) {
            return has.contains(Capability.CAP_DAC_OVERRIDE)
                    || (!write && has.contains(Capability.CAP_DAC_READ_SEARCH));
        }
        return (asked == 4 && has.contains(Capability.CAP_DAC_READ_SEARCH))
                || (has.contains(Capability.CAP_DAC_OVERRIDE) && (!execute || (what.mode() & 0111) != 0));
    }

    private static boolean covers(int bits, int asked) {
        return (bits & asked) == asked;
    }

    private static boolean isMember(Principal who, int gid) {
        return who.gid() == gid || java.util.Arrays.stream(who.groups().gids()).anyMatch(g -> g == gid);
    }

    @Provide
    Arbitrary<Permissions> permissions() {
        return Arbitraries.integers().between(1, 7).map(Permissions::new);
    }

    @Provide
    Arbitrary<Principal> principals() {
        Arbitrary<Set<Capability>> capabilities = Arbitraries.of(Capability.class)
                .set()
                .ofMaxSize(2)
                .map(s -> s.size() == 2 && s.hashCode() % 2 == 0 ? Set.of() : s);
        return Combinators.combine(ids(), ids(), ids().list().ofMaxSize(3), capabilities)
                .as((uid, gid, groups, some) -> new Principal(
                        uid,
                        gid,
                        new GroupSet(groups.stream().mapToInt(Integer::intValue).toArray()),
                        some));
    }

    @Provide
    Arbitrary<Attributes> attributes() {
        Arbitrary<FileType> types = Arbitraries.of(FileType.REGULAR, FileType.DIRECTORY, FileType.FIFO);
        return Combinators.combine(types, Arbitraries.integers().between(0, 0777), ids(), ids(), acls().optional())
                .as(AccessCheckProperties::inode);
    }

    /** With an ACL the mode shows it: owner, mask (or owning group), other; see acl(5), "Correspondence". */
    private static Attributes inode(FileType type, int mode, int uid, int gid, Optional<PosixAcl> acl) {
        if (acl.isEmpty()) {
            return new Attributes(type, mode, uid, gid, Optional.empty());
        }
        PosixAcl list = acl.get();
        int group = list.mask()
                .orElseGet(() -> list.entry(AclEntry.Tag.OWNING_GROUP).orElseThrow())
                .permissions()
                .bits();
        int shown = bits(list, AclEntry.Tag.OWNER) << 6 | group << 3 | bits(list, AclEntry.Tag.OTHER);
        return new Attributes(type, shown, uid, gid, Optional.of(list));
    }

    private static int bits(PosixAcl acl, AclEntry.Tag tag) {
        return acl.entry(tag).orElseThrow().permissions().bits();
    }

    private static Arbitrary<PosixAcl> acls() {
        Arbitrary<Integer> bits = Arbitraries.integers().between(0, 7);
        Arbitrary<List<AclEntry>> users =
                Combinators.combine(ids(), bits).as(AclEntry::user).list().ofMaxSize(3);
        Arbitrary<List<AclEntry>> groups =
                Combinators.combine(ids(), bits).as(AclEntry::group).list().ofMaxSize(3);
        return Combinators.combine(bits, users, bits, groups, bits.optional(), bits)
                .as(AccessCheckProperties::acl);
    }

    private static PosixAcl acl(
            int owner, List<AclEntry> users, int group, List<AclEntry> groups, Optional<Integer> mask, int other) {
        List<AclEntry> entries = new ArrayList<>();
        entries.add(AclEntry.of(AclEntry.Tag.OWNER, owner));
        entries.addAll(distinct(users));
        entries.add(AclEntry.of(AclEntry.Tag.OWNING_GROUP, group));
        entries.addAll(distinct(groups));
        boolean needsMask = !users.isEmpty() || !groups.isEmpty();
        if (mask.isPresent() || needsMask) {
            entries.add(AclEntry.of(AclEntry.Tag.MASK, mask.orElse(5)));
        }
        entries.add(AclEntry.of(AclEntry.Tag.OTHER, other));
        return new PosixAcl(entries);
    }

    private static List<AclEntry> distinct(List<AclEntry> entries) {
        return List.copyOf(
                entries.stream().collect(Collectors.toMap(AclEntry::id, e -> e, (a, b) -> a)).values().stream()
                        .sorted(Comparator.comparing(e -> Integer.toUnsignedLong(e.id())))
                        .toList());
    }

    private static Arbitrary<Integer> ids() {
        return Arbitraries.of(IDS);
    }
}
