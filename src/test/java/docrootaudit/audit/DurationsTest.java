package docrootaudit.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({"10 s,PT10S", "30min,PT30M", "2h,PT2H", "400 days,PT9600H", "1 week,PT168H", "999999999 w,P6999999993D"
    })
    void reads_what_people_write(String text, Duration duration) {
        assertEquals(Optional.of(duration), Durations.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "s", "-1 s", "1.5 h", "1  h", "1 month", "1 H", "9999999999 s", "1 h 30 min"})
    void refuses_the_rest(String text) {
        assertEquals(Optional.empty(), Durations.parse(text));
    }
}
