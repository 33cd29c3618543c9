package docrootaudit.finding;

import docrootaudit.access.AclEntry;
import docrootaudit.access.AclEntry.Tag;
import docrootaudit.access.Attributes;
import docrootaudit.access.Inode;
import docrootaudit.access.PathBytes;
import docrootaudit.access.Permissions;
import docrootaudit.access.PosixAcl;
import docrootaudit.access.Principal;
import docrootaudit.access.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The single steps that might mend a refusal; whether they do, and what else they do, is for {@link Simulation} to say.
 *
 * @param who the principal
 * @param user its account's name, if it has one
 * @param accounts all accounts
 */
record Candidates(Principal who, Optional<String> user, List<Account> accounts, Spelling spelling) {
    /** Changes of one inode's mode or ACL so that it grants {@code wanted}. */
    List<Change> edits(PathBytes path, Inode inode, Permissions wanted) {
        Attributes what = inode.attributes();
        Editor editor = new Editor(path, inode, wanted, new ArrayList<>());
        boolean foreignAcl = what.acl().isPresent() && what.posixAcl().isEmpty();
        if (foreignAcl) {
            return List.of();
        }
        if (who.uid() == what.uid()) {
            // The owner is decided first and by these bits alone.
            editor.chmod(Change.Kind.OWNER_BIT, "u", Tag.OWNER, what.owner());
            return editor.found();
        }
        if (what.posixAcl().isPresent()) {
            editor.mask();
            editor.removal();
            editor.groups();
        } else if (who.isIn(what.gid())) {
            editor.chmod(Change.Kind.GROUP_BIT, "g", Tag.OWNING_GROUP, what.group());
        }
        if (inode.mount().acls()) {
            editor.namedUser();
        }
        editor.chmod(Change.Kind.OTHER_BIT, "o", Tag.OTHER, what.other());
        return editor.found();
    }

    /** A link that {@code fs.protected_symlinks} forbids to follow, made anew by the directory's owner. */
    static Change relink(Step.Follow follow) {
        Attributes link = follow.inode().attributes();
        Attributes directory = follow.directory().attributes();
        Attributes after = new Attributes(link.type(), link.mode(), directory.uid(), directory.gid(), link.acl());
        return new Change.Relink(follow.path(), directory, after, follow.target());
    }

    /** Memberships in a group that some entry of the inode is about. */
    List<Change> memberships(Attributes what) {
        List<Integer> gids = new ArrayList<>(List.of(what.gid()));
        AclModel.entries(what).stream().filter(e -> e.tag() == Tag.NAMED_GROUP).forEach(e -> gids.add(e.id()));
        List<Change> joins = new ArrayList<>();
        for (int gid : gids) {
            Optional<String> group = spelling.joinable(gid);
            Optional<String> name = user.filter(Spelling::isSafe);
            // An account that is a member already has no more to join: its process has to start anew.
            boolean member = who.isIn(gid)
                    || accounts.stream().map(Account::principal).anyMatch(p -> p.uid() == who.uid() && p.isIn(gid));
            if (group.isPresent() && name.isPresent() && !member) {
                joins.add(new Change.Join(gid, List.of("usermod", "-aG", group.get(), name.get())));
            }
        }
        return joins;
    }

    private String name() {
        return user.filter(Spelling::isSafe).orElseGet(() -> Integer.toUnsignedString(who.uid()));
    }

    /** Collects the changes of one inode. */
    private final class Editor {
        private final PathBytes path;
        private final Inode inode;
        private final Attributes what;
        private final Permissions wanted;
        private final List<Change> found;

        Editor(PathBytes path, Inode inode, Permissions wanted, List<Change> found) {
            this.path = path;
            this.inode = inode;
            this.what = inode.attributes();
            this.wanted = wanted;
            this.found = found;
        }

        List<Change> found() {
            return found;
        }

        void chmod(Change.Kind kind, String letter, Tag tag, AclEntry now) {
            Permissions missing =
                    new Permissions(wanted.bits() & ~now.permissions().bits());
            if (!missing.isEmpty()) {
                add(kind, AclModel.chmod(what, tag, missing), "chmod", letter + "+" + Spelling.letters(missing));
            }
        }

        void mask() {
            Permissions mask = oldMask().or(wanted);
            add(Change.Kind.MASK, AclModel.mask(what, mask), "setfacl", "-m", maskSpec(mask));
        }

        void removal() {
            if (named(Tag.NAMED_USER, who.uid()).isPresent()) {
                Attributes after = AclModel.removeUser(what, who.uid());
                add(Change.Kind.REMOVED_ENTRY, after, "setfacl", "-n", "-x", "u:" + name());
            }
        }

        /**
         * The entry holds what the principal could do before, for it decides alone from now on; what the mask withheld
         * of an older entry stays in it and stays withheld.
         */
        void namedUser() {
            Permissions effective = wanted.or(Rights.discretionary(who, what).singly());
            for (Account account : accounts) {
                if (account.principal().uid() == who.uid()) {
                    // a process may have fewer groups than its account, which shall lose nothing either
                    effective = effective.or(
                            Rights.discretionary(account.principal(), what).singly());
                }
            }
            Permissions raw =
                    named(Tag.NAMED_USER, who.uid()).map(AclEntry::permissions).orElse(Permissions.NONE);
            entry(
                    Change.Kind.NAMED_USER,
                    AclEntry.user(who.uid(), raw.or(effective).bits()),
                    effective,
                    "u:" + name());
        }

        void groups() {
            for (AclEntry entry : AclModel.entries(what)) {
                int bits = entry.permissions().or(wanted).bits();
                if (entry.tag() == Tag.NAMED_GROUP && who.isIn(entry.id())) {
                    String spec = "g:" + spelling.group(entry.id());
                    entry(Change.Kind.NAMED_GROUP, AclEntry.group(entry.id(), bits), wanted, spec);
                } else if (entry.tag() == Tag.OWNING_GROUP && who.isIn(what.gid())) {
                    entry(Change.Kind.OWNING_GROUP, AclEntry.of(entry.tag(), bits), wanted, "g:");
                }
            }
        }

        /** setfacl(1) recomputes the mask unless told: where there is an ACL it is told, and no more than needed. */
        private void entry(Change.Kind kind, AclEntry entry, Permissions effective, String spec) {
            String words = spec + ":" + Spelling.letters(entry.permissions());
            if (what.posixAcl().isPresent()) {
                Permissions mask = oldMask().or(effective);
                add(kind, AclModel.put(what, entry, mask), "setfacl", "-m", words + "," + maskSpec(mask));
            } else {
                add(kind, AclModel.put(what, entry), "setfacl", "-m", words);
            }
        }

        private void add(Change.Kind kind, Attributes after, String... words) {
            found.add(new Change.Edit(kind, path, inode, after, List.of(words)));
        }

        private Optional<AclEntry> named(Tag tag, int id) {
            return AclModel.entries(what).stream()
                    .filter(e -> e.tag() == tag && e.id() == id)
                    .findFirst();
        }

        private Permissions oldMask() {
            return what.posixAcl()
                    .flatMap(PosixAcl::mask)
                    .map(AclEntry::permissions)
                    .orElseGet(() -> what.group().permissions());
        }

        private String maskSpec(Permissions mask) {
            return "m::" + Spelling.letters(mask);
        }
    }
}
