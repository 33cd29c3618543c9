package docrootaudit.daemon;

import docrootaudit.access.PathBytes;
import docrootaudit.audit.Audit;
import docrootaudit.audit.AuditSettings;
import docrootaudit.audit.Host;
import docrootaudit.audit.IdentityException;
import docrootaudit.audit.Requests;
import docrootaudit.audit.RootRules;
import docrootaudit.audit.RootSettings;
import docrootaudit.audit.RulesFinder;
import docrootaudit.audit.ScanRequest;
import docrootaudit.audit.ServerRules;
import docrootaudit.finding.ScanReport;
import docrootaudit.finding.ShellQuote;
import docrootaudit.history.StoreException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scans that the timetable wants: each root by itself, a little later than due, and not while it is at it. */
final class Scheduled {
    private static final Logger LOG = LoggerFactory.getLogger(Scheduled.class);

    private final Supplier<Settings> settings;
    private final Scans scans;
    private final StoreKeeper store;
    private final Supplier<Host> host;
    private final RulesFinder rules;
    private final Function<RootRules.Servers, ScanRequest.ListCommand> listing;
    private final Clock clock;
    private final RandomGenerator random;
    private final Heartbeat heartbeat;
    private final ScheduledThreadPoolExecutor threads;
    private final Set<PathBytes> pending = ConcurrentHashMap.newKeySet();
    private final Map<PathBytes, Outcome> outcomes = new HashMap<>();
    private final Map<PathBytes, String> failures = new ConcurrentHashMap<>();
    private final BiConsumer<PathBytes, ScanReport> recorded;

    /** The web servers' rules, by which settings and when they were read. */
    private record Read(ServerRules rules, AuditSettings by, long at) {}

    private Optional<Read> read = Optional.empty();

    /** How the last scan of a root went. */
    private enum Outcome {
        WELL,
        NOT_WELL
    }

    /**
     * @param rules finds the web servers, where they are asked too
     * @param recorded told of each scan that was to be recorded when it has ended
     */
    Scheduled(
            Supplier<Settings> settings,
            Scans scans,
            StoreKeeper store,
            Supplier<Host> host,
            RulesFinder rules,
            Function<RootRules.Servers, ScanRequest.ListCommand> listing,
            Clock clock,
            RandomGenerator random,
            BiConsumer<PathBytes, ScanReport> recorded) {
        this.settings = settings;
        this.scans = scans;
        this.store = store;
        this.host = host;
        this.rules = rules;
        this.listing = listing;
        this.clock = clock;
        this.random = random;
        this.recorded = recorded;
        this.heartbeat = new Heartbeat(clock, Heartbeat.PATIENCE);
        this.threads =
                new ScheduledThreadPoolExecutor(settings.get().service().concurrentScans(), Daemon.named("scan"));
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** A scan of that root is due. */
    void due(PathBytes root) {
        if (!pending.add(root)) {
            LOG.debug("the scan of {} is left out: the one before has not ended", root);
            return;
        }
        long jitter = settings.get().service().of(root).jitter().toMillis();
        try {
            var unused = threads.schedule(
                    () -> scan(root), jitter == 0 ? 0 : random.nextLong(jitter), TimeUnit.MILLISECONDS);
        } catch (java.util.concurrent.RejectedExecutionException ending) {
            pending.remove(root);
        }
    }

    /** As many threads as scans that may run, and one for each that hangs. */
    void resize() {
        int wanted = settings.get().service().concurrentScans() + scans.abandoned();
        if (threads.getCorePoolSize() != wanted) {
            threads.setCorePoolSize(wanted);
        }
    }

    private void scan(PathBytes path) {
        try {
            Settings now = settings.get();
            Optional<RootSettings> root = now.audit().roots().stream()
                    .filter(r -> r.path().equals(path))
                    .findFirst();
            // one that a reload has taken out meanwhile, or whose scan nobody could remember
            if (root.isPresent() && store.isWell()) {
                round(path, scan(now, root.get()), now);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.error("a fault of this program in the scan of {}", path, e);
        } finally {
            pending.remove(path);
        }
    }

    private Outcome scan(Settings now, RootSettings root) throws InterruptedException {
        // made anew each time: accounts come and go, and names are remembered
        Host machine = host.get();
        Audit audit = new Audit(machine, ShellQuote.UNICODE, clock);
        Audit.Memory memory =
                new Audit.Memory(before -> store.borrow(), now.audit().retention(), now::tells);
        try {
            Requests requests = new Requests(machine, now.audit());
            ScanRequest.Root asked = requests.configured(root);
            ScanRequest request = requests.usual(
                    List.of(root.rules().servers() == RootRules.Servers.ASKED ? asking(asked, machine, now) : asked),
                    now.service().pace(),
                    listing.apply(root.rules().servers()));
            ScanReport report = scans.run(
                    audit,
                    request,
                    Optional.of(memory),
                    now.service().of(root.path()).deadline(),
                    () -> true);
            failures.remove(root.path());
            recorded.accept(root.path(), report);
            return report.complete() && report.compared() ? Outcome.WELL : Outcome.NOT_WELL;
        } catch (IdentityException e) {
            failed(audit, memory, root.path(), e.getMessage());
        } catch (IOException e) {
            failed(audit, memory, root.path(), "the files cannot be had: " + Told.why(e));
        }
        return Outcome.NOT_WELL;
    }

    /** What others wrote for other programs is read here: a fault in that keeps no root from being scanned. */
    private ScanRequest.Root asking(ScanRequest.Root root, Host machine, Settings now) {
        try {
            return root.asking(rules(machine, now, root.path()));
        } catch (RuntimeException e) {
            LOG.error("a fault of this program in asking the web servers for their rules", e);
            return root;
        }
    }

    /** Hundreds of roots that are due together are scanned by what was read once. */
    private synchronized ServerRules rules(Host machine, Settings now, PathBytes root) {
        Duration every = now.service().of(root).every().orElse(Duration.ofHours(1));
        long most = Math.min(ServerRules.SHARED.toNanos(), every.toNanos() / 60);
        boolean isFresh = read.isPresent()
                && read.get().by().equals(now.audit())
                && System.nanoTime() - read.get().at() < most;
        if (!isFresh) {
            long at = System.nanoTime();
            read = Optional.of(new Read(rules.running(machine, ShellQuote.UNICODE, now.audit()), now.audit(), at));
        }
        return read.get().rules();
    }

    /** Told once, not at each scan again. */
    private void failed(Audit audit, Audit.Memory memory, PathBytes root, String sentence) {
        if (!sentence.equals(failures.put(root, sentence))) {
            LOG.error("{} cannot be scanned: {}", root, sentence);
        }
        try {
            audit.notScanned(root, sentence, memory);
        } catch (StoreException e) {
            LOG.debug("its keeper tells of the store", e);
        }
    }

    private void round(PathBytes root, Outcome outcome, Settings now) throws InterruptedException {
        boolean allWell;
        synchronized (outcomes) {
            outcomes.put(root, outcome);
            allWell = now.audit().roots().stream().allMatch(r -> outcomes.get(r.path()) == Outcome.WELL);
        }
        if (allWell) {
            heartbeat.give(now.service());
        }
    }

    /** Begins nothing more, and waits so long for what runs. */
    void end(long millis) throws InterruptedException {
        threads.shutdown();
        if (!threads.awaitTermination(millis, TimeUnit.MILLISECONDS)) {
            LOG.warn("a scan does not end: the service ends without it");
        }
    }
}
