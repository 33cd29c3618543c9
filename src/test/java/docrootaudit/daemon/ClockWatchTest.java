package docrootaudit.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockWatchTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private final ClockWatch watch = new ClockWatch(NOON, 0);

    @Test
    void time_that_passes_is_no_jump() {
        assertEquals(
                Duration.ZERO,
                watch.jump(NOON.plusSeconds(3600), Duration.ofHours(1).toNanos()));
    }

    @Test
    void a_clock_that_is_slewed_is_no_jump() {
        assertEquals(
                Duration.ZERO,
                watch.jump(NOON.plusSeconds(2), Duration.ofSeconds(1).toNanos()));
    }

    @Test
    void a_clock_set_back_is_told_by_how_much() {
        assertEquals(
                Duration.ofDays(-1),
                watch.jump(
                        NOON.minus(Duration.ofDays(1)).plusSeconds(1),
                        Duration.ofSeconds(1).toNanos()));
    }

    @Test
    void a_jump_is_told_once() {
        Instant ahead = NOON.plus(Duration.ofDays(1));
        watch.jump(ahead, 0);

        assertEquals(
                Duration.ZERO,
                watch.jump(ahead.plusSeconds(1), Duration.ofSeconds(1).toNanos()));
    }
}
