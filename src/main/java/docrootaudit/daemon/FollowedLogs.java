package docrootaudit.daemon;

import docrootaudit.audit.LogFollower;
import docrootaudit.audit.LogSettings;
import docrootaudit.finding.LogCounts;
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

    private final Supplier<LogFollower> making;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(Daemon.named("logs"));
    private volatile Optional<LogFollower> follower = Optional.empty();

    FollowedLogs(Supplier<LogFollower> making) {
        this.making = making;
    }

    /** Follows these from now on. */
    void follow(LogSettings settings) {
        if (follower.isPresent() || !settings.files().isEmpty()) {
            thread.execute(() -> follower().follow(settings));
        }
    }

    /** What they told; empty if none is followed, or one of them does not answer. */
    Optional<LogCounts> counts() {
        return follower.flatMap(LogFollower::counts);
    }

    void end() {
        thread.shutdown();
    }

    private LogFollower follower() {
        if (follower.isEmpty()) {
            LogFollower made = making.get();
            follower = Optional.of(made);
            var unused = thread.scheduleWithFixedDelay(() -> poll(made), 0, EVERY_SECONDS, TimeUnit.SECONDS);
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
