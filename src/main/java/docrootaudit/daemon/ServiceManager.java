package docrootaudit.daemon;

import java.time.Duration;
import java.util.Optional;

/** Who started the service and wants to know how it is (sd_notify(3)); nobody may. */
public interface ServiceManager {
    /** Tells it, such as {@code READY=1}. Does not fail: the service goes on without. */
    void tell(String state);

    /** How often it wants a sign of life; empty: never. */
    Optional<Duration> watchdog();

    /** The time of the clock that it compares by (CLOCK_MONOTONIC), in microseconds. */
    long monotonicMicros();
}
