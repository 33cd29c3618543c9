package docrootaudit.daemon;

import java.time.Duration;
import java.time.Instant;

/** Notices that the clock was set: the time of day then moves otherwise than a clock that nobody sets. */
final class ClockWatch {
    /** Less is what time synchronisation does all day. */
    private static final Duration NOTABLE = Duration.ofSeconds(30);

    private Instant time;
    private long nanos;

    ClockWatch(Instant time, long nanos) {
        this.time = time;
        this.nanos = nanos;
    }

    /** By how much it was set since the last call; negative: back, zero: it was not. A suspended machine's goes ahead. */
    Duration jump(Instant now, long nanosNow) {
        Duration jump = Duration.between(time, now).minusNanos(nanosNow - nanos);
        time = now;
        nanos = nanosNow;
        return jump.abs().compareTo(NOTABLE) > 0 ? jump : Duration.ZERO;
    }
}
