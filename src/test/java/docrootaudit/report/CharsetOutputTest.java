package docrootaudit.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CharsetOutputTest {
    @Test
    void what_the_charset_has_comes_as_it_is() throws IOException {
        assertEquals("größe ✓ 😀", written("größe ✓ 😀", StandardCharsets.UTF_8));
        assertEquals("größe", written("größe", StandardCharsets.ISO_8859_1));
    }

    @Test
    void what_it_lacks_comes_in_ASCII_and_never_as_a_question_mark() throws IOException {
        assertEquals("ok NO ... -> - x", written("✓ ✗ … → – ×", StandardCharsets.US_ASCII));
        assertEquals("gr\\u00f6\\u00dfe \\U0001f600", written("größe 😀", StandardCharsets.US_ASCII));
    }

    @Test
    void half_a_character_is_escaped_too() throws IOException {
        assertEquals("a\\ud83db\\ude00\\ud83d", written("a\ud83db\ude00\ud83d", StandardCharsets.UTF_8));
    }

    private static String written(String text, Charset charset) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Writer writer = CharsetOutput.to(out, charset)) {
            for (int i = 0; i < text.length(); i++) {
                writer.write(text.charAt(i));
            }
        }
        return out.toString(charset);
    }
}
