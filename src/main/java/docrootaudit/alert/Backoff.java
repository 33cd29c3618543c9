package docrootaudit.alert;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait for another try: a minute, then twice as long each time, up to an hour, with some jitter. */
final class Backoff {
    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    /** A fifth more or less, so that what failed together is not tried together for ever. */
    private static final double JITTER = 0.2;

    private Backoff() {}

    /** No try is ever put off by more: one that is due later than that was put off before the clock was set back. */
    static final Duration MOST = LONGEST.plus(LONGEST.dividedBy(5));

    /** @param tries in vain so far, at least 1 */
    static Duration after(int tries, RandomGenerator random) {
        long plain = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(tries - 1, 16));
        return Duration.ofMillis(Math.round(plain * (1 - JITTER + 2 * JITTER * random.nextDouble())));
    }
}
