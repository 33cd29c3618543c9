package docrootaudit.finding;

import docrootaudit.access.AclEntry;
import docrootaudit.access.Attributes;
import docrootaudit.access.Principal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everybody who could gain or lose something, by what the attributes at hand can tell apart: accounts that are neither
 * named by nor in a group of any inode of the chain are one kind, however many there are.
 *
 * @param kinds the principal itself first
 */
record Population(List<Kind> kinds) {
    /** Where the search for ids that nobody has begins: far from those that systems give out. */
    private static final int UNUSED = -10;

    /**
     * People whom the attributes treat alike.
     *
     * @param example one of them
     * @param count how many there are; 0 for ids that an entry names but no account has: they are watched, not counted
     */
    record Kind(Principal example, long count) {}

    static Population of(Principal who, List<Account> accounts, Collection<Attributes> chain) {
        Set<Integer> uids = new LinkedHashSet<>();
        Set<Integer> gids = new LinkedHashSet<>();
        // While the mask is empty the kernel asks no ACL but the bits (acl_permission_check() in fs/namei.c): whom an
        // entry names is then the owning group's or among all others, and comes from there when the mask is raised.
        Set<Integer> owning = new LinkedHashSet<>();
        for (Attributes what : chain) {
            uids.add(what.uid());
            gids.add(what.gid());
            owning.add(what.gid());
            for (AclEntry entry : AclModel.entries(what)) {
                if (entry.tag() == AclEntry.Tag.NAMED_USER) {
                    uids.add(entry.id());
                } else if (entry.tag() == AclEntry.Tag.NAMED_GROUP) {
                    gids.add(entry.id());
                }
            }
        }
        uids.add(who.uid());
        Map<List<Object>, Kind> kinds = new LinkedHashMap<>();
        Set<Integer> taken = new LinkedHashSet<>(uids);
        taken.addAll(gids);
        for (Account account : accounts) {
            Principal one = account.principal();
            taken.add(one.uid());
            taken.add(one.gid());
            boolean self = one.uid() == who.uid();
            kinds.merge(
                    shape(one, uids, gids),
                    new Kind(one, self ? 0 : 1),
                    (a, b) -> new Kind(a.example(), a.count() + b.count()));
        }
        int unused = UNUSED;
        while (taken.contains(unused)) {
            unused--;
        }
        Principal unknown = Principal.of(unused, unused);
        List<Kind> all = new ArrayList<>();
        all.add(new Kind(who, 1));
        all.addAll(kinds.values());
        all.add(new Kind(unknown, 1));
        for (int uid : uids) {
            all.add(watched(Principal.of(uid, unused)));
        }
        for (int gid : gids) {
            all.add(watched(Principal.of(unused, gid)));
        }
        for (int owner : owning) {
            for (int uid : uids) {
                if (uid != who.uid()) { // whose groups are known
                    all.add(watched(Principal.of(uid, owner)));
                }
            }
            for (int gid : gids) {
                all.add(watched(Principal.of(unused, gid, owner)));
            }
        }
        return new Population(List.copyOf(all));
    }

    private static Kind watched(Principal one) {
        return new Kind(one, 0);
    }

    private static List<Object> shape(Principal one, Set<Integer> uids, Set<Integer> gids) {
        List<Object> shape = new ArrayList<>();
        shape.add(one.capabilities());
        shape.add(uids.contains(one.uid()) ? List.of(one.uid()) : List.of());
        shape.add(gids.stream().filter(one::isIn).toList());
        return shape;
    }
}
