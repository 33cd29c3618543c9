package docrootaudit.daemon;

import docrootaudit.access.PathBytes;
import docrootaudit.audit.LogFinder;
import docrootaudit.audit.LogFollower;
import docrootaudit.audit.LogInput;
import docrootaudit.audit.LogSettings;
import docrootaudit.finding.Encounters;
import docrootaudit.finding.LogCounts;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has logs followed by a thread of its own, which waits for nobody and which nobody waits for; none without logs. */
final class FollowedLogs {
    private static final Logger LOG = LoggerFactory.getLogger(FollowedLogs.class);
    private static final long EVERY_SECONDS = 2;

    /** A server may be told to log elsewhere at any time. */
    private static final long LOOK_AGAIN_SECONDS = 600;

    /** Each is open, and looked at every few seconds. */
    private static final int MOST_FOUND = 500;

    private final Supplier<LogFollower> making;
    private final Supplier<LogFinder> finding;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(Daemon.named("logs"));
    private volatile Optional<LogFollower> follower = Optional.empty();
    private LogSettings settings = LogSettings.DEFAULT;

    /**
     * @param making makes what follows, for it takes native code
     * @param finding looks what the web servers' configurations name now
     */
    FollowedLogs(Supplier<LogFollower> making, Supplier<LogFinder> finding) {
        this.making = making;
        this.finding = finding;
    }

    /** Follows these from now on. */
    void follow(LogSettings wanted) {
        if (follower.isPresent() || !wanted.isNone()) {
            thread.execute(() -> {
                settings = wanted;
                follower();
                look();
            });
        }
    }

    private void look() {
        try {
            LogFinder finder = finding.get();
            List<LogInput> logs = settings.choice() == LogSettings.Choice.AUTO
                    ? finder.find().logs().stream().limit(MOST_FOUND).toList()
                    : settings.files().stream().map(finder::named).toList();
            follower().follow(logs);
        } catch (RuntimeException e) {
            // a schedule ends with the first exception
            LOG.error("the logs could not be looked for", e);
        }
    }

    /** What they told; empty if none is followed, or one of them does not answer. */
    Optional<LogCounts> counts() {
        return follower.flatMap(LogFollower::counts);
    }

    /** Whom a cause met, by what they told. */
    Optional<Encounters> met(PathBytes blamed, int names) {
        return follower.flatMap(f -> f.met(blamed, names));
    }

    void end() {
        thread.shutdown();
    }

    private LogFollower follower() {
        if (follower.isEmpty()) {
            LogFollower made = making.get();
            follower = Optional.of(made);
            var unused = thread.scheduleWithFixedDelay(() -> poll(made), 0, EVERY_SECONDS, TimeUnit.SECONDS);
            unused =
                    thread.scheduleWithFixedDelay(this::look, LOOK_AGAIN_SECONDS, LOOK_AGAIN_SECONDS, TimeUnit.SECONDS);
        }
        return follower.get();
    }

    private static void poll(LogFollower follower) {
        try {
            follower.poll();
        } catch (RuntimeException e) {
            // a schedule ends with the first exception
            LOG.error("the logs could not be followed for a while", e);
        }
    }
}
