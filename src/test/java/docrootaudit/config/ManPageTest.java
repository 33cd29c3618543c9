package docrootaudit.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** audit.toml(5) names every key that the installed file has, and no other. */
class ManPageTest {
    @Test
    void it_names_all_keys() throws IOException {
        assertEquals(all("^#([a-z-]+) = ", "conf/audit.toml"), all("^\\.It Va ([a-z-]+)", "src/man/audit.toml.5"));
    }

    private static Set<String> all(String pattern, String file) throws IOException {
        Set<String> all = new TreeSet<>();
        Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(Files.readString(Path.of(file)))
                .results()
                .forEach(match -> all.add(match.group(1)));
        return all;
    }
}
