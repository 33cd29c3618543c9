package docrootaudit.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long MILLISECOND = Duration.ofMillis(1).toNanos();
    private static final int ANY_PRESSURE = 100;

    /** Not 0: a clock of that kind begins anywhere. */
    private final AtomicLong nanos = new AtomicLong(-7 * MILLISECOND);

    private List<Duration> waited = List.of(Duration.ofSeconds(100), Duration.ofSeconds(50));

    private Pace pace(OptionalInt rate, int pressure) {
        return new Pace(rate, pressure, () -> waited, nanos::get);
    }

    private void pass(long millis) {
        nanos.addAndGet(millis * MILLISECOND);
    }

    private void othersWait(long processorMillis, long diskMillis) {
        waited =
                List.of(waited.get(0).plusMillis(processorMillis), waited.get(1).plusMillis(diskMillis));
    }

    /** How many milliseconds of the next so many a worker rests that visits an entry each millisecond it does not. */
    private long rests(Pace pace, int millis, Runnable eachMillisecond) {
        long rests = 0;
        int visited = 0;
        for (int i = 0; i < millis; i++) {
            boolean isResting = pace.rest(visited) > 0;
            visited = isResting ? 0 : 1;
            rests += isResting ? 1 : 0;
            pass(1);
            eachMillisecond.run();
        }
        return rests;
    }

    private static void about(long expected, long actual, long off) {
        assertTrue(Math.abs(actual - expected) <= off, actual + " is not about " + expected);
    }

    @Test
    void goes_on_and_on_where_nothing_bounds_it() {
        assertEquals(0, rests(Pace.FASTEST, 10_000, () -> othersWait(1, 1)));
        assertTrue(Pace.FASTEST.isFastest());
    }

    @Test
    void visits_no_more_entries_a_second_than_it_may() {
        Pace pace = pace(OptionalInt.of(100), ANY_PRESSURE);

        about(9_000, rests(pace, 10_000, () -> {}), 100);
    }

    @Test
    void makes_up_for_nothing_after_a_directory_that_was_slow() {
        Pace pace = pace(OptionalInt.of(100), ANY_PRESSURE);
        pace.rest(1);
        pass(60_000);

        assertEquals(10 * MILLISECOND, pace.rest(1));
    }

    @Test
    void shares_a_rate_among_its_workers() {
        Pace pace = pace(OptionalInt.of(1000), ANY_PRESSURE);

        assertEquals(64 * MILLISECOND, pace.rest(64));
        assertEquals(128 * MILLISECOND, pace.rest(64));
    }

    @Test
    void holds_still_a_twentieth_of_the_time_to_see_that_nobody_waits() {
        about(500, rests(pace(OptionalInt.empty(), 30), 10_500, () -> othersWait(0, 0)), 50);
    }

    @Test
    void rests_while_others_wait_for_a_processor() {
        about(8_333, rests(pace(OptionalInt.empty(), 30), 10_000 + 1_000, () -> othersWait(1, 0)), 1_000);
    }

    @Test
    void rests_while_others_wait_for_a_disk() {
        about(8_333, rests(pace(OptionalInt.empty(), 30), 10_000 + 1_000, () -> othersWait(0, 1)), 1_000);
    }

    @Test
    void goes_on_as_soon_as_they_do_not() {
        Pace pace = pace(OptionalInt.empty(), 30);
        rests(pace, 2_000, () -> othersWait(1, 1));

        about(50, rests(pace, 1_000, () -> {}), 60);
    }

    @Test
    void does_not_mind_what_is_waited_for_while_it_goes() {
        Pace pace = pace(OptionalInt.empty(), 30);
        List<Long> resting = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            boolean rests = pace.rest(1) > 0;
            if (rests) {
                resting.add(nanos.get());
            } else {
                othersWait(1, 1); // itself, for all anybody knows
            }
            pass(1);
        }

        about(500, resting.size(), 60);
    }

    @Test
    void does_not_mind_a_little() {
        AtomicLong count = new AtomicLong();

        about(
                500,
                rests(
                        pace(OptionalInt.empty(), 30),
                        10_500,
                        () -> othersWait(count.incrementAndGet() % 4 == 0 ? 1 : 0, 0)),
                60);
    }

    @Test
    void does_not_hold_still_where_nobody_knows_who_waits() {
        waited = List.of();

        assertEquals(0, rests(pace(OptionalInt.empty(), 30), 10_000, () -> {}));
    }
}
