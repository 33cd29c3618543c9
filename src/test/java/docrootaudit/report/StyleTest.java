package docrootaudit.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import docrootaudit.report.Style.Colour;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StyleTest {
    @Test
    void a_terminal_has_colour_unless_it_is_dumb_or_NO_COLOR_is_set() {
        assertEquals(Colour.ALWAYS, colour(Map.of("TERM", "xterm")));
        assertEquals(Colour.NEVER, colour(Map.of("TERM", "xterm", "NO_COLOR", "1")));
        assertEquals(Colour.ALWAYS, colour(Map.of("TERM", "xterm", "NO_COLOR", "")));
        assertEquals(Colour.NEVER, colour(Map.of("TERM", "dumb")));
        assertEquals(Colour.NEVER, colour(Map.of()));
    }

    @Test
    void the_width_is_the_terminals_within_reason() {
        assertEquals(120, width("120"));
        assertEquals(40, width("1"));
        assertEquals(80, width("wide"));
        assertEquals(80, width(""));
    }

    private static Colour colour(Map<String, String> environment) {
        return Style.terminal(StandardCharsets.UTF_8, environment).colour();
    }

    private static int width(String columns) {
        return Style.terminal(StandardCharsets.UTF_8, Map.of("COLUMNS", columns))
                .width();
    }
}
