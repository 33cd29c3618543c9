package docrootaudit.daemon;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.PathBytes;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RequestTest {
    private static final Request REQUEST = new Request(
            List.of(new byte[] {'n', 'o', 'w'}, new byte[] {'/', (byte) 0xff}),
            PathBytes.of("/srv"),
            "UTF-8",
            "Europe/Berlin",
            true,
            false,
            Map.of("TERM", "xterm"));

    @Test
    void it_arrives_as_it_was_sent() throws Exception {
        Request arrived = Request.of(REQUEST.bytes());

        assertArrayEquals(REQUEST.arguments().get(1), arrived.arguments().get(1));
        assertEquals(REQUEST.directory(), arrived.directory());
        assertEquals(REQUEST.zone(), arrived.zone());
        assertEquals(REQUEST.environment(), arrived.environment());
        assertEquals(List.of(true, false), List.of(arrived.outIsTerminal(), arrived.errIsTerminal()));
    }

    @Test
    void one_that_breaks_off_is_none() {
        byte[] whole = REQUEST.bytes();
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThrows(IOException.class, () -> Request.of(part));
        }
    }

    @Test
    void one_with_something_behind_it_is_none() {
        byte[] longer = Arrays.copyOf(REQUEST.bytes(), REQUEST.bytes().length + 1);

        assertThrows(IOException.class, () -> Request.of(longer));
    }

    @Test
    void a_variable_that_is_not_asked_for_is_refused() {
        Request other =
                new Request(List.of(), PathBytes.of("/"), "UTF-8", "UTC", false, false, Map.of("HOME", "/root"));

        assertThrows(IOException.class, () -> Request.of(other.bytes()));
    }

    /** One byte of it is another: whatever comes of it, it is a request or refused, and nothing else happens. */
    @Property
    void a_damaged_one_is_another_or_none(@ForAll @IntRange(max = 500) int at, @ForAll byte with) {
        byte[] bytes = REQUEST.bytes();
        bytes[at % bytes.length] = with;
        try {
            // a byte that is no UTF-8 comes back as the three of U+FFFD
            assertTrue(Request.of(bytes).bytes().length <= 3 * bytes.length);
        } catch (IOException refused) {
            assertFalse(Arrays.equals(REQUEST.bytes(), bytes));
        }
    }
}
