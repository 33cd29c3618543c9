package docrootaudit.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import docrootaudit.access.PathBytes;
import docrootaudit.config.Directories.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every bad file with all that is said of it; {@code -Dgolden=write} writes the messages anew, to be reviewed. */
class BadFilesTest {
    private static final Path CASES = Path.of("src/test/resources/docrootaudit/config/bad");

    static State world(PathBytes path) {
        return switch (path.toString()) {
            case "/srv/www", "//srv/www/", "/srv/blog" -> State.DIRECTORY;
            case "/etc/passwd" -> State.NOT_A_DIRECTORY;
            case "/home/kim/www" -> State.HIDDEN;
            default -> State.MISSING;
        };
    }

    static List<Path> cases() throws IOException {
        try (Stream<Path> cases = Files.list(CASES)) {
            return cases.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void says_all_that_is_wrong(Path directory) throws IOException {
        String messages = messages(Files.readAllBytes(directory.resolve("audit.toml")));
        Path golden = directory.resolve("messages.txt");
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(golden, messages);
        }

        assertEquals(Files.readString(golden), messages);
    }

    @Test
    void a_file_that_is_no_utf_8_is_refused_with_its_line() {
        assertEquals(
                "audit.toml:2: the text is not UTF-8; expected that encoding\n",
                messages("# a\nuser = \"k\u00efm\"\n# b\n".getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void a_file_over_1_MiB_is_refused() {
        assertEquals(
                "audit.toml: the file is larger than 1 MiB; expected a configuration, which is a few KiB\n",
                messages("#".repeat((1 << 20) + 1).getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void a_file_that_is_not_there_is_told() {
        var refused = assertThrows(ConfigException.class, () -> new ConfigFile().read(Path.of("no/such\n.toml")));

        assertEquals(
                "no/such\\n.toml: the file does not exist; expected a configuration in TOML", refused.getMessage());
    }

    @Test
    void a_directory_is_no_file() {
        var refused = assertThrows(ConfigException.class, () -> new ConfigFile().read(CASES));

        assertEquals(CASES + ": it is a directory; expected a configuration in TOML", refused.getMessage());
    }

    private static String messages(byte[] file) {
        var refused = assertThrows(
                ConfigException.class,
                () -> new ConfigFile(BadFilesTest::world, Accounts.ANY).parse(file, "audit.toml"));
        return refused.problems().stream().map(problem -> problem + "\n").collect(Collectors.joining());
    }
}
