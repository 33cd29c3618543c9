package docrootaudit.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.quartz.Trigger;
import org.quartz.impl.triggers.CronTriggerImpl;
import org.quartz.impl.triggers.SimpleTriggerImpl;
import org.quartz.spi.OperableTrigger;

class ScheduleTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    private static ScheduleSettings every(Duration interval) {
        return new ScheduleSettings(
                Optional.of(interval), Optional.empty(), Optional.empty(), Duration.ZERO, Duration.ofHours(2));
    }

    private static ScheduleSettings at(String cron) {
        return new ScheduleSettings(
                Optional.empty(),
                Optional.of(new Cron(cron)),
                Optional.of(ZoneId.of("UTC")),
                Duration.ZERO,
                Duration.ofHours(2));
    }

    private static Instant next(ScheduleSettings settings, String last) {
        return new Schedule(settings).next(Optional.of(Instant.parse(last)), NOW);
    }

    @Test
    void a_root_that_was_never_scanned_is_due_at_once() {
        assertEquals(NOW, new Schedule(every(Duration.ofHours(1))).next(Optional.empty(), NOW));
        assertEquals(NOW, new Schedule(at("0 3 * * *")).next(Optional.empty(), NOW));
    }

    @Test
    void an_interval_counts_from_the_last_scan() {
        assertEquals(Instant.parse("2026-11-25T12:20:00Z"), next(every(Duration.ofHours(1)), "2026-11-25T11:20:00Z"));
    }

    @Test
    void what_was_missed_is_due_now_and_once() {
        assertEquals(NOW, next(every(Duration.ofHours(1)), "2026-11-20T12:00:00Z"));
        assertEquals(NOW, next(at("0 3 * * *"), "2026-11-20T03:00:00Z"));
    }

    @Test
    void set_times_that_were_kept_leave_the_next_one() {
        assertEquals(Instant.parse("2026-11-26T03:00:00Z"), next(at("0 3 * * *"), "2026-11-25T03:00:01Z"));
    }

    @Test
    void of_an_interval_and_set_times_the_first_counts() {
        ScheduleSettings both = new ScheduleSettings(
                Optional.of(Duration.ofDays(1)),
                Optional.of(new Cron("30 12 * * *")),
                Optional.of(ZoneId.of("UTC")),
                Duration.ZERO,
                Duration.ofHours(2));

        assertEquals(Instant.parse("2026-11-25T12:30:00Z"), next(both, "2026-11-25T11:20:00Z"));
    }

    @Test
    void a_scan_in_the_future_was_made_by_a_wrong_clock() {
        assertEquals(Instant.parse("2026-11-25T13:00:00Z"), next(every(Duration.ofHours(1)), "2030-01-01T00:00:00Z"));
    }

    @Test
    void jitter_is_never_more_than_the_interval() {
        ScheduleSettings often = new ScheduleSettings(
                Optional.of(Duration.ofSeconds(10)),
                Optional.empty(),
                Optional.empty(),
                Duration.ofMinutes(1),
                Duration.ofHours(2));

        assertEquals(Duration.ofSeconds(10), often.jitter());
    }

    /** After a night's sleep: the times at which a trigger fires if it is let to, up to some time. */
    private static List<Instant> afterSleep(ScheduleSettings settings, Instant before, Instant until) {
        Trigger trigger = Timetable.triggers(settings, Optional.of(before), before)
                .iterator()
                .next();
        OperableTrigger operable = (OperableTrigger) trigger;
        operable.computeFirstFireTime(null);
        operable.updateAfterMisfire(null);
        return Stream.iterate(
                        trigger.getNextFireTime(),
                        t -> t != null && !t.toInstant().isAfter(until),
                        t -> {
                            operable.triggered(null);
                            return operable.getNextFireTime();
                        })
                .map(Date::toInstant)
                .toList();
    }

    @Test
    void a_suspended_machine_makes_up_for_an_interval_once() {
        Instant now = Instant.now();
        List<Instant> fires =
                afterSleep(every(Duration.ofMinutes(10)), now.minus(Duration.ofHours(8)), now.plusSeconds(60));

        assertEquals(1, fires.size(), fires::toString);
    }

    @Test
    void a_suspended_machine_makes_up_for_set_times_once() {
        Instant now = Instant.now();
        List<Instant> fires = afterSleep(at("*/10 * * * *"), now.minus(Duration.ofHours(8)), now.plusSeconds(1));

        assertEquals(
                1, fires.stream().filter(f -> !f.isAfter(now.plusSeconds(1))).count(), fires::toString);
    }

    @Test
    void misfires_have_the_policy_that_is_meant() {
        Trigger interval = Timetable.triggers(every(Duration.ofHours(1)), Optional.of(NOW), NOW)
                .iterator()
                .next();
        Trigger set = Timetable.triggers(at("0 3 * * *"), Optional.of(NOW), NOW)
                .iterator()
                .next();

        assertEquals(
                SimpleTriggerImpl.MISFIRE_INSTRUCTION_RESCHEDULE_NOW_WITH_EXISTING_REPEAT_COUNT,
                interval.getMisfireInstruction());
        assertEquals(CronTriggerImpl.MISFIRE_INSTRUCTION_FIRE_ONCE_NOW, set.getMisfireInstruction());
    }
}
