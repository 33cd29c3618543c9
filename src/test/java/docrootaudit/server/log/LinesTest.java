package docrootaudit.server.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LinesTest {
    @Property(tries = 500)
    void every_byte_comes_back(@ForAll byte[] bytes) throws IOException {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        Lines lines = new Lines(new ByteArrayInputStream(bytes));
        List<String> read = all(lines);

        lines.rest().ifPresent(read::add);
        assertEquals(
                text.endsWith("\n") || text.isEmpty() ? text : text + "\n",
                String.join("", read.stream().map(l -> l + "\n").toList()));
    }

    @Test
    void a_line_without_end_is_cut_and_the_next_one_whole() throws IOException {
        String text = "a".repeat(3 * Lines.LONGEST) + "\nnext\n" + "b".repeat(Lines.LONGEST) + "\nrest";
        Lines lines = new Lines(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));

        List<String> read = all(lines);

        assertEquals(
                List.of(Lines.LONGEST, 4, Lines.LONGEST),
                read.stream().map(String::length).toList());
        assertEquals(1, lines.cut());
        assertEquals(Optional.of("rest"), lines.rest());
    }

    private static List<String> all(Lines lines) throws IOException {
        List<String> read = new ArrayList<>();
        for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
            read.add(line.get());
        }
        return read;
    }
}
