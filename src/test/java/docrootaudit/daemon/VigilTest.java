package docrootaudit.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the service manager is told, by a clock that the test turns. */
class VigilTest {
    private long nanos;
    private final List<String> told = new ArrayList<>();
    private final Pulses pulses = new Pulses(() -> nanos);
    private final Vigil vigil = new Vigil(manager(Optional.of(Duration.ofSeconds(30))), pulses, () -> nanos);

    private ServiceManager manager(Optional<Duration> watchdog) {
        return new ServiceManager() {
            @Override
            public void tell(String state) {
                told.add(state);
            }

            @Override
            public Optional<Duration> watchdog() {
                return watchdog;
            }

            @Override
            public long monotonicMicros() {
                return nanos / 1000;
            }
        };
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private void beat(Pulses.Part... parts) {
        for (Pulses.Part part : parts) {
            pulses.beat(part);
        }
    }

    @Test
    void a_status_is_told_when_it_changes() {
        vigil.tick("idle");
        vigil.tick("idle");
        vigil.tick("scanning");

        assertEquals(List.of("STATUS=idle", "STATUS=scanning"), told);
    }

    @Test
    void the_watchdog_is_fed_twice_in_its_time() {
        vigil.tick("idle");
        told.clear();
        for (int second = 0; second < 60; second++) {
            pass(Duration.ofSeconds(1));
            beat(Pulses.Part.values());
            vigil.tick("idle");
        }

        assertEquals(List.of("WATCHDOG=1", "WATCHDOG=1", "WATCHDOG=1", "WATCHDOG=1"), told);
    }

    @Test
    void a_stuck_scheduler_starves_it() {
        vigil.tick("idle");
        told.clear();
        pass(Duration.ofSeconds(61));
        beat(Pulses.Part.STORE);
        vigil.tick("idle");

        assertEquals(List.of(), told);
    }

    @Test
    void a_store_that_does_not_answer_starves_it() {
        vigil.tick("idle");
        told.clear();
        pass(Duration.ofMinutes(11));
        beat(Pulses.Part.SCHEDULER);
        vigil.tick("idle");

        assertEquals(List.of(), told);
    }

    @Test
    void it_is_fed_again_when_the_parts_are_alive_again() {
        vigil.tick("idle");
        told.clear();
        pass(Duration.ofMinutes(11));
        vigil.tick("idle");
        beat(Pulses.Part.values());
        vigil.tick("idle");

        assertEquals(List.of("WATCHDOG=1"), told);
    }

    @Test
    void without_a_watchdog_nobody_is_fed() {
        Vigil free = new Vigil(manager(Optional.empty()), pulses, () -> nanos);
        pass(Duration.ofSeconds(50));
        free.tick("idle");

        assertEquals(List.of("STATUS=idle"), told);
    }
}
