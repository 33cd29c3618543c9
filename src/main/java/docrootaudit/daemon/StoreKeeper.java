package docrootaudit.daemon;

import docrootaudit.history.History;
import docrootaudit.history.StoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The history, open for as long as the service runs. It is looked at all the time; trouble is told once, tried again
 * ever more rarely, and its end is told.
 */
final class StoreKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(StoreKeeper.class);
    private static final Duration USUAL = Duration.ofSeconds(10);
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration RAREST = Duration.ofMinutes(1);

    private final History history;
    private final Runnable answered;
    private final Runnable recovered;
    private final Consumer<String> lost;
    private volatile Optional<StoreException> trouble = Optional.empty();
    private Duration pause = FIRST;
    /** Which store it was when it was last seen; it may be put back, or another take its place. */
    private Optional<UUID> known = Optional.empty();

    /**
     * @param history open
     * @param answered called whenever the store has answered, were it with an error
     * @param recovered called when trouble is over
     * @param lost told in a sentence when the store was taken away and a new one had to be begun
     */
    StoreKeeper(History history, Runnable answered, Runnable recovered, Consumer<String> lost) {
        this.history = history.lend();
        this.answered = answered;
        this.recovered = recovered;
        this.lost = lost;
    }

    /** For one use; closing it closes nothing. */
    History borrow() throws StoreException {
        if (trouble.isPresent()) {
            throw trouble.get();
        }
        return history;
    }

    boolean isWell() {
        return trouble.isEmpty();
    }

    /** Looks at the store from now on, by a thread of this executor. */
    void tend(ScheduledExecutorService executor) {
        Duration next = look();
        if (!executor.isShutdown()) {
            var unused = executor.schedule(() -> tend(executor), next.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Looks once; answers when to look again. */
    Duration look() {
        try {
            UUID found = history.check();
            if (!known.map(found::equals).orElse(true)) {
                lost.accept("the store in " + Told.path(history.directory())
                        + " was removed while it was in use: a new one was begun, and what was known and what"
                        + " waited to be told is lost");
            }
            known = Optional.of(found);
            if (trouble.isPresent()) {
                trouble = Optional.empty();
                LOG.info("the store can be used again");
                recovered.run();
            }
            pause = FIRST;
            return USUAL;
        } catch (StoreException e) {
            String before = trouble.map(Throwable::getMessage).orElse("");
            trouble = Optional.of(e);
            if (!before.equals(e.getMessage())) {
                LOG.error("{}", e.getMessage());
            }
            Duration now = pause;
            pause = now.multipliedBy(2).compareTo(RAREST) > 0 ? RAREST : now.multipliedBy(2);
            return now;
        } finally {
            answered.run();
        }
    }

    void close() {
        history.reclaim();
    }
}
