package docrootaudit.audit;

import docrootaudit.access.PathBytes;
import docrootaudit.access.PathVerdict;
import docrootaudit.access.Step;
import docrootaudit.access.Trace;
import docrootaudit.finding.Account;
import docrootaudit.finding.Cause;
import docrootaudit.finding.Refusals;
import docrootaudit.finding.Remedies;
import docrootaudit.finding.Remedy;
import docrootaudit.finding.RemedySearch;
import docrootaudit.finding.ShellQuote;
import docrootaudit.walk.PathTracer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Looks at blamed inodes once more and has remedies computed for them. */
final class Mending {
    private final PathTracer tracer;
    private final Supplier<List<Account>> source;
    private final ShellQuote quote;
    private final Optional<ProcessView> process;
    private final int paster;
    private List<Account> accounts = List.of();

    Mending(
            PathTracer tracer,
            Supplier<List<Account>> accounts,
            ShellQuote quote,
            Optional<ProcessView> process,
            int paster) {
        this.tracer = tracer;
        this.source = accounts;
        this.quote = quote;
        this.process = process;
        this.paster = paster;
    }

    /** Remedies for a draft as a whole, and for each of its names. */
    record Offer(Remedies whole, Function<PathBytes, Remedies> ofName) {
        static final Offer NONE = new Offer(Remedies.NONE, n -> Remedies.NONE);
    }

    /** Remedies for every refusal on a path. */
    Remedies forPath(Reader reader, PathVerdict verdict, List<Cause> causes) {
        for (Cause cause : causes) {
            Optional<Remedies> ofProcess = process.flatMap(p -> p.remedies(cause.kind(), cause.path()));
            if (ofProcess.isPresent()) {
                return ofProcess.get();
            }
        }
        return search(reader).forPath(verdict);
    }

    /**
     * What mends a draft. The tree is looked at now; the offer itself no longer needs it.
     *
     * @param listCommand lists the paths of a group
     */
    Offer offer(Draft draft, String listCommand) {
        Optional<Remedies> ofProcess =
                process.flatMap(p -> p.remedies(draft.refusals().kind(), draft.canonical()));
        if (ofProcess.isPresent()) {
            return new Offer(ofProcess.get(), name -> ofProcess.get());
        }
        Trace trace = tracer.trace(draft.canonical());
        PathVerdict verdict = draft.reader().check().judge(trace, draft.needs());
        Optional<PathVerdict.Judged> refusal = refusal(verdict, draft.canonical());
        if (refusal.isEmpty()) {
            return Offer.NONE; // it has been mended, or is gone, since it was seen
        }
        RemedySearch search = search(draft.reader());
        boolean single = draft.refusals().names().count() == 1;
        Remedies whole = single ? search.forStep(verdict, refusal.get()) : ofGroup(search, draft, listCommand);
        Remedies warned = warn(whole, draft.exposed());
        return single
                ? new Offer(warned, name -> warned)
                : new Offer(warned, ofEach(search, verdict, draft.canonical()));
    }

    /** The remedies of each of several files that are alike; as a rule they differ in the path at the command's end. */
    private Function<PathBytes, Remedies> ofEach(RemedySearch search, PathVerdict verdict, PathBytes example) {
        PathBytes directory = example.parent().orElse(PathBytes.ROOT);
        Remedies remedies = ofName(search, verdict, example);
        String end = " " + quote.quote(example);
        boolean differInPath = remedies.advice().isEmpty()
                && remedies.fixes().stream()
                        .allMatch(f ->
                                f.command().endsWith(end) && !f.alsoAllows().contains(example.toString()));
        if (!differInPath) {
            return name -> ofName(search, verdict, directory.resolve(name));
        }
        return name -> new Remedies(
                remedies.fixes().stream()
                        .map(f -> new Remedy(
                                f.command().substring(0, f.command().length() - end.length()) + " "
                                        + quote.quote(directory.resolve(name)),
                                f.alsoAllows(),
                                f.scope()))
                        .toList(),
                Optional.empty());
    }

    /** The list names the files as they were walked: whoever can replace a link on that way could lead it elsewhere. */
    private Remedies ofGroup(RemedySearch search, Draft draft, String listCommand) {
        Refusals refusals = draft.refusals();
        Trace trace = tracer.trace(
                Refusals.path(refusals.directory(), refusals.names().iterator().next()));
        PathVerdict verdict = draft.reader().check().judge(trace, draft.needs());
        return refusal(verdict, draft.canonical())
                .map(refusal -> search.forGroup(verdict, refusal, listCommand))
                .orElse(Remedies.NONE);
    }

    /** The verdict on another file of the same directory with the same attributes. */
    private static Remedies ofName(RemedySearch search, PathVerdict example, PathBytes path) {
        List<PathVerdict.Judged> steps = example.steps().stream()
                .map(judged -> judged.step() instanceof Step.Arrive arrive
                        ? new PathVerdict.Judged(new Step.Arrive(path, arrive.inode()), judged.verdict(), judged.need())
                        : judged)
                .toList();
        PathVerdict verdict = new PathVerdict(path, example.needs(), steps);
        return refusal(verdict, path).map(r -> search.forStep(verdict, r)).orElse(Remedies.NONE);
    }

    /** The refusing step at a path; of a directory that is searched and listed, the one that was refused. */
    private static Optional<PathVerdict.Judged> refusal(PathVerdict verdict, PathBytes path) {
        return verdict.refusals().stream()
                .filter(r -> r.step().path().equals(path))
                .findFirst();
    }

    private static Remedies warn(Remedies remedies, long exposed) {
        if (exposed == 0) {
            return remedies;
        }
        String warning = String.format(
                Locale.ROOT,
                exposed == 1
                        ? "%d file below that looks private becomes readable with it"
                        : "%d files below that look private become readable with it",
                exposed);
        List<Remedy> warned = remedies.fixes().stream()
                .map(f -> new Remedy(
                        f.command(), f.alsoAllows().isEmpty() ? warning : f.alsoAllows() + "; " + warning, f.scope()))
                .toList();
        return new Remedies(warned, remedies.advice());
    }

    private RemedySearch search(Reader reader) {
        if (accounts.isEmpty()) {
            accounts = source.get();
        }
        return new RemedySearch(
                reader.check(),
                reader.identity().user(),
                accounts,
                reader.diagnosis().names(),
                quote,
                paster);
    }
}
