package docrootaudit.audit;

import docrootaudit.access.AccessCheck;
import docrootaudit.access.GroupSet;
import docrootaudit.access.Inode;
import docrootaudit.access.Mount;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.access.PathCheck;
import docrootaudit.access.PathVerdict;
import docrootaudit.access.Principal;
import docrootaudit.access.Step;
import docrootaudit.access.Trace;
import docrootaudit.access.Verdict;
import docrootaudit.finding.Account;
import docrootaudit.finding.Cause;
import docrootaudit.finding.CauseKind;
import docrootaudit.finding.Remedies;
import docrootaudit.finding.Remedy;
import docrootaudit.walk.EntrySource;
import docrootaudit.walk.PathTracer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A running process beside the host it runs on: whether it is refused something only because it still has the groups
 * it was started with, or because it sees other mounts.
 */
final class ProcessView {
    private static final Set<String> RELOADABLE = Set.of("nginx", "apache2", "httpd");

    private final long pid;
    private final String program;
    private final PathTracer host;
    private final Set<Mount> hostMounts;
    private final Optional<Principal> account;
    private final boolean protectedSymlinks;

    private ProcessView(
            long pid, String program, EntrySource host, Optional<Principal> account, boolean protectedSymlinks) {
        this.pid = pid;
        this.program = program;
        this.host = new PathTracer(host, host.mounts().automounts());
        this.hostMounts = Set.copyOf(host.mounts().all());
        this.account = account;
        this.protectedSymlinks = protectedSymlinks;
    }

    /** The view of a process whose identity is {@code who}; empty if the host cannot be looked at. */
    static Optional<ProcessView> of(Host host, long pid, Principal who) {
        try {
            Optional<Principal> account = host.account(who.uid())
                    .map(Account::principal)
                    .map(a -> startedAnew(a, who.gid()))
                    .filter(a -> !a.groups().equals(who.groups()) || a.gid() != who.gid());
            return Optional.of(new ProcessView(pid, host.program(pid), host.tree(), account, host.protectedSymlinks()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * The account as a new process of the same service would have it: one that was told another group than the
     * account's own ({@code user www-data web;}) is told so again, and initgroups(3) then leaves the own one out.
     */
    private static Principal startedAnew(Principal account, int gid) {
        if (account.gid() == gid) {
            return account;
        }
        int[] others = Arrays.stream(account.groups().gids())
                .filter(g -> g != account.gid())
                .toArray();
        Principal told =
                new Principal(account.uid(), gid, new GroupSet(others), account.capabilities(), account.reach());
        return told.in(gid);
    }

    /** The kind of a refusal by an inode, {@code otherwise} where the process is in no special position. */
    CauseKind kind(Principal who, PathBytes path, Inode inode, Need need, CauseKind otherwise) {
        boolean stale = account.isPresent()
                && AccessCheck.decide(account.get(), inode.attributes(), need) instanceof Verdict.Granted;
        if (stale) {
            return CauseKind.STALE_GROUPS;
        }
        return !hostMounts.contains(inode.mount()) && isAllowedOnHost(who, path, need)
                ? CauseKind.NAMESPACE
                : otherwise;
    }

    private boolean isAllowedOnHost(Principal who, PathBytes path, Need need) {
        return new PathCheck(who, protectedSymlinks)
                        .judge(host.trace(path), need)
                        .answer()
                == PathVerdict.Answer.ALLOWED;
    }

    /** The causes of a verdict as seen with the host beside it. */
    List<Cause> causes(Principal who, PathVerdict verdict, List<Cause> plain) {
        List<Cause> causes = new ArrayList<>();
        for (Cause cause : plain) {
            Cause seen = verdict.refusals().stream()
                    .filter(r -> r.step().path().equals(cause.path()))
                    .findFirst()
                    .map(r -> cause(who, verdict, r.step(), cause))
                    .orElse(cause);
            if (causes.stream().noneMatch(c -> c.path().equals(seen.path()) && c.kind() == seen.kind())) {
                causes.add(seen);
            }
        }
        return causes;
    }

    private Cause cause(Principal who, PathVerdict verdict, Step step, Cause cause) {
        if (step instanceof Step.Search search) {
            return with(cause, kind(who, step.path(), search.inode(), Need.SEARCH, cause.kind()));
        } else if (step instanceof Step.Arrive arrive) {
            return with(cause, kind(who, step.path(), arrive.inode(), verdict.need(), cause.kind()));
        }
        return cause.kind() == CauseKind.MISSING ? hidden(verdict, cause) : cause;
    }

    /** What is missing for the process may be there for the host, below another mount. */
    private Cause hidden(PathVerdict verdict, Cause cause) {
        Trace onHost = host.trace(verdict.asked());
        Optional<PathBytes> covered = verdict.steps().stream()
                .map(PathVerdict.Judged::step)
                .filter(Step.Search.class::isInstance)
                .map(Step.Search.class::cast)
                .filter(s -> !hostMounts.contains(s.inode().mount()))
                .map(s -> s.inode().mount().point())
                .findFirst();
        return onHost.end().isPresent() && covered.isPresent()
                ? new Cause(CauseKind.NAMESPACE, covered.get(), cause.rule(), cause.errno(), cause.via())
                : cause;
    }

    private Cause with(Cause cause, CauseKind kind) {
        Optional<String> process = kind == CauseKind.STALE_GROUPS ? Optional.of(name()) : Optional.empty();
        return new Cause(kind, cause.path(), cause.rule(), cause.errno(), cause.via(), process);
    }

    /** The process in words. */
    String name() {
        return program.isEmpty() ? "process " + pid : program + " process " + pid;
    }

    /** What can be done about a cause that lies in the process; empty if it does not. */
    Optional<Remedies> remedies(CauseKind kind, PathBytes path) {
        if (kind == CauseKind.NAMESPACE) {
            return Optional.of(Remedies.advice("In the mount namespace of " + name() + " something else is mounted at "
                    + path + "; no permission on the host changes that. Look at ProtectHome=, ProtectSystem=,"
                    + " PrivateTmp= and InaccessiblePaths= of its unit (systemctl cat), or keep the files elsewhere."));
        } else if (kind == CauseKind.STALE_GROUPS && RELOADABLE.contains(program)) {
            String opens = String.format(
                    Locale.ROOT,
                    "its new workers get every group that the account has now (%s)",
                    account.get().groups());
            return Optional.of(new Remedies(
                    List.of(new Remedy("systemctl reload " + program, opens, 1)),
                    Optional.of(
                            "The account has the group that is needed; " + name() + " was started before it got it.")));
        } else if (kind == CauseKind.STALE_GROUPS) {
            return Optional.of(Remedies.advice("The account has the group that is needed; " + name()
                    + " was started before it got it: restart it."));
        }
        return Optional.empty();
    }
}
