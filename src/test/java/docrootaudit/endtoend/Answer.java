package docrootaudit.endtoend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** How a process ended and what it wrote. */
final class Answer {
    private final int status;
    private final byte[] out;
    private final byte[] error;

    Answer(int status, byte[] out, byte[] error) {
        this.status = status;
        this.out = out;
        this.error = error;
    }

    int status() {
        return status;
    }

    byte[] out() {
        return out.clone();
    }

    String text() {
        return new String(out, UTF_8);
    }

    String err() {
        return new String(error, UTF_8);
    }

    Json json() {
        return Json.of(out);
    }

    /** What stands before each NUL, a byte a character. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < out.length; i++) {
            if (out[i] == 0) {
                names.add(new String(Arrays.copyOfRange(out, start, i), ISO_8859_1));
                start = i + 1;
            }
        }
        assertEquals(out.length, start, "the last name ends with a NUL too");
        return names;
    }

    /** With this status, and without the marks of an exception that nobody expected. */
    Answer ended(int expected) {
        assertEquals(expected, status, () -> "exit status of\n" + this);
        return clean();
    }

    Answer clean() {
        for (String text : List.of(text(), err())) {
            assertFalse(text.contains("\tat ") || text.contains("Exception"), () -> "a stack trace in\n" + this);
            assertFalse(text.contains("a fault of this program"), this::toString);
        }
        return this;
    }

    /** The one sentence on standard error. */
    String sentence() {
        assertEquals(
                1, err().lines().filter(l -> !l.equals("Try audit --help.")).count(), this::toString);
        assertTrue(err().startsWith("audit: "), this::toString);
        return err().lines().findFirst().orElseThrow();
    }

    /** The report in text with its lines joined, as if the page were endless. */
    String prose() {
        return text().lines().map(String::strip).collect(Collectors.joining(" "));
    }

    @Override
    public String toString() {
        return "status " + status + "\n" + text() + "\n" + err();
    }
}
