package docrootaudit.finding;

import docrootaudit.access.Attributes;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.access.PathCheck;
import docrootaudit.access.PathVerdict;
import docrootaudit.access.Permissions;
import docrootaudit.access.Principal;
import docrootaudit.access.Step;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Plays changes through with the decision code itself, before anybody is told of them. */
final class Simulation {
    private static final int RIGHTS = 3;

    private final Chain chain;
    private final List<Need> needs;
    private final PathCheck check;
    private final Population population;
    private final List<PathBytes> paths;

    /**
     * What changes would bring about.
     *
     * @param changes one command each
     * @param grants the new (who, what, right) triples, numbered
     * @param scope how many those are, each account counted
     */
    record Outcome(List<Change> changes, BitSet grants, long scope) {
        /** Whether this opens all that {@code other} opens, or as much. */
        boolean covers(Outcome other) {
            BitSet missing = (BitSet) other.grants.clone();
            missing.andNot(grants);
            return missing.isEmpty();
        }
    }

    Simulation(PathVerdict verdict, PathCheck check, List<Account> accounts) {
        this.chain = Chain.of(verdict);
        this.needs = verdict.needs();
        this.check = check;
        this.population = Population.of(check.who(), accounts, chain.attributes());
        this.paths = List.copyOf(chain.inodes().keySet());
    }

    Chain chain() {
        return chain;
    }

    /** The verdict after the changes. */
    PathVerdict judge(List<Change> changes) {
        return new PathCheck(after(changes), check.protectedSymlinks()).judge(chain.with(changed(changes)), needs);
    }

    /**
     * What the changes bring about, if they mend every step that {@code toMend} picks, give nobody write (but the
     * principal where that is what is wanted) and take nothing from anybody.
     */
    Optional<Outcome> play(List<Change> changes, Predicate<PathVerdict.Judged> toMend) {
        boolean mended = judge(changes).steps().stream().noneMatch(s -> s.refuses() && toMend.test(s));
        if (!mended) {
            return Optional.empty();
        }
        Map<PathBytes, Attributes> changed = changed(changes);
        BitSet grants = new BitSet();
        long scope = 0;
        for (int who = 0; who < population.kinds().size(); who++) {
            Population.Kind kind = population.kinds().get(who);
            Principal before = kind.example();
            Principal after = who == 0 ? after(changes) : before;
            for (int what = 0; what < paths.size(); what++) {
                Attributes old = chain.inodes().get(paths.get(what)).attributes();
                Attributes now = changed.getOrDefault(paths.get(what), old);
                if (old.equals(now) && before.equals(after)) {
                    continue;
                }
                Rights had = Rights.of(before, old);
                Rights has = Rights.of(after, now);
                Permissions gained = has.since(had);
                boolean meant = before.uid() == check.who().uid() && isWanted(paths.get(what), Need.WRITE);
                if (has.lacks(had) || (gained.contains(Rights.WRITE) && !meant)) {
                    return Optional.empty();
                }
                int at = (who * paths.size() + what) * RIGHTS;
                for (int bit = 0; bit < RIGHTS && kind.count() > 0; bit++) {
                    if ((gained.bits() >> bit & 1) != 0) {
                        grants.set(at + bit);
                        scope += kind.count();
                    }
                }
            }
        }
        return Optional.of(withLinks(new Outcome(List.copyOf(changes), grants, scope)));
    }

    private boolean isWanted(PathBytes path, Need need) {
        Step last = chain.steps().get(chain.steps().size() - 1);
        return needs.contains(need)
                && last instanceof Step.Arrive arrive
                && arrive.path().equals(path);
    }

    /** Following a link that was refused counts as one right on it: the read bit, which no link ever asks for. */
    private Outcome withLinks(Outcome outcome) {
        BitSet grants = (BitSet) outcome.grants().clone();
        long scope = outcome.scope();
        for (Change change : outcome.changes()) {
            if (change instanceof Change.Relink relink) {
                int what = paths.indexOf(relink.path());
                int owner = chain.inodes().get(relink.path()).attributes().uid();
                for (int who = 0; who < population.kinds().size(); who++) {
                    Population.Kind kind = population.kinds().get(who);
                    int uid = kind.example().uid();
                    if (kind.count() > 0
                            && uid != owner
                            && uid != relink.directory().uid()) {
                        grants.set((who * paths.size() + what) * RIGHTS + 2);
                        scope += kind.count();
                    }
                }
            }
        }
        return new Outcome(outcome.changes(), grants, scope);
    }

    /** The principal after the changes. */
    private Principal after(List<Change> changes) {
        Principal who = check.who();
        for (Change change : changes) {
            if (change instanceof Change.Join join) {
                who = who.in(join.gid());
            }
        }
        return who;
    }

    private static Map<PathBytes, Attributes> changed(List<Change> changes) {
        Map<PathBytes, Attributes> changed = new HashMap<>();
        for (Change change : changes) {
            if (change instanceof Change.Edit edit) {
                changed.put(edit.path(), edit.after());
            } else if (change instanceof Change.Relink relink) {
                changed.put(relink.path(), relink.after());
            }
        }
        return changed;
    }
}
