package docrootaudit.daemon;

import docrootaudit.access.PathBytes;
import docrootaudit.audit.Audit;
import docrootaudit.audit.AuditSettings;
import docrootaudit.audit.Host;
import docrootaudit.audit.LogFinder;
import docrootaudit.audit.LogFollower;
import docrootaudit.audit.RootRules;
import docrootaudit.audit.RootSettings;
import docrootaudit.audit.RulesFinder;
import docrootaudit.audit.ScanRequest;
import docrootaudit.finding.LogCounts;
import docrootaudit.finding.ScanReport;
import docrootaudit.history.History;
import docrootaudit.history.RecordedScan;
import docrootaudit.history.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service: from its start to the signal that ends it. One thread, that which runs it, takes orders and looks after
 * everything about once a second; the scans, the store and the callers have threads of their own.
 */
public final class Daemon {
    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);
    private static final LongSupplier NANOS = System::nanoTime;
    private static final Path USUAL_ROOT = Path.of("/var/www");
    private static final long TICK_MILLIS = 1000;
    /** Less than the five seconds in which it has ended; the store wants some of them. */
    private static final long PATIENCE_MILLIS = 3500;

    private static final long CLOSING_MILLIS = 1000;
    private static final long POST_MILLIS = 200;
    /** The web servers are asked for their roots as often as these are scanned, and so often at least. */
    private static final Duration ROOTS_EVERY = Duration.ofMinutes(10);

    /** So many scans back there is one that ended by itself. */
    private static final int SCANS = 50;

    private final Configuration configuration;
    private final Supplier<Host> host;
    private final RulesFinder rules;
    private final Function<RootRules.Servers, ScanRequest.ListCommand> listing;
    private final Commands commands;
    private final Ways ways;
    private final ServiceManager manager;
    private final Clock clock;
    private final LinkedBlockingQueue<Order> orders = new LinkedBlockingQueue<>();
    private volatile Settings settings = Settings.DEFAULT;
    /** The same as somebody wrote them. */
    private Settings written = Settings.DEFAULT;

    private long rootsAsked;
    /** Why the web servers could not say which roots there are, the last time. */
    private String rootsUnknown = "";

    private volatile String doing = "starting";
    private final FollowedLogs logs;

    /** What it can be told. */
    private enum Order {
        RELOAD,
        PLAN,
        END
    }

    /** Opens the history that settings and command line name. */
    @FunctionalInterface
    public interface Opening {
        History open(Settings settings) throws StoreException;
    }

    /**
     * @param configuration its settings
     * @param host this machine, made anew for each scan
     * @param rules finds the web servers, where scans ask them too
     * @param listing makes the command that lists the paths behind a cause
     * @param commands runs what is asked at the control socket
     * @param ways how alerts go out
     * @param manager who started it
     * @param finding looks which logs the web servers' configurations name
     */
    public Daemon(
            Configuration configuration,
            Supplier<Host> host,
            RulesFinder rules,
            Function<RootRules.Servers, ScanRequest.ListCommand> listing,
            Commands commands,
            Ways ways,
            ServiceManager manager,
            Supplier<LogFinder> finding,
            Clock clock) {
        this.configuration = configuration;
        this.host = host;
        this.rules = rules;
        this.listing = listing;
        this.commands = commands;
        this.ways = ways;
        this.manager = manager;
        this.clock = clock;
        this.logs = new FollowedLogs(
                () -> new LogFollower(host.get(), ZoneId.systemDefault(), new SecureRandom().nextLong(), clock),
                finding);
    }

    /**
     * Runs until SIGTERM or SIGINT.
     *
     * @throws BadConfigurationException if there is no good one to begin with
     * @throws StoreException if the history cannot be opened
     * @throws IOException if the control socket cannot be opened
     */
    public void run(Opening opening)
            throws BadConfigurationException, StoreException, IOException, InterruptedException {
        Signals.on("TERM", () -> orders.add(Order.END));
        Signals.on("INT", () -> orders.add(Order.END));
        Signals.on("HUP", () -> orders.add(Order.RELOAD));
        settings = read();
        Pulses pulses = new Pulses(NANOS);
        History history = opening.open(settings);
        Unwritten unwritten = new Unwritten();
        Post post = new Post(
                () -> settings,
                ways,
                history.lend(),
                clock,
                () -> pulses.beat(Pulses.Part.POST),
                logs::met,
                () -> unwritten.any(settings));
        StoreKeeper store = new StoreKeeper(
                history, () -> pulses.beat(Pulses.Part.STORE), () -> orders.add(Order.PLAN), post::lost);
        ScheduledExecutorService keeping = Executors.newSingleThreadScheduledExecutor(named("store"));
        Scans scans = new Scans(new Turns(settings.service().concurrentScans()), new ScanLog(), NANOS, post::call);
        Scheduled scheduled = new Scheduled(
                () -> settings,
                scans,
                store,
                host,
                rules,
                listing,
                clock,
                RandomGenerator.getDefault(),
                (root, report) -> {
                    unwritten.of(root, report);
                    post.call();
                });
        try (ControlSocket control = ControlSocket.open(
                        settings.service().socket(), (c, rights) -> serve(c, rights, scans, store, post), NANOS);
                Timetable timetable = new Timetable(scheduled::due, () -> pulses.beat(Pulses.Part.SCHEDULER))) {
            store.tend(keeping);
            plan(timetable, store);
            post.start();
            logs.follow(settings.log());
            manager.tell("READY=1");
            LOG.info("ready: {}", roots());
            attend(pulses, scans, scheduled, control, timetable, store, post);
            manager.tell("STOPPING=1\nSTATUS=stopping");
            timetable.close();
            logs.end();
            scans.end();
            control.end(PATIENCE_MILLIS / 2);
            scheduled.end(PATIENCE_MILLIS / 2);
            post.end(POST_MILLIS);
        } finally {
            // not interrupted: that would close the file under the store
            keeping.shutdown();
            // not for longer: what is committed is safe, and what is not is a scan that never was
            Thread closing = named("close").newThread(store::close);
            closing.start();
            closing.join(CLOSING_MILLIS);
        }
        LOG.info("ended");
    }

    private void attend(
            Pulses pulses,
            Scans scans,
            Scheduled scheduled,
            ControlSocket control,
            Timetable timetable,
            StoreKeeper store,
            Post post)
            throws InterruptedException {
        ClockWatch watch = new ClockWatch(clock.instant(), NANOS.getAsLong());
        Vigil vigil = new Vigil(manager, pulses, NANOS);
        while (true) {
            Order order = orders.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
            Duration jump = watch.jump(clock.instant(), NANOS.getAsLong());
            if (!jump.isZero()) {
                LOG.warn(
                        "the clock was set by {}, or the machine slept: the next scans are planned anew",
                        Told.seconds(jump));
                plan(timetable, store);
                post.call();
            }
            if (order == Order.END) {
                return;
            } else if (order == Order.RELOAD) {
                reload(scans, timetable, store, vigil);
                post.call();
            } else if (order == Order.PLAN) {
                plan(timetable, store);
            }
            askForRoots(timetable, store);
            scans.watch();
            scheduled.resize();
            control.watch();
            doing = scans.words().orElseGet(() -> idle(timetable, store));
            vigil.tick(doing);
        }
    }

    private String idle(Timetable timetable, StoreKeeper store) {
        if (!store.isWell()) {
            return "waiting for the store";
        }
        return settings.audit().roots().stream()
                .map(RootSettings::path)
                .flatMap(root -> timetable.next(root).stream())
                .min(Instant::compareTo)
                .map(next -> "idle; the next scan is due at " + next.truncatedTo(ChronoUnit.SECONDS))
                .orElse("idle; there is nothing to scan");
    }

    /** The new configuration, or the old one if there is something wrong with the new. */
    private void reload(Scans scans, Timetable timetable, StoreKeeper store, Vigil vigil) {
        manager.tell("RELOADING=1\nMONOTONIC_USEC=" + manager.monotonicMicros());
        try {
            Settings before = settings;
            settings = read();
            scans.limit(settings.service().concurrentScans());
            plan(timetable, store);
            logs.follow(settings.log());
            LOG.info("the configuration was read anew: {}", roots());
            tellLeftOut(before);
            if (!before.service().socket().equals(settings.service().socket())
                    || !before.audit().store().equals(settings.audit().store())) {
                LOG.warn("another store or socket is used from the next start on");
            }
        } catch (BadConfigurationException e) {
            e.getMessage().lines().forEach(line -> LOG.error("{}", line));
            LOG.error("the configuration was not read anew: the one before is still in force");
        }
        manager.tell("READY=1");
        vigil.tellAgain();
    }

    private Set<PathBytes> known() {
        return settings.audit().roots().stream().map(RootSettings::path).collect(Collectors.toSet());
    }

    private void tellLeftOut(Settings before) {
        before.audit().roots().stream()
                .map(RootSettings::path)
                .filter(root -> settings.audit().roots().stream()
                        .noneMatch(r -> r.path().equals(root)))
                .forEach(root -> LOG.info("{} is no longer scanned, and nobody is told of it", root));
    }

    /** Without a root in it, the usual one is meant, if it is there. */
    private Settings read() throws BadConfigurationException {
        Settings asWritten = configuration.read();
        Settings read = configuration.named(asWritten, known());
        written = asWritten;
        rootsAsked = NANOS.getAsLong();
        return read.audit().roots().isEmpty() && Files.isDirectory(USUAL_ROOT)
                ? read.with(read.audit().with(List.of(read.audit().governing(PathBytes.of(USUAL_ROOT.toString())))))
                : read;
    }

    /** Where the web servers say which roots there are, they are asked now and then: sites come and go. */
    private void askForRoots(Timetable timetable, StoreKeeper store) {
        Duration every = settings.service().defaults().every().orElse(ROOTS_EVERY);
        long pause = Math.min(every.toNanos(), ROOTS_EVERY.toNanos());
        boolean due = NANOS.getAsLong() - rootsAsked >= pause;
        if (written.audit().choice() == AuditSettings.Choice.NAMED || !due) {
            return;
        }
        rootsAsked = NANOS.getAsLong();
        try {
            Settings now = configuration.named(written, known());
            if (!now.equals(settings)) {
                Settings before = settings;
                settings = now;
                plan(timetable, store);
                LOG.info("the web servers' configurations name other roots than before: {}", roots());
                tellLeftOut(before);
            }
            rootsUnknown = "";
        } catch (BadConfigurationException e) {
            if (!rootsUnknown.equals(e.getMessage())) {
                rootsUnknown = e.getMessage();
                LOG.error("{}; the roots before are still scanned", rootsUnknown);
            }
        }
    }

    private String roots() {
        int roots = settings.audit().roots().size();
        return roots == 0 ? "no root is configured" : roots == 1 ? "1 root" : roots + " roots";
    }

    private void plan(Timetable timetable, StoreKeeper store) {
        Map<PathBytes, ScheduleSettings> roots = new HashMap<>();
        settings.audit()
                .roots()
                .forEach(r -> roots.put(r.path(), settings.service().of(r.path())));
        if (store.isWell()) {
            timetable.plan(roots, root -> last(root, store), clock.instant());
        }
    }

    private static Optional<Instant> last(PathBytes root, StoreKeeper store) {
        try (History history = store.borrow()) {
            return history.scans(root, SCANS).stream()
                    .filter(RecordedScan::finished)
                    .map(RecordedScan::started)
                    .findFirst();
        } catch (StoreException e) {
            return Optional.empty(); // its keeper tells
        }
    }

    private void serve(Connection connection, Inside.Rights rights, Scans scans, StoreKeeper store, Post post)
            throws IOException {
        Request request = connection.request();
        Inside inside = new Inside() {
            @Override
            public Rights rights() {
                return rights;
            }

            @Override
            public Settings settings() {
                return settings;
            }

            @Override
            public String doing() {
                return doing;
            }

            @Override
            public Optional<LogCounts> logs() {
                return logs.counts();
            }

            @Override
            public History history() throws StoreException {
                return store.borrow();
            }

            @Override
            public ScanReport scan(Audit audit, ScanRequest asked, Optional<Audit.Memory> memory)
                    throws InterruptedException, IOException {
                Duration deadline = asked.roots().stream()
                        .map(r -> settings.service().of(r.settings().path()).deadline())
                        .reduce(Duration.ZERO, Duration::plus);
                return scans.run(audit, asked, memory, deadline, connection::isThere);
            }
        };
        connection.end(commands.run(request, inside, connection.stream(Frame.OUT), connection.stream(Frame.ERR)));
        post.call();
    }

    /** Makes threads of that name that do not keep the process alive. */
    static ThreadFactory named(String name) {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
