package docrootaudit.finding;

import docrootaudit.access.Attributes;
import docrootaudit.access.Inode;
import docrootaudit.access.PathBytes;
import docrootaudit.access.PathVerdict;
import docrootaudit.access.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The mending of one path: which single steps help, which of them together, and how they are written down. */
final class Mend {
    private static final int FIXES = 3;
    private static final int ALTERNATIVES = 3;

    private final Simulation simulation;
    private final Candidates candidates;
    private final PasteSafety safety;
    private final Spelling spelling;
    private final Wording wording;
    private final Optional<String> listCommand;
    private final int paster;

    Mend(RemedySearch search, Simulation simulation, Optional<String> listCommand) {
        this.simulation = simulation;
        this.spelling = new Spelling(search.names(), search.quote());
        this.candidates = new Candidates(search.check().who(), search.user(), search.accounts(), spelling);
        this.safety = new PasteSafety(search.accounts(), spelling);
        this.wording = new Wording(search.check().who(), search.accounts(), spelling);
        this.listCommand = listCommand;
        this.paster = search.paster();
    }

    /** The single steps that mend one inode, least first; none that opens all that another one opens. */
    List<Change> options(RemedySearch.Wanted wanted) {
        PathBytes path = wanted.path();
        List<Simulation.Outcome> outcomes = new ArrayList<>();
        for (Change change : candidates(wanted)) {
            simulation.play(List.of(change), at(Set.of(path))).ifPresent(outcomes::add);
        }
        return least(outcomes).stream()
                .limit(ALTERNATIVES)
                .map(o -> o.changes().get(0))
                .toList();
    }

    private List<Change> candidates(RemedySearch.Wanted wanted) {
        if (wanted.refusal().step() instanceof Step.Follow follow) {
            boolean possible = listCommand.isEmpty() && wanted.fixed().isEmpty();
            return possible ? List.of(Candidates.relink(follow)) : List.of();
        }
        Inode inode = Chain.inode(wanted.refusal().step()).orElseThrow();
        List<Change> changes = new ArrayList<>();
        if (wanted.fixed().isEmpty()) {
            changes.addAll(candidates.edits(wanted.path(), inode, wanted.permissions()));
        }
        changes.addAll(candidates.memberships(inode.attributes()));
        return changes;
    }

    /** The fixes for a path, each a set of changes that together mend every inode that {@code options} is about. */
    List<Remedy> fixes(Map<PathBytes, List<Change>> options) {
        List<Simulation.Outcome> outcomes = new ArrayList<>();
        for (List<Change> changes : combinations(options)) {
            simulation.play(changes, at(options.keySet())).ifPresent(outcomes::add);
        }
        Map<String, Remedy> fixes = new LinkedHashMap<>();
        for (Simulation.Outcome outcome : least(outcomes)) {
            Remedy remedy = remedy(outcome);
            fixes.putIfAbsent(remedy.command(), remedy);
        }
        return fixes.values().stream().limit(FIXES).toList();
    }

    /** The best step for each inode; then with one of them changed for its next best; then each membership. */
    private Set<List<Change>> combinations(Map<PathBytes, List<Change>> options) {
        Set<List<Change>> combinations = new LinkedHashSet<>();
        Map<PathBytes, Change> best = new LinkedHashMap<>();
        options.forEach((path, changes) ->
                changes.stream().filter(c -> !joins(c)).findFirst().ifPresent(c -> best.put(path, c)));
        if (best.size() == options.size()) {
            combinations.add(List.copyOf(best.values()));
            options.forEach((path, changes) -> changes.stream()
                    .filter(c -> !joins(c))
                    .skip(1)
                    .forEach(change -> {
                        Map<PathBytes, Change> other = new LinkedHashMap<>(best);
                        other.put(path, change);
                        combinations.add(List.copyOf(other.values()));
                    }));
        }
        options.values().stream()
                .flatMap(List::stream)
                .filter(Mend::joins)
                .forEach(join -> combinations.add(withRest(join, options)));
        return combinations;
    }

    /** A membership, and for what still refuses then its best step. */
    private List<Change> withRest(Change join, Map<PathBytes, List<Change>> options) {
        Set<Change> changes = new LinkedHashSet<>(Set.of(join));
        for (PathVerdict.Judged refusal : simulation.judge(List.of(join)).refusals()) {
            options.getOrDefault(refusal.step().path(), List.of()).stream()
                    .min(Comparator.comparing(Mend::joins))
                    .ifPresent(changes::add);
        }
        return List.copyOf(changes);
    }

    private static Predicate<PathVerdict.Judged> at(Set<PathBytes> paths) {
        return judged -> paths.contains(judged.step().path());
    }

    /**
     * Without those that open all that another opens, the least first. A membership opens more than can be counted
     * here: anything else that opens no more is preferred to it, and it makes nothing else superfluous.
     */
    private static List<Simulation.Outcome> least(List<Simulation.Outcome> outcomes) {
        List<Simulation.Outcome> preferred = outcomes.stream()
                .sorted(Comparator.comparing(Mend::preference)
                        .thenComparing(o -> o.changes().size()))
                .toList();
        List<Simulation.Outcome> kept = new ArrayList<>();
        for (int i = 0; i < preferred.size(); i++) {
            Simulation.Outcome one = preferred.get(i);
            boolean dominated = false;
            for (int j = 0; j < preferred.size(); j++) {
                Simulation.Outcome other = preferred.get(j);
                dominated |= i != j && !joins(other) && one.covers(other) && (j < i || !other.covers(one));
            }
            if (!dominated) {
                kept.add(one);
            }
        }
        kept.sort(Comparator.comparingLong(Simulation.Outcome::scope).thenComparing(Mend::preference));
        return kept;
    }

    private static boolean joins(Simulation.Outcome outcome) {
        return outcome.changes().stream().anyMatch(Mend::joins);
    }

    private static boolean joins(Change change) {
        return change instanceof Change.Join;
    }

    private static Change.Kind preference(Simulation.Outcome outcome) {
        return outcome.changes().stream()
                .map(Change::kind)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    boolean isSafe(Change change) {
        return !(runner(change) instanceof PasteSafety.Runner.Nobody);
    }

    /** Why no command is safe for a change that is not. */
    String danger(Change change) {
        return runner(change) instanceof PasteSafety.Runner.Nobody nobody ? nobody.why() : "";
    }

    private PasteSafety.Runner runner(Change change) {
        Chain chain = simulation.chain();
        if (change instanceof Change.Edit edit) {
            Attributes inode = edit.before().attributes();
            Optional<List<Chain.Hop>> hops = chain.hopsTo(edit.path());
            if (listCommand.isPresent()) {
                // A list names the files as they were walked, perhaps through links.
                hops = hops.map(h -> Spelling.join(h, chain.hopsAsWalked(edit.path())));
            }
            return hops.map(h -> safety.runner(h, inode)).orElseGet(Mend::unseen);
        } else if (change instanceof Change.Relink relink) {
            Optional<List<Chain.Hop>> hops = relink.path().parent().flatMap(chain::hopsTo);
            return hops.map(h -> safety.ownerRunner(h, relink.directory())).orElseGet(Mend::unseen);
        }
        return new PasteSafety.Runner.Root();
    }

    private static PasteSafety.Runner unseen() {
        return new PasteSafety.Runner.Nobody("not every directory above it could be seen");
    }

    private Remedy remedy(Simulation.Outcome outcome) {
        String command = outcome.changes().stream().map(this::line).collect(Collectors.joining(" && "));
        Optional<String> allOfThem = listCommand.map(c -> "these files");
        return new Remedy(command, wording.alsoAllows(outcome.changes(), allOfThem), outcome.scope());
    }

    private String line(Change change) {
        // whoever is the owner himself needs no help to act as one
        List<String> prefix = runner(change) instanceof PasteSafety.Runner.Owner owner && owner.uid() != paster
                ? owner.prefix()
                : List.of();
        if (change instanceof Change.Edit edit) {
            if (listCommand.isPresent()) {
                List<String> words = Spelling.join(Spelling.join(prefix, "xargs", "-0", "-r"), edit.words());
                return listCommand.get() + " | " + spelling.line(Spelling.join(words, "--"));
            }
            return spelling.line(Spelling.join(prefix, edit.words()), edit.path());
        } else if (change instanceof Change.Relink relink) {
            String ln = spelling.line(Spelling.join(prefix, "ln", "-sfT", "--"));
            return ln + " " + spelling.quote().quote(relink.target()) + " "
                    + spelling.quote().quote(relink.path());
        }
        return spelling.line(((Change.Join) change).words());
    }
}
