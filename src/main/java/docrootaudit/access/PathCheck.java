package docrootaudit.access;

import docrootaudit.access.Verdict.Denied;
import docrootaudit.access.Verdict.Failed;
import docrootaudit.access.Verdict.Granted;
import docrootaudit.access.Verdict.Unknown;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges a whole path for one principal: every step of its {@link Trace} in the kernel's order.
 *
 * @param who whose access is meant
 * @param protectedSymlinks the sysctl {@code fs.protected_symlinks} (proc_sys_fs(5))
 */
public record PathCheck(Principal who, boolean protectedSymlinks) {
    private static final int STICKY_AND_WORLD_WRITABLE = 01002;
    private static final Rule PROTECTED_SYMLINKS = new Rule.Setting("fs.protected_symlinks=1");
    private static final List<Need> ON_THE_WAY = List.of(Need.SEARCH);
    private static final Rule NOEXEC = new Rule.MountOption("noexec");

    /** Judges every step, also those behind the first refusal. */
    public PathVerdict judge(Trace trace, Need need) {
        return judge(trace, List.of(need));
    }

    /** The same for an end that is wanted for several things, each asked by itself. */
    public PathVerdict judge(Trace trace, List<Need> needs) {
        List<PathVerdict.Judged> judged = new ArrayList<>();
        for (Step step : trace.steps()) {
            for (Need need : step instanceof Step.Arrive ? needs : ON_THE_WAY) {
                judged.add(new PathVerdict.Judged(step, judge(step, need), need));
            }
        }
        return new PathVerdict(trace.asked(), needs, judged);
    }

    private Verdict judge(Step step, Need need) {
        if (step instanceof Step.Search search) {
            return search(search.inode());
        } else if (step instanceof Step.Follow follow) {
            return follow(follow);
        } else if (step instanceof Step.Arrive arrive) {
            return arrive(arrive.inode(), need);
        } else if (step instanceof Step.Stop stop) {
            return new Failed(stop.errno());
        }
        return new Unknown(((Step.Blind) step).why());
    }

    /** Search permission on a directory that a name is looked up in. */
    public Verdict search(Inode directory) {
        return known(directory, AccessCheck.decide(who, directory.attributes(), Need.SEARCH));
    }

    /** What the end of a path is needed for. */
    public Verdict arrive(Inode inode, Need need) {
        if (need.wantsDirectory() && !inode.attributes().isDirectory()) {
            return new Failed(Errno.ENOTDIR);
        }
        // do_faccessat() in fs/open.c and do_open_execat() in fs/exec.c ask path_noexec() before the permission
        if (need == Need.EXECUTE && inode.mount().noexec() && inode.attributes().type() == FileType.REGULAR) {
            return new Denied(need.permissions(), NOEXEC);
        }
        return known(inode, AccessCheck.decide(who, inode.attributes(), need));
    }

    /**
     * {@code pick_link()} and {@code may_follow_link()} in {@code fs/namei.c}: a trailing link in a sticky world-writable
     * directory is followed only if the principal or the directory's owner owns it, whatever its capabilities.
     */
    private Verdict follow(Step.Follow step) {
        Attributes link = step.inode().attributes();
        Attributes directory = step.directory().attributes();
        boolean restricted = (directory.mode() & STICKY_AND_WORLD_WRITABLE) == STICKY_AND_WORLD_WRITABLE;
        if (protectedSymlinks
                && step.trailing()
                && restricted
                && link.uid() != who.uid()
                && link.uid() != directory.uid()) {
            return new Denied(Permissions.NONE, PROTECTED_SYMLINKS);
        }
        if (step.inode().mount().nosymfollow()) {
            return new Failed(Errno.ELOOP);
        }
        return new Granted(link.owner());
    }

    private Verdict known(Inode inode, Verdict verdict) {
        Attributes what = inode.attributes();
        return inode.mount()
                .unknowableTo(who, what.uid(), what.gid())
                .<Verdict>map(Unknown::new)
                .orElse(verdict);
    }
}
