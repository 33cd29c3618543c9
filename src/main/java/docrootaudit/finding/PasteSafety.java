package docrootaudit.finding;

import docrootaudit.access.AccessCheck;
import docrootaudit.access.AclEntry;
import docrootaudit.access.Attributes;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.access.Permissions;
import docrootaudit.access.PosixAcl;
import docrootaudit.access.Principal;
import docrootaudit.access.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * As whom a command has to run so that pasting it as root is safe.
 *
 * <p>As root, setfacl(1) and chmod(1) follow links that a tenant puts in the place of a directory or file, also out of
 * his tree and also if he does so between the audit and the command. Where only the inode's own owner could do that,
 * the command runs as he: it can then reach nothing that is not his already. Where others could, there is no safe
 * command.
 */
record PasteSafety(List<Account> accounts, Spelling spelling) {
    private static final int STICKY = 01000;
    private static final int SETGID = 02000;

    /** As whom a command runs. */
    sealed interface Runner {
        /** As root; nobody else can replace a component of the path. */
        record Root() implements Runner {}

        /** As the inode's owner, by the words before the command. */
        record Owner(int uid, List<String> prefix) implements Runner {}

        /** No command is safe. */
        record Nobody(String why) implements Runner {}
    }

    /** Who can replace an entry of a directory: the uids, empty if they cannot be enumerated, and in words. */
    private record Replacer(Set<Integer> uids, String words) {}

    /**
     * As whom to change an inode of {@code owner} that is reached by {@code hops}.
     *
     * @param inode attributes of what is changed
     */
    Runner runner(List<Chain.Hop> hops, Attributes inode) {
        boolean others = false;
        for (Chain.Hop hop : hops) {
            for (Replacer replacer : replacers(hop, inode.uid())) {
                boolean owner = inode.uid() != 0 && replacer.uids().equals(Set.of(inode.uid()));
                if (!owner) {
                    return new Runner.Nobody(sentence(hop, replacer, inode));
                }
                others = true;
            }
        }
        return others ? asOwner(hops, inode) : new Runner.Root();
    }

    /** As {@link #runner}, but as the owner wherever that is safe: what is made has to be his. */
    Runner ownerRunner(List<Chain.Hop> hops, Attributes inode) {
        Runner runner = runner(hops, inode);
        return runner instanceof Runner.Root && inode.uid() != 0 ? asOwner(hops, inode) : runner;
    }

    private Runner asOwner(List<Chain.Hop> hops, Attributes inode) {
        Optional<Account> account = accounts.stream()
                .filter(a -> a.principal().uid() == inode.uid())
                .findFirst();
        Optional<String> name = account.map(Account::name).filter(Spelling::isSafe);
        Principal owner = account.map(Account::principal).orElseGet(() -> Principal.of(inode.uid(), inode.uid()));
        // chmod(2), and setting an ACL alike, clears the set-group-ID bit if the caller is not in the inode's group.
        boolean keepsSetgid = (inode.mode() & SETGID) == 0 || owner.isIn(inode.gid());
        List<String> prefix;
        if (name.isPresent() && keepsSetgid) {
            prefix = List.of("runuser", "-u", name.get(), "--");
        } else {
            int gid = keepsSetgid ? owner.gid() : inode.gid();
            owner = Principal.of(owner.uid(), gid);
            prefix = List.of(
                    "setpriv",
                    "--reuid",
                    Integer.toUnsignedString(owner.uid()),
                    "--regid",
                    Integer.toUnsignedString(gid),
                    "--clear-groups");
        }
        for (Chain.Hop hop : hops) {
            if (!(AccessCheck.decide(owner, hop.directory(), Need.SEARCH) instanceof Verdict.Granted)) {
                return new Runner.Nobody("its owner " + spelling.user(inode.uid()) + " may not search "
                        + hop.directoryPath() + ", and as root a command could be led elsewhere by a link");
            }
        }
        return new Runner.Owner(inode.uid(), prefix);
    }

    private String sentence(Chain.Hop hop, Replacer replacer, Attributes inode) {
        return replacer.words() + " can replace " + hop.entryPath() + " and so lead a command of root elsewhere"
                + (inode.uid() == 0 ? "; what is to be changed belongs to root" : "");
    }

    /** Everybody but root who can put something else in the place of the entry (unlink(2), rename(2)). */
    private List<Replacer> replacers(Chain.Hop hop, int owner) {
        Attributes directory = hop.directory();
        List<Replacer> all = new ArrayList<>();
        user(directory.uid(), "the owner of " + hop.directoryPath()).ifPresent(all::add);
        List<Replacer> writers = writers(hop.directoryPath(), directory, owner);
        if ((directory.mode() & STICKY) == 0) {
            all.addAll(writers);
        } else if (!writers.isEmpty()) {
            user(hop.entry().uid(), "the owner of " + hop.entryPath()).ifPresent(all::add);
        }
        return all;
    }

    private Optional<Replacer> user(int uid, String as) {
        return uid == 0
                ? Optional.empty()
                : Optional.of(new Replacer(Set.of(uid), "user " + spelling.user(uid) + ", " + as + ","));
    }

    private List<Replacer> writers(PathBytes path, Attributes directory, int owner) {
        String may = ", who may write in " + path + ",";
        List<Replacer> writers = new ArrayList<>();
        if (directory.acl().isPresent() && directory.posixAcl().isEmpty()) {
            return List.of(new Replacer(Set.of(), "whoever the ACL of " + path + " lets"));
        }
        for (AclEntry entry : AclModel.entries(directory)) {
            if (!effective(directory, entry).contains(Rights.WRITE)) {
                continue;
            }
            switch (entry.tag()) {
                case NAMED_USER -> user(entry.id(), "who may write in " + path).ifPresent(writers::add);
                case OWNING_GROUP, NAMED_GROUP -> {
                    int gid = entry.tag() == AclEntry.Tag.OWNING_GROUP ? directory.gid() : entry.id();
                    if (gid != 0) {
                        group(gid, owner, may).ifPresent(writers::add);
                    }
                }
                case OTHER -> writers.add(new Replacer(Set.of(), "every local user" + may));
                default -> {}
            }
        }
        return writers;
    }

    /** The members of a group; a group without any is nobody's in particular, unless it is the owner's own number. */
    private Optional<Replacer> group(int gid, int owner, String may) {
        Set<Integer> members = new LinkedHashSet<>();
        accounts.stream().map(Account::principal).filter(p -> p.isIn(gid)).forEach(p -> members.add(p.uid()));
        boolean somebody = !members.isEmpty();
        members.remove(0);
        if (somebody && members.isEmpty()) {
            return Optional.empty();
        }
        if (members.isEmpty() && gid == owner) {
            members.add(owner);
        }
        return Optional.of(new Replacer(members, "a member of group " + spelling.group(gid) + may));
    }

    private static Permissions effective(Attributes directory, AclEntry entry) {
        boolean masked = entry.tag() != AclEntry.Tag.OTHER && entry.tag() != AclEntry.Tag.OWNER;
        Optional<PosixAcl> acl = directory.posixAcl();
        return masked && acl.isPresent() ? acl.get().masked(entry.permissions()) : entry.permissions();
    }
}
