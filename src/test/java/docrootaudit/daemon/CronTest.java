package docrootaudit.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {
    private static final ZoneId UTC = ZoneId.of("UTC");

    /** Wednesday 25 November 2026, noon. */
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    30 3 * * *         | 2026-11-26T03:30:00Z
                    */15 * * * *       | 2026-11-25T12:15:00Z
                    */10 * * * * *     | 2026-11-25T12:00:10Z
                    0 4 * * 0          | 2026-11-29T04:00:00Z
                    0 4 * * 7          | 2026-11-29T04:00:00Z
                    0 4 * * sun        | 2026-11-29T04:00:00Z
                    0 4 * * 4          | 2026-11-26T04:00:00Z
                    0 4 * * 1-5        | 2026-11-26T04:00:00Z
                    0 4 * * 6,7        | 2026-11-28T04:00:00Z
                    0 4 * * 5-7        | 2026-11-27T04:00:00Z
                    0 4 * * mon-tue    | 2026-11-30T04:00:00Z
                    0 4 1 * *          | 2026-12-01T04:00:00Z
                    0 4 1 jan *        | 2027-01-01T04:00:00Z
                    @daily             | 2026-11-26T00:00:00Z
                    @weekly            | 2026-11-29T00:00:00Z
                    """)
    void its_next_time_is_what_crontab_means(String text, Instant next) {
        assertEquals(next, new Cron(text).after(NOON, UTC).orElseThrow());
    }

    @Test
    void its_times_are_of_the_zone() {
        assertEquals(
                Instant.parse("2026-11-26T02:30:00Z"),
                new Cron("30 3 * * *").after(NOON, ZoneId.of("Europe/Berlin")).orElseThrow());
    }

    /** As cron(8) has it; in Lord Howe the clocks are set by half an hour, in Cairo at midnight, and in Apia by a day. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    30 2 * * *   | Europe/Berlin       | 2026-03-28T12:00:00Z | 2026-03-29T01:00:00Z 2026-03-30T00:30:00Z
                    30 2 * * 0   | Europe/Berlin       | 2026-03-28T12:00:00Z | 2026-03-29T01:00:00Z 2026-04-05T00:30:00Z
                    0,30 2 * * * | Europe/Berlin       | 2026-03-28T12:00:00Z | 2026-03-29T01:00:00Z 2026-03-30T00:00:00Z
                    0 2,3 * * *  | Europe/Berlin       | 2026-03-28T12:00:00Z | 2026-03-29T01:00:00Z 2026-03-30T00:00:00Z
                    30 1 * * *   | Europe/Berlin       | 2026-03-28T12:00:00Z | 2026-03-29T00:30:00Z 2026-03-29T23:30:00Z
                    30 * * * *   | Europe/Berlin       | 2026-03-29T00:00:00Z | 2026-03-29T00:30:00Z 2026-03-29T01:30:00Z
                    30 2 * * *   | Europe/Berlin       | 2026-10-24T12:00:00Z | 2026-10-25T00:30:00Z 2026-10-26T01:30:00Z
                    30 2 * * *   | Europe/Berlin       | 2026-10-25T01:10:00Z | 2026-10-26T01:30:00Z 2026-10-27T01:30:00Z
                    0 3 * * *    | Europe/Berlin       | 2026-10-24T12:00:00Z | 2026-10-25T02:00:00Z 2026-10-26T02:00:00Z
                    0 * * * *    | Europe/Berlin       | 2026-10-24T23:30:00Z | 2026-10-25T00:00:00Z 2026-10-25T01:00:00Z
                    30 */2 * * * | Europe/Berlin       | 2026-10-24T23:30:00Z | 2026-10-25T00:30:00Z 2026-10-25T01:30:00Z
                    */30 * * * * | Europe/Berlin       | 2026-10-25T00:10:00Z | 2026-10-25T00:30:00Z 2026-10-25T01:00:00Z
                    15 2 * * *   | Australia/Lord_Howe | 2026-10-03T00:00:00Z | 2026-10-03T15:30:00Z 2026-10-04T15:15:00Z
                    45 1 * * *   | Australia/Lord_Howe | 2026-04-04T00:00:00Z | 2026-04-04T14:45:00Z 2026-04-05T15:15:00Z
                    @daily       | Africa/Cairo        | 2026-04-23T00:00:00Z | 2026-04-23T22:00:00Z 2026-04-24T21:00:00Z
                    @daily       | Africa/Cairo        | 2026-10-29T12:00:00Z | 2026-10-29T22:00:00Z 2026-10-30T22:00:00Z
                    0 12 * * *   | Pacific/Apia        | 2011-12-29T23:00:00Z | 2011-12-30T10:00:00Z 2011-12-30T22:00:00Z
                    0 0 29 2 *   | Europe/Berlin       | 2026-11-25T12:00:00Z | 2028-02-28T23:00:00Z 2032-02-28T23:00:00Z
                    """)
    void where_clocks_are_set_none_is_left_out_and_none_made_twice(
            String text, ZoneId zone, Instant from, String next) {
        Instant first = new Cron(text).after(from, zone).orElseThrow();
        Instant second = new Cron(text).after(first, zone).orElseThrow();

        assertEquals(next, first + " " + second);
    }

    /** The hours that pass are those of UTC: no zone shifts its clocks by a part of a minute today. */
    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "Africa/Cairo", "Australia/Lord_Howe", "America/New_York", "UTC"})
    void what_is_meant_for_every_minute_leaves_out_none_of_a_year(ZoneId zone) {
        Cron cron = new Cron("*/30 * * * *");
        Instant time = Instant.parse("2026-01-01T00:00:00Z");
        while (time.isBefore(Instant.parse("2027-01-01T00:00:00Z"))) {
            Instant next = cron.after(time, zone).orElseThrow();
            assertEquals(time.plusSeconds(1800), next);
            time = next;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "Africa/Cairo", "Australia/Lord_Howe", "America/New_York", "UTC"})
    void what_is_meant_for_a_time_of_day_happens_once_each_day_of_a_year(ZoneId zone) {
        for (int minute = 0; minute < 4 * 60; minute += 15) {
            Cron cron = new Cron(minute % 60 + " " + minute / 60 + " * * *");
            LocalDate day = LocalDate.of(2026, 1, 1);
            Instant time = day.atStartOfDay(zone).toInstant().minusSeconds(1);
            while (day.getYear() == 2026) {
                time = cron.after(time, zone).orElseThrow();
                assertEquals(day, LocalDate.ofInstant(time, zone), cron.text());
                day = day.plusDays(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "* * * *",
                "* * * * * * *",
                "60 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "* * * 13 *",
                "* * * * 8",
                "* * * * 99999999999",
                "0 3 1 * 1",
                "0 0 30 2 *",
                "? * * * *",
                "0 3 L * *",
                "0 3 * * 1#2",
                "0 0 * * *\u001b[2J",
                "@never"
            })
    void what_crontab_does_not_know_is_refused(String text) {
        assertThrows(IllegalArgumentException.class, () -> new Cron(text));
    }
}
