package docrootaudit.finding;

import docrootaudit.access.AccessCheck;
import docrootaudit.access.AclEntry;
import docrootaudit.access.Attributes;
import docrootaudit.access.Errno;
import docrootaudit.access.FileType;
import docrootaudit.access.Inode;
import docrootaudit.access.Names;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.access.PathVerdict;
import docrootaudit.access.PosixAcl;
import docrootaudit.access.Principal;
import docrootaudit.access.Rule;
import docrootaudit.access.Step;
import docrootaudit.access.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts a refusal of the kernel into the product's words: which kind of cause, decided by which rule. */
public record Diagnosis(Principal who, Names names) {
    /** The cause of every refusing step of a verdict, the first first. */
    public List<Cause> causes(PathVerdict verdict) {
        List<Cause> causes = new ArrayList<>();
        for (PathVerdict.Judged refusal : verdict.refusals()) {
            Cause cause = cause(refusal, refusal.need(), verdict.via(refusal));
            boolean repeated = causes.stream().anyMatch(c -> c.path().equals(cause.path()) && c.kind() == cause.kind());
            if (!repeated) {
                causes.add(cause);
            }
        }
        return causes;
    }

    private Cause cause(PathVerdict.Judged refusal, Need need, Optional<PathBytes> via) {
        Step step = refusal.step();
        if (refusal.verdict() instanceof Verdict.Failed failed) {
            CauseKind kind = switch (failed.errno()) {
                case ELOOP -> CauseKind.SYMLINK_LOOP;
                case ENAMETOOLONG -> CauseKind.NAME_TOO_LONG;
                default -> CauseKind.MISSING;
            };
            return new Cause(kind, step.path(), "", failed.errno(), via);
        }
        Verdict.Denied denied = (Verdict.Denied) refusal.verdict();
        if (step instanceof Step.Search search) {
            return permission(step.path(), search.inode(), Need.SEARCH, denied, via);
        } else if (step instanceof Step.Arrive arrive) {
            return permission(step.path(), arrive.inode(), need, denied, via);
        }
        return new Cause(CauseKind.SYMLINK, step.path(), denied.by().text(names), Errno.EACCES, via);
    }

    private Cause permission(PathBytes path, Inode inode, Need need, Verdict.Denied denied, Optional<PathBytes> via) {
        Rule rule = rule(inode.attributes(), denied);
        return new Cause(kind(inode, need, denied.asked().bits(), rule), path, rule.text(names), Errno.EACCES, via);
    }

    /**
     * The rule to name for a denial. With an empty mask the kernel never reads the ACL and "group" or "other" decides;
     * where the ACL would have granted, it is the mask that an administrator has to hear of, and where it would have
     * refused the owning group too, the entry that getfacl(1) shows and not the group bits, which are the mask's.
     */
    public Rule rule(Attributes what, Verdict.Denied denied) {
        if (!isAclSwitchedOff(what)) {
            return denied.by();
        }
        PosixAcl acl = what.posixAcl().orElseThrow();
        List<AclEntry> unmasked = new ArrayList<>();
        for (AclEntry entry : acl.entries()) {
            unmasked.add(entry.tag() == AclEntry.Tag.MASK ? AclEntry.of(entry.tag(), 7) : entry);
        }
        Attributes lifted = new Attributes(
                what.type(), what.mode() | 070, what.uid(), what.gid(), Optional.of(new PosixAcl(unmasked)));
        Verdict then = AccessCheck.decide(who, lifted, denied.asked());
        if (then instanceof Verdict.Denied still) {
            return who.isIn(what.gid()) ? still.by() : denied.by();
        }
        boolean granted = then instanceof Verdict.Granted by
                && by.by() instanceof AclEntry entry
                && entry.tag() != AclEntry.Tag.OTHER;
        return granted ? acl.mask().map(Rule.class::cast).orElse(denied.by()) : denied.by();
    }

    /**
     * Whether there is a POSIX ACL that the kernel does not ask for the principal, who is not the owner, because its
     * mask is empty ({@code acl_permission_check()} in {@code fs/namei.c}).
     */
    public boolean isAclSwitchedOff(Attributes what) {
        return what.posixAcl().isPresent() && what.group().permissions().isEmpty() && who.uid() != what.uid();
    }

    /** The kind of a denial that {@link #rule} explained. */
    public CauseKind kind(Inode inode, Need need, int asked, Rule rule) {
        if (rule instanceof Rule.MountOption) {
            return CauseKind.MOUNT;
        }
        if (rule instanceof AclEntry entry) {
            if (entry.tag() == AclEntry.Tag.MASK) {
                return CauseKind.ACL_MASK;
            }
            if (entry.tag() == AclEntry.Tag.NAMED_USER || entry.tag() == AclEntry.Tag.NAMED_GROUP) {
                return CauseKind.ACL_ENTRY;
            }
        }
        if (inode.defaultAcl().filter(acl -> grants(acl, asked)).isPresent()) {
            return CauseKind.ACL_DEFAULT;
        }
        if (need == Need.EXECUTE && inode.attributes().type() == FileType.REGULAR) {
            return CauseKind.EXECUTE;
        }
        return need == Need.SEARCH ? CauseKind.SEARCH : CauseKind.MODE;
    }

    /** Whether a default ACL names the principal in an entry that would grant. */
    private boolean grants(PosixAcl acl, int asked) {
        return acl.entries().stream()
                .anyMatch(e -> (e.permissions().bits() & asked) == asked
                        && ((e.tag() == AclEntry.Tag.NAMED_USER && e.id() == who.uid())
                                || (e.tag() == AclEntry.Tag.NAMED_GROUP && who.isIn(e.id()))));
    }
}
