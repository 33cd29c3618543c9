package docrootaudit.daemon;

import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the service manager how the service is: in words, and by signs of life while all its parts give theirs. */
final class Vigil {
    private static final Logger LOG = LoggerFactory.getLogger(Vigil.class);

    private final ServiceManager manager;
    private final Pulses pulses;
    private final LongSupplier nanos;
    private String status = "";
    private List<Pulses.Part> silent = List.of();
    private long fed;

    /** @param nanos a clock that nobody sets */
    Vigil(ServiceManager manager, Pulses pulses, LongSupplier nanos) {
        this.manager = manager;
        this.pulses = pulses;
        this.nanos = nanos;
        fed = nanos.getAsLong();
    }

    /**
     * To be called about once a second.
     *
     * @param now what the service does, in words
     */
    void tick(String now) {
        if (!status.equals(now)) {
            status = now;
            manager.tell("STATUS=" + now);
        }
        List<Pulses.Part> gone = pulses.silent();
        if (!gone.equals(silent)) {
            gone.forEach(part -> LOG.error("{} gives no sign of life any more", part));
            silent = gone;
        }
        // half of the time that it waits, as sd_watchdog_enabled(3) recommends
        boolean due = manager.watchdog()
                .map(every -> nanos.getAsLong() - fed >= every.toNanos() / 2)
                .orElse(false);
        if (due && gone.isEmpty()) {
            manager.tell("WATCHDOG=1");
            fed = nanos.getAsLong();
        }
    }

    /** What was told is forgotten. */
    void tellAgain() {
        status = "";
    }
}
