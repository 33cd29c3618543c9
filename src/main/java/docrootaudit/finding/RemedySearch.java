package docrootaudit.finding;

import docrootaudit.access.Inode;
import docrootaudit.access.Names;
import docrootaudit.access.PathBytes;
import docrootaudit.access.PathCheck;
import docrootaudit.access.PathVerdict;
import docrootaudit.access.Permissions;
import docrootaudit.access.Step;
import docrootaudit.access.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the commands that mend a refusal: single steps are tried on the simulation, and those are shown that open
 * least, give nobody write and take nothing from anybody.
 *
 * @param check the principal and the kernel's settings
 * @param user name of the principal's account, if it has one
 * @param accounts all accounts that the name service lists
 * @param names for numbers in words
 * @param quote how paths are quoted
 * @param paster uid of whoever will run the commands, root as a rule (unsigned)
 */
public record RemedySearch(
        PathCheck check, Optional<String> user, List<Account> accounts, Names names, ShellQuote quote, int paster) {
    public RemedySearch {
        accounts = List.copyOf(accounts);
    }

    /** For root, who may run everything. */
    public RemedySearch(PathCheck check, Optional<String> user, List<Account> accounts, Names names, ShellQuote quote) {
        this(check, user, accounts, names, quote, 0);
    }

    /** Mends every refusal of the verdict: the cause, and what would refuse next. */
    public Remedies forPath(PathVerdict verdict) {
        return search(verdict, verdict.refusals(), Optional.empty());
    }

    /** Mends the one inode that {@code refusal} blames; others on the path may refuse still. */
    public Remedies forStep(PathVerdict verdict, PathVerdict.Judged refusal) {
        return search(verdict, alike(verdict, refusal), Optional.empty());
    }

    /**
     * Mends all files of one directory that are refused alike, by one pipeline.
     *
     * @param verdict the verdict on one of them; the others have the same type, mode, owner, group and ACL
     * @param refusal the step of it that refuses
     * @param listCommand prints the paths to mend, each with a NUL behind it, and nothing else
     * @return fixes whose scope is that of one file
     */
    public Remedies forGroup(PathVerdict verdict, PathVerdict.Judged refusal, String listCommand) {
        return search(verdict, alike(verdict, refusal), Optional.of(listCommand));
    }

    private static List<PathVerdict.Judged> alike(PathVerdict verdict, PathVerdict.Judged refusal) {
        PathBytes path = refusal.step().path();
        return verdict.refusals().stream()
                .filter(r -> r.step().path().equals(path))
                .toList();
    }

    private Remedies search(PathVerdict verdict, List<PathVerdict.Judged> refusals, Optional<String> listCommand) {
        Advice advice = new Advice(user.orElseGet(
                () -> "uid " + Integer.toUnsignedString(check.who().uid())));
        List<String> hopeless = refusals.stream()
                .flatMap(r -> advice.beyondPermissions(r).stream())
                .distinct()
                .toList();
        if (refusals.isEmpty() || !hopeless.isEmpty()) {
            return refusals.isEmpty() ? Remedies.NONE : Remedies.advice(String.join(" ", hopeless));
        }
        Map<PathBytes, Wanted> wanted = wanted(refusals);
        Mend mend = new Mend(this, new Simulation(verdict, check, accounts), listCommand);
        List<String> stuck = new ArrayList<>();
        Map<PathBytes, List<Change>> options = new LinkedHashMap<>();
        for (Wanted one : wanted.values()) {
            List<Change> changes = mend.options(one);
            List<Change> safe = changes.stream().filter(mend::isSafe).toList();
            if (changes.isEmpty() && one.fixed().isPresent()) {
                stuck.add(advice.fixed(
                        one.refusal(), one.permissions(), one.fixed().get()));
            } else if (changes.isEmpty()) {
                stuck.add(advice.unmendable(one.refusal(), one.permissions()));
            } else if (safe.isEmpty()) {
                stuck.add(advice.unsafe(one.refusal(), one.permissions(), mend.danger(changes.get(0))));
            }
            options.put(one.path(), safe);
        }
        List<Remedy> fixes = mend.fixes(options);
        if (fixes.isEmpty()) {
            wanted.values().stream()
                    .filter(w -> stuck.isEmpty())
                    .forEach(w -> stuck.add(advice.unmendable(w.refusal(), w.permissions())));
            return Remedies.advice(String.join(" ", stuck));
        }
        boolean many = listCommand.isPresent();
        return new Remedies(fixes, many ? advice.lasting(verdict, refusals.get(0), check.who()) : Optional.empty());
    }

    /** One inode that refuses, and everything that is asked of it. */
    record Wanted(PathVerdict.Judged refusal, Permissions permissions) {
        PathBytes path() {
            return refusal.step().path();
        }

        /** Why what would have to be changed cannot be, if so: the inode, or the directory that holds a link. */
        Optional<String> fixed() {
            return refusal.step() instanceof Step.Follow follow
                    ? follow.directory().fixed()
                    : Chain.inode(refusal.step()).flatMap(Inode::fixed);
        }
    }

    private static Map<PathBytes, Wanted> wanted(List<PathVerdict.Judged> refusals) {
        Map<PathBytes, Wanted> wanted = new LinkedHashMap<>();
        for (PathVerdict.Judged refusal : refusals) {
            Permissions asked = ((Verdict.Denied) refusal.verdict()).asked();
            wanted.merge(
                    refusal.step().path(),
                    new Wanted(refusal, asked),
                    (a, b) -> new Wanted(a.refusal(), a.permissions().or(b.permissions())));
        }
        return wanted;
    }
}
