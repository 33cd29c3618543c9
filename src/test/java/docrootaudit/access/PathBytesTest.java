package docrootaudit.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathBytesTest {
    @Test
    void what_is_shown_can_neither_end_a_line_nor_steer_a_terminal() {
        assertEquals("a\\nb", PathBytes.of("a\nb").toString());
        assertEquals("\\x1b[31m", PathBytes.of("\u001b[31m").toString());
        assertEquals("gpj\\u202egpj.exe", PathBytes.of("gpj\u202egpj.exe").toString());
        assertEquals("\\\\x41", PathBytes.of("\\x41").toString());
        assertEquals(
                "caf\\xe9",
                PathBytes.of(new byte[] {'c', 'a', 'f', (byte) 0xe9}).toString());
        assertEquals("Über uns.html", PathBytes.of("Über uns.html").toString());
        assertEquals("no\\u00a0break", PathBytes.of("no\u00a0break").toString());
    }

    @Property
    void nothing_invisible_is_ever_shown(@ForAll byte[] bytes) {
        String shown = PathBytes.of(bytes).toString();

        assertTrue(shown.codePoints().noneMatch(PathBytes::isInvisible), shown);
    }

    @Property
    void the_text_is_there_exactly_for_utf8(@ForAll String text) {
        PathBytes path = PathBytes.of(text);
        Optional<String> decoded = path.utf8();

        assertEquals(decoded, decoded.map(t -> PathBytes.of(t)).flatMap(PathBytes::utf8));
        assertTrue(decoded.isPresent());
    }

    @ParameterizedTest
    @CsvSource({"/a/b, /a, true", "/a, /a, true", "/ab, /a, false", "/a, /, true", "/, /, true", "a/b, /, false"})
    void below_is_by_names(String path, String above, boolean expected) {
        assertEquals(expected, PathBytes.of(path).startsWith(PathBytes.of(above)));
    }

    @Test
    void parents_names_and_children() {
        PathBytes path = PathBytes.of("/srv/www");

        assertEquals(Optional.of(PathBytes.of("/srv")), path.parent());
        assertEquals(Optional.of(PathBytes.ROOT), PathBytes.of("/srv").parent());
        assertEquals(Optional.empty(), PathBytes.ROOT.parent());
        assertEquals(PathBytes.of("www"), path.name());
        assertEquals(PathBytes.of("/srv"), PathBytes.ROOT.resolve("srv"));
        assertEquals(PathBytes.of("/srv/www/x"), path.resolve("x"));
        assertEquals(
                List.of(PathBytes.of("a"), PathBytes.of("..")),
                PathBytes.of("//a///../").names());
    }

    @Test
    void a_directory_and_all_below_sort_together() {
        List<PathBytes> sorted = List.of("/a", "/a/b", "/a/b/c", "/a-b", "/a.b", "/ab").stream()
                .map(PathBytes::of)
                .toList();

        assertEquals(
                sorted,
                sorted.stream()
                        .sorted(java.util.Collections.reverseOrder())
                        .sorted()
                        .toList());
        assertFalse(PathBytes.of("/a-b").startsWith(PathBytes.of("/a")));
    }
}
