package docrootaudit.audit;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.Changes;
import docrootaudit.finding.Explanation;
import docrootaudit.finding.Finding;
import docrootaudit.finding.GrantedDirectories;
import docrootaudit.finding.Identity;
import docrootaudit.finding.Proof;
import docrootaudit.finding.Recovered;
import docrootaudit.finding.RefusedPath;
import docrootaudit.finding.ScanReport;
import docrootaudit.finding.ShellQuote;
import docrootaudit.finding.Since;
import docrootaudit.finding.Unseen;
import docrootaudit.history.History;
import docrootaudit.history.StoreException;
import docrootaudit.walk.EntrySource;
import docrootaudit.walk.PathTracer;
import docrootaudit.walk.TreeWalk;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Audits: walks, decides, compares with the history, records, and says what mends. Whoever asks comes here. One that was
 * stopped stays so: whoever scans again and again makes one for each scan.
 */
public final class Audit {
    private static final String OUT_OF_TIME = "the scan took longer than it may and was interrupted";

    private final Host host;
    private final ShellQuote quote;
    private final Clock clock;
    private final AtomicReference<TreeWalk<Place>> running = new AtomicReference<>();
    private volatile boolean stopped;
    private volatile boolean late;

    /**
     * @param host the machine
     * @param quote how commands are written
     * @param clock tells when scans start and end
     */
    public Audit(Host host, ShellQuote quote, Clock clock) {
        this.host = host;
        this.quote = quote;
        this.clock = clock;
    }

    /** Where the history is kept; opened when there is something to record. */
    @FunctionalInterface
    public interface Store {
        /**
         * Opens it.
         *
         * @param beforeLosingRights run first if the process has to become another account for it
         * @throws StoreException if it cannot be used
         */
        History open(Runnable beforeLosingRights) throws StoreException;
    }

    /**
     * What is remembered of a scan.
     *
     * @param store where
     * @param retention how long what is over is kept
     * @param told whether anybody is told of a root, by its path; what there is to tell is queued beside the scan
     */
    public record Memory(Store store, Duration retention, Predicate<PathBytes> told) {}

    /** Ends a running scan early; what it saw until then is reported, and nothing is taken for recovered. */
    public void stop() {
        stopped = true;
        TreeWalk<Place> walk = running.get();
        if (walk != null) {
            walk.stop();
        }
    }

    /** The same, for a scan that takes longer than it may: of which people are told. */
    public void stopLate() {
        late = true;
        stop();
    }

    /**
     * Remembers that a root was not scanned, so that who is told of it hears once that the audit does not see it.
     *
     * @param root its path, as configured
     * @param why one sentence
     * @throws StoreException if it cannot be remembered
     */
    public void notScanned(PathBytes root, String why, Memory memory) throws StoreException {
        new Recorder(host, memory, clock).missed(new Recorder.Missed(root.withoutDots(), why));
    }

    /** A walk has begun; perhaps the order to stop came while it was being prepared. */
    private void running(TreeWalk<Place> walk) {
        running.set(walk);
        if (stopped) {
            walk.stop();
        }
    }

    /**
     * Scans.
     *
     * @param memory where to record and compare; empty: neither
     * @throws IOException if the files cannot be had as the process of the request sees them
     */
    public ScanReport scan(ScanRequest request, Optional<Memory> memory) throws InterruptedException, IOException {
        EntrySource tree = tree(request.pid());
        Instant started = clock.instant();
        List<RootScan.Outcome.Scanned> scans = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        List<Recorder.Missed> missed = new ArrayList<>();
        for (ScanRequest.Root root : request.roots()) {
            if (stopped) {
                missed(missed, root);
                continue;
            }
            Optional<GrantedDirectories> granted =
                    memory.filter(m -> m.told().test(root.path().withoutDots())).map(m -> new GrantedDirectories());
            RootScan scan = new RootScan(request, root, tree, host, clock, granted);
            RootScan.Outcome outcome = scan.run(this::running);
            if (outcome instanceof RootScan.Outcome.Scanned scanned) {
                scans.add(scanned);
                if (!scanned.walked().finished()) {
                    missed(missed, root);
                }
            } else {
                String sentence = ((RootScan.Outcome.Failed) outcome).sentence();
                failures.add(sentence);
                missed.add(new Recorder.Missed(root.path().withoutDots(), sentence));
            }
        }
        if (stopped) {
            failures.add(late ? OUT_OF_TIME : "the scan was interrupted");
        }
        return report(request, tree, memory, started, scans, missed, failures);
    }

    /** Whoever interrupts a scan knows it. */
    private void missed(List<Recorder.Missed> missed, ScanRequest.Root root) {
        if (late) {
            missed.add(new Recorder.Missed(root.path().withoutDots(), OUT_OF_TIME));
        }
    }

    private ScanReport report(
            ScanRequest request,
            EntrySource tree,
            Optional<Memory> memory,
            Instant started,
            List<RootScan.Outcome.Scanned> scans,
            List<Recorder.Missed> missed,
            List<String> failures) {
        List<Part> parts = new ArrayList<>();
        for (RootScan.Outcome.Scanned scan : scans) {
            Drafts drafts = new Drafts(scan.context());
            for (Reader reader : scan.context().readers) {
                parts.add(new Part(scan, reader, Optional.empty(), drafts.of(reader)));
            }
            for (String server : scan.root().server().map(ServerRules::servers).orElse(List.of())) {
                parts.add(new Part(scan, scan.context().server(), Optional.of(server), drafts.byRulesOf(server)));
            }
        }
        FindingMaker maker = new FindingMaker(request, mending(request, tree), host.names());
        maker.computeMeanwhile(parts);
        Optional<StoreException> unrecorded =
                memory.flatMap(m -> new Recorder(host, m, clock).record(request, parts, missed, maker));
        unrecorded.ifPresent(e -> failures.add(e.getMessage()));
        boolean compared = memory.isPresent() && unrecorded.isEmpty();
        List<Finding> findings = maker.findings(parts);
        List<Recovered> recovered = parts.stream()
                .flatMap(p -> p.recovered().stream())
                // links that are free again are told by what had refused them
                .filter(r -> r.blame().isEmpty())
                .toList();
        List<Unseen> unvisited = Stream.concat(
                        scans.stream().flatMap(s -> s.unseen().stream()).filter(u -> !u.wanted()),
                        parts.stream().filter(Part::isMain).flatMap(p -> p.beside.stream()))
                .distinct()
                .toList();
        boolean complete = failures.isEmpty()
                && unvisited.isEmpty()
                && scans.stream().allMatch(s -> s.walked().finished());
        return new ScanReport(
                request.roots().stream().map(ScanRequest.Root::given).toList(),
                request.roots().get(0).identity(),
                // as the history has it
                scans.stream()
                        .map(RootScan.Outcome.Scanned::started)
                        .min(Comparator.naturalOrder())
                        .orElse(started),
                clock.instant(),
                complete,
                scans.stream().mapToLong(s -> s.walked().entries()).sum(),
                unvisited,
                findings,
                recovered,
                parts.stream().flatMap(p -> p.previous().stream()).min(Comparator.naturalOrder()),
                compared,
                uncertain(scans),
                request.notes(),
                failures,
                each(request, scans));
    }

    /** A root as one reader finds it, by permissions or by the rules of one web server. */
    static final class Part {
        final RootScan.Outcome.Scanned scan;
        final Reader reader;
        final Optional<String> server;
        final List<Draft> drafts;
        Optional<Changes> changes = Optional.empty();
        /** What could not be seen but for the walk: where nothing is any more that was mounted, or a web server's rules. */
        List<Unseen> beside;

        Part(RootScan.Outcome.Scanned scan, Reader reader, Optional<String> server, List<Draft> drafts) {
            this.scan = scan;
            this.reader = reader;
            this.server = server;
            this.drafts = drafts;
            this.beside = scan.root().server().map(ServerRules::unseen).orElse(List.of());
        }

        /** What every scan of a root has, and but once. */
        boolean isMain() {
            return reader.index() == 0 && server.isEmpty();
        }

        /** Since when the names of a draft are refused: without a history, since this scan. */
        List<Since> since(int draft) {
            return changes.map(c -> c.since().get(draft))
                    .orElseGet(() -> List.of(
                            new Since(drafts.get(draft).refusals().names(), Since.State.KNOWN, scan.started())));
        }

        /** What had been refused before. */
        List<Recovered> recovered() {
            return changes.map(Changes::recovered).orElse(List.of());
        }

        /** The start of the scan that this one was compared with. */
        Optional<Instant> previous() {
            return changes.flatMap(Changes::previous);
        }
    }

    private EntrySource tree(Optional<Long> pid) throws IOException {
        return pid.isPresent() ? host.treeOf(pid.get()) : host.tree();
    }

    private Mending mending(ScanRequest request, EntrySource tree) {
        Optional<ProcessView> process = request.pid()
                .flatMap(pid -> ProcessView.of(
                        host, pid, request.roots().get(0).identity().principal()));
        PathTracer tracer = new PathTracer(tree, tree.mounts().automounts());
        return new Mending(tracer, host::accounts, quote, process, host.ownUid());
    }

    private static List<ScanReport.Uncertain> uncertain(List<RootScan.Outcome.Scanned> scans) {
        Map<String, LongAdder> sums = new java.util.TreeMap<>();
        for (RootScan.Outcome.Scanned scan : scans) {
            scan.context()
                    .collected
                    .uncertain()
                    .forEach((why, count) ->
                            sums.computeIfAbsent(why, w -> new LongAdder()).add(count.sum()));
        }
        return sums.entrySet().stream()
                .map(e -> new ScanReport.Uncertain(e.getKey(), e.getValue().sum()))
                .toList();
    }

    private static Iterable<RefusedPath> each(ScanRequest request, List<RootScan.Outcome.Scanned> scans) {
        if (request.detail() != ScanRequest.Detail.EVERY_PATH) {
            return List.of();
        }
        return () -> scans.stream().flatMap(EachPath::of).iterator();
    }

    /**
     * Scans, and asks the kernel about a sample of the paths.
     *
     * @param sample how many paths of each root
     * @param against the running process whose identity and mounts the kernel is asked with; empty: those judged
     * @throws IOException if the files cannot be had, or the identity cannot be taken, which needs root
     */
    public Proof prove(ScanRequest request, int sample, Optional<Long> against)
            throws InterruptedException, IOException {
        return new Prover(host, clock, this::running).prove(request, tree(request.pid()), sample, against);
    }

    /** Who reads a path, to whom secrets are not the same. */
    public enum Reading {
        /** The web server itself. */
        BY_SERVER,
        /** An account that a handler of the configuration names: it has to read what is closed to the server. */
        BY_HANDLER
    }

    /**
     * Explains one path.
     *
     * @param target as given
     * @param path the same, absolute
     * @param settings what is asked there
     * @param pid the running process whose identity and files are meant, if one is
     * @param notes what limits every verdict, such as a security module
     * @throws IOException if the files cannot be had as the process sees them
     */
    public Explanation explain(
            PathBytes target,
            PathBytes path,
            Identity identity,
            Reading reading,
            Question question,
            RootSettings settings,
            Optional<Long> pid,
            List<String> notes)
            throws IOException {
        return new Explainer(host, quote, tree(pid))
                .explain(target, path, identity, reading, question, settings, pid, notes);
    }
}
