package docrootaudit.finding;

import docrootaudit.access.AclEntry;
import docrootaudit.access.Inode;
import docrootaudit.access.PathBytes;
import docrootaudit.access.PathVerdict;
import docrootaudit.access.Permissions;
import docrootaudit.access.Principal;
import docrootaudit.access.Rule;
import docrootaudit.access.Step;
import docrootaudit.access.Verdict;
import java.util.Optional;

/** What to do where no change of permissions helps, or none can be given as a command. */
record Advice(String who) {
    /** For a refusal that no mode and no ACL lifts. */
    Optional<String> beyondPermissions(PathVerdict.Judged refusal) {
        Step step = refusal.step();
        Optional<Inode> inode = Chain.inode(step);
        if (refusal.verdict() instanceof Verdict.Failed failed) {
            return Optional.of(
                    switch (failed.errno()) {
                        case ENOENT -> "There is nothing named " + step.path() + ": create it or correct the name.";
                        case ENOTDIR -> step.path() + " is not a directory: correct the name or what stands there.";
                        case ENAMETOOLONG ->
                            step.path() + " is too long for the kernel: a name may have 255 bytes,"
                                    + " a whole path 4095; shorten it.";
                        case ELOOP ->
                            inode.filter(i -> i.mount().nosymfollow())
                                    .map(i -> "Links on the mount " + i.mount().point() + " are not followed: mount it"
                                            + " without nosymfollow, or put the file itself in the place of "
                                            + step.path() + ".")
                                    .orElse("Links lead in a circle or through more than 40 of them: make "
                                            + step.path() + " lead to a real file.");
                        default -> "The path cannot be resolved at " + step.path() + ".";
                    });
        }
        if (refusal.verdict() instanceof Verdict.Denied denied && denied.by() instanceof Rule.MountOption option) {
            String point = inode.map(i -> i.mount().point().toString()).orElse("/");
            return Optional.of("The mount " + point + " has the option " + option.name() + ", which no permission of "
                    + step.path() + " overrides: keep the program on another mount, or mount it without that option.");
        }
        return Optional.empty();
    }

    /** Where many files of a directory are refused, more of them will follow unless the directory says otherwise. */
    Optional<String> lasting(PathVerdict verdict, PathVerdict.Judged refusal, Principal principal) {
        Optional<PathBytes> parent = refusal.step().path().parent();
        Optional<Inode> directory = verdict.steps().stream()
                .map(PathVerdict.Judged::step)
                .filter(s -> s instanceof Step.Search
                        && parent.filter(s.path()::equals).isPresent())
                .flatMap(s -> Chain.inode(s).stream())
                .findFirst();
        boolean inherited = directory
                .flatMap(Inode::defaultAcl)
                .filter(acl -> acl.entries().stream()
                        .anyMatch(e -> e.tag() == AclEntry.Tag.NAMED_USER && e.id() == principal.uid()))
                .isPresent();
        return directory.isEmpty() || inherited || !directory.get().mount().acls()
                ? Optional.empty()
                : Optional.of(
                        "Files that arrive in " + parent.get() + " later may be refused again: a default ACL on it"
                                + " with an entry for " + who + " is the lasting cure.");
    }

    /** For an inode that no simulated change mends. */
    String unmendable(PathVerdict.Judged refusal, Permissions wanted) {
        if (refusal.step() instanceof Step.Follow) {
            return "The kernel follows a link like " + refusal.step().path() + " only if " + who
                    + " or the owner of its directory owns it: make it anew as one of them.";
        }
        boolean foreign = Chain.inode(refusal.step())
                .filter(i -> i.attributes().acl().isPresent())
                .filter(i -> i.attributes().posixAcl().isEmpty())
                .isPresent();
        if (foreign) {
            return refusal.step().path() + " carries an ACL that is no POSIX ACL: give " + who + " " + wanted
                    + " there with the tools of its filesystem.";
        }
        return "No single change gives " + who + " " + wanted + " on "
                + refusal.step().path()
                + " without giving somebody write or taking something from somebody: look at its entries with getfacl.";
    }

    /** For an inode that can be mended, but not by a command that is safe to paste. */
    String unsafe(PathVerdict.Judged refusal, Permissions wanted, String why) {
        return "No command for " + refusal.step().path() + " is safe to run as root: " + why + ". Once nobody else can"
                + " do that, " + mend(refusal, wanted) + ".";
    }

    /** For an inode that not even root can change. */
    String fixed(PathVerdict.Judged refusal, Permissions wanted, String why) {
        return "Nothing can be changed at " + refusal.step().path() + " as it is: " + why + ". Once that is lifted, "
                + mend(refusal, wanted) + ".";
    }

    private String mend(PathVerdict.Judged refusal, Permissions wanted) {
        return refusal.step() instanceof Step.Follow
                ? "make the link anew as the owner of its directory"
                : "give " + who + " " + wanted + " there";
    }
}
