package docrootaudit.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
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
