package docrootaudit.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Configurations with mistakes in them: all are told, each with its line, and nothing is scanned. */
class BadConfigurationIT {
    private static final Path CASES = Path.of("src/test/resources/docrootaudit/config/bad");

    static List<Path> cases() throws IOException {
        try (Stream<Path> cases = Files.list(CASES)) {
            return cases.sorted().toList();
        }
    }

    /** Everything that is said of a case in an imagined world is said on this machine, perhaps with more. */
    private static void assertTold(Path directory, Answer answer) throws IOException {
        String file = directory.resolve("audit.toml").toString();
        List<String> told = answer.err().lines().toList();
        for (String message : Files.readAllLines(directory.resolve("messages.txt"))) {
            String expected = "audit: " + message.replaceFirst("^audit.toml", file);
            boolean ofAnotherWorld = message.contains("/srv/") || message.contains("/home/kim");
            assertTrue(ofAnotherWorld || told.contains(expected), () -> expected + "\nis not in\n" + answer);
        }
        assertTrue(told.stream().allMatch(l -> l.matches("audit: \\Q" + file + "\\E:\\d+: .*")), answer::toString);
        assertEquals("", answer.text());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void config_check_tells_all(Path directory) throws Exception {
        assertTold(
                directory,
                Jar.audit()
                        .run(
                                "config",
                                "check",
                                "--config",
                                directory.resolve("audit.toml").toString())
                        .ended(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong-types", "syntax-and-meaning"})
    void a_scan_tells_the_same(String name) throws Exception {
        Path directory = CASES.resolve(name);

        assertTold(
                directory,
                Jar.audit()
                        .run(
                                "now",
                                "/etc",
                                "--no-store",
                                "--config",
                                directory.resolve("audit.toml").toString())
                        .ended(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"explain /", "history", "status", "config check", "now /etc"})
    void a_file_that_is_not_there_is_told_by_every_command(String command) throws Exception {
        List<String> all = new java.util.ArrayList<>(List.of(command.split(" ")));
        all.addAll(List.of("--config", "/nowhere/audit.toml"));

        String sentence = Jar.audit().run(all.toArray(String[]::new)).ended(2).sentence();

        assertTrue(sentence.contains("/nowhere/audit.toml: the file does not exist"), sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mkfifo            | it is no regular file; expected a configuration in TOML
            ln -s /dev/zero   | it is no regular file; expected a configuration in TOML
            ln -s no/where    | the link leads nowhere; expected a configuration in TOML
            mkdir             | it is a directory; expected a configuration in TOML
            truncate -s 9G    | the file is larger than 1 MiB; expected a configuration, which is a few KiB
            """)
    @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void what_cannot_be_a_configuration_is_told_and_blocks_nobody(String making, String sentence) throws Exception {
        try (Ground ground = Ground.make()) {
            String config = ground.path().resolve("odd.toml").toString();
            Shell.bash(making + " " + config);

            for (String[] command : List.of(
                    new String[] {"config", "check", "--config", config},
                    new String[] {"daemon", "--config", config})) {
                Answer answer = Jar.audit().run(command).ended(2);
                assertEquals(1, answer.err().lines().count(), answer::toString);
                assertTrue(answer.err().strip().endsWith(" " + config + ": " + sentence), answer::toString);
            }
        }
    }

    @Test
    void an_unknown_account_is_told_by_a_scan() throws Exception {
        try (Ground ground = Ground.make()) {
            String config = ground.config("[[root]]\npath = \"$WWW\"\nuser = \"nobody-of-that-name\"\n");

            String sentence = Jar.audit()
                    .run("now", "--no-store", "--config", config)
                    .ended(2)
                    .sentence();

            assertTrue(sentence.contains("nobody-of-that-name"), sentence);
        }
    }

    @Test
    void the_default_file_is_good() throws Exception {
        Jar.audit().run("config", "check", "--config", "conf/audit.toml").ended(0);
    }
}
