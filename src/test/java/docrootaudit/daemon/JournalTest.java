package docrootaudit.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JournalTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(new Journal(out), true, StandardCharsets.UTF_8);

    private String written() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void levels_become_priorities() {
        err.println("ERROR a");
        err.println("WARN b");
        err.println("INFO c");
        err.println("DEBUG d");

        assertEquals("<3>a\n<4>b\n<6>c\n<7>d\n", written());
    }

    @Test
    void what_else_is_written_is_a_warning() {
        err.println("Exception in thread \"x\" java.lang.Error");
        err.println("\tat a.B.c(B.java:1)");

        assertEquals("<4>Exception in thread \"x\" java.lang.Error\n<4>at a.B.c(B.java:1)\n", written());
    }

    @Test
    void nothing_that_was_written_can_pass_for_another_event_or_move_the_terminal() {
        err.println("INFO \u001b[2J \r<0>all is lost \u202e");

        assertEquals("<6>\\x1b[2J \\r<0>all is lost \\u202e\n", written());
    }

    @Test
    void names_are_told_in_their_letters() {
        err.println("INFO /srv/müll/日本");

        assertEquals("<6>/srv/müll/日本\n", written());
    }

    @Test
    void empty_lines_are_no_events() {
        err.println();
        err.println("   ");

        assertEquals("", written());
    }
}
