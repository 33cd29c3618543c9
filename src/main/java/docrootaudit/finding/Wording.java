package docrootaudit.finding;

import docrootaudit.access.AclEntry;
import docrootaudit.access.Attributes;
import docrootaudit.access.PathBytes;
import docrootaudit.access.Permissions;
import docrootaudit.access.Principal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Says in words what a change opens beside what it is meant to open. */
record Wording(Principal who, List<Account> accounts, Spelling spelling) {
    /** As many members of a group are named. */
    private static final int NAMED = 6;

    /** An id that only stands for "nobody else". */
    private static final int NOBODY = -9;

    /**
     * What all the changes open beside; empty if only the principal gains.
     *
     * @param allOfThem what the changes are about, where one example stands for many
     */
    String alsoAllows(List<Change> changes, Optional<String> allOfThem) {
        Set<String> sentences = new LinkedHashSet<>();
        boolean several =
                changes.stream().filter(c -> !(c instanceof Change.Join)).count() > 1;
        for (Change change : changes) {
            if (change instanceof Change.Edit edit) {
                sentences.addAll(edit(edit, several, allOfThem));
            } else if (change instanceof Change.Relink relink) {
                sentences.add("lets every local user follow " + what(relink.path(), "this link", several)
                        + ", which leads to " + relink.target());
            } else if (change instanceof Change.Join join) {
                sentences.add("opens everything else that group " + spelling.group(join.gid())
                        + " may use, there and elsewhere; it takes effect once the server is restarted or reloaded");
            }
        }
        return String.join("; ", sentences);
    }

    private List<String> edit(Change.Edit edit, boolean several, Optional<String> allOfThem) {
        List<String> sentences = new ArrayList<>();
        Attributes before = edit.before().attributes();
        Attributes after = edit.after();
        String one = after.isDirectory() ? "this directory" : "this file";
        String noun = allOfThem.orElseGet(() -> what(edit.path(), one, several));
        for (AclEntry entry : AclModel.asked(after)) {
            Permissions gained = gained(entry, before, after);
            if (gained.isEmpty()) {
                continue;
            }
            if (entry.tag() == AclEntry.Tag.OTHER) {
                sentences.add("lets every local user " + verbs(gained, after, false) + " " + noun);
            } else if (AclModel.entries(before).contains(entry)) {
                sentences.add("makes " + spelling.entry(entry) + " effective again for " + verbs(gained, after, true)
                        + (several ? " " + edit.path() : ""));
            } else {
                int gid = entry.tag() == AclEntry.Tag.OWNING_GROUP ? after.gid() : entry.id();
                sentences.add("lets " + members(gid) + " " + verbs(gained, after, false) + " " + noun);
            }
        }
        Permissions own = Rights.of(who, after).since(Rights.of(who, before));
        if (after.isDirectory() && own.contains(Permissions.EXECUTE)) {
            sentences.add("what lies below " + (several ? edit.path() : "it")
                    + " becomes reachable where its own permissions allow it");
        }
        return sentences;
    }

    /** What those whom an entry is about, the principal apart, may do then by it and could not before. */
    private Permissions gained(AclEntry entry, Attributes before, Attributes after) {
        int gained = 0;
        for (Principal one : those(entry, after)) {
            gained |= Rights.of(one, after).since(Rights.of(one, before)).bits();
        }
        return entry.permissions().and(new Permissions(gained));
    }

    private List<Principal> those(AclEntry entry, Attributes what) {
        return switch (entry.tag()) {
            case NAMED_USER -> entry.id() == who.uid() ? List.of() : called(entry.id());
            case OWNING_GROUP -> in(what.gid());
            case NAMED_GROUP -> in(entry.id());
            case OTHER -> List.of(Principal.of(NOBODY, NOBODY));
            default -> List.of();
        };
    }

    private List<Principal> called(int uid) {
        List<Principal> called = accounts.stream()
                .map(Account::principal)
                .filter(p -> p.uid() == uid)
                .toList();
        return called.isEmpty() ? List.of(Principal.of(uid, NOBODY)) : called;
    }

    private List<Principal> in(int gid) {
        List<Principal> members = accounts.stream()
                .map(Account::principal)
                // root gains nothing that matters: with any execute bit it may execute, by its capability
                .filter(p -> p.isIn(gid) && p.uid() != who.uid() && p.uid() != 0)
                .toList();
        boolean onlyMember = members.isEmpty() && who.isIn(gid);
        return members.isEmpty() && !onlyMember ? List.of(Principal.of(NOBODY, gid)) : members;
    }

    private String members(int gid) {
        List<String> names = accounts.stream()
                .filter(a -> a.principal().isIn(gid) && a.principal().uid() != who.uid())
                .map(a -> PathBytes.of(a.name()).toString())
                .distinct()
                .toList();
        String group = "the members of group " + spelling.group(gid);
        if (names.isEmpty()) {
            return group;
        }
        String more = names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "";
        return group + " (" + names.stream().limit(NAMED).collect(Collectors.joining(", ")) + more + ")";
    }

    private static String verbs(Permissions gained, Attributes what, boolean gerund) {
        List<String> verbs = new ArrayList<>();
        if (gained.contains(Permissions.READ)) {
            verbs.add(what.isDirectory() ? "list" : "read");
        }
        if (gained.contains(Permissions.EXECUTE)) {
            verbs.add(what.isDirectory() ? "search" : gerund ? "execut" : "execute");
        }
        return verbs.stream().map(v -> gerund ? v + "ing" : v).collect(Collectors.joining(" and "));
    }

    private static String what(PathBytes path, String noun, boolean several) {
        return several ? path.toString() : noun;
    }
}
