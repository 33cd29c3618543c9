package docrootaudit.daemon;

import docrootaudit.alert.AlertPolicy;
import docrootaudit.alert.Postman;
import docrootaudit.alert.Recipient;
import docrootaudit.alert.Transport;
import docrootaudit.alert.Witnesses;
import docrootaudit.audit.StoredOutbox;
import docrootaudit.history.History;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread of the postman: he goes his round after each scan and each command, and when something is due. */
final class Post {
    private static final Logger LOG = LoggerFactory.getLogger(Post.class);

    /** Clocks are set, and a round that is due in a day may be due in a minute then. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Supplier<Settings> settings;
    private final Ways ways;
    private final History history;
    private final Clock clock;
    private final Runnable beat;
    private final Witnesses witnesses;
    private final Supplier<Optional<String>> unwritten;
    private final AtomicReference<Optional<String>> lost = new AtomicReference<>(Optional.empty());
    private final Semaphore calls = new Semaphore(0);
    private final Thread thread = Daemon.named("post").newThread(this::work);
    /** By what settings the postman goes his rounds. */
    private Optional<Settings> known = Optional.empty();

    private Optional<Postman> postman = Optional.empty();
    private volatile boolean over;

    /**
     * @param settings in force
     * @param history with the outbox
     * @param beat called whenever a round is over, and before each delivery
     * @param witnesses know whom a cause met
     * @param unwritten why something that scans saw could not be kept the last time, if it could not
     */
    Post(
            Supplier<Settings> settings,
            Ways ways,
            History history,
            Clock clock,
            Runnable beat,
            Witnesses witnesses,
            Supplier<Optional<String>> unwritten) {
        this.settings = settings;
        this.ways = ways;
        this.history = history;
        this.clock = clock;
        this.beat = beat;
        this.witnesses = witnesses;
        this.unwritten = unwritten;
    }

    void start() {
        thread.start();
    }

    /** Something may have happened that is to be told. */
    void call() {
        calls.release();
    }

    /** What was remembered is gone, for that reason. */
    void lost(String sentence) {
        lost.set(Optional.of(sentence));
        call();
    }

    private void work() {
        try {
            while (!over) {
                Optional<Instant> next = round();
                beat.run();
                rest(next);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<Instant> round() {
        try {
            Settings now = settings.get();
            if (!known.equals(Optional.of(now))) {
                postman = postman(now);
                known = Optional.of(now);
            }
            Optional<String> gone = lost.getAndSet(Optional.empty());
            postman.ifPresent(p -> gone.ifPresent(p::lost));
            return postman.flatMap(Postman::run);
        } catch (RuntimeException e) {
            LOG.error("a fault of this program; alerts are tried again in a minute", e);
            known = Optional.empty();
            return Optional.empty();
        }
    }

    /** None where nobody is to be told. */
    private Optional<Postman> postman(Settings now) {
        Map<Recipient.Channel, Transport> transports = new EnumMap<>(Recipient.Channel.class);
        ways.transports().apply(now).forEach((channel, way) -> transports.put(channel, beating(way)));
        if (transports.isEmpty()) {
            return Optional.empty();
        }
        AlertPolicy policy = new AlertPolicy(now.alerts(), transports.keySet(), now::tells);
        Postman.Composers composers = ways.composers().apply(now, witnesses);
        return Optional.of(postman.map(p -> p.by(policy, composers, transports))
                .orElseGet(() -> new Postman(
                        clock,
                        RandomGenerator.getDefault(),
                        new StoredOutbox(history, unwritten),
                        policy,
                        composers,
                        transports)));
    }

    /** A round of many messages to a slow server is long, and alive all the same. */
    private Transport beating(Transport way) {
        return message -> {
            beat.run();
            return way.deliver(message);
        };
    }

    private void rest(Optional<Instant> until) throws InterruptedException {
        long most = LONGEST.toMillis();
        long left = until.map(next -> Duration.between(clock.instant(), next).toMillis())
                .orElse(most);
        if (calls.tryAcquire(Math.max(1, Math.min(most, left)), TimeUnit.MILLISECONDS)) {
            calls.drainPermits();
        }
    }

    /**
     * Begins no further round, and waits so long for the one at hand. One that takes longer ends with the process, and
     * the message that was on its way goes out again, with the same id. It is not interrupted: that would close the
     * file under the store.
     */
    void end(long millis) throws InterruptedException {
        over = true;
        call();
        thread.join(millis);
    }
}
