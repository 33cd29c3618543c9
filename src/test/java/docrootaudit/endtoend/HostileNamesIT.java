package docrootaudit.endtoend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that want to end lines, steer terminals, run commands or not be text at all. */
class HostileNamesIT {
    /** A byte a character. */
    private static final List<String> NAMES = List.of(
            "two\nlines",
            "\u001b[31mred",
            "rtl\u00e2\u0080\u00aetxt",
            "both'\"quotes",
            "$(touch x)",
            "`touch x`",
            "back\\slash\\x41",
            "-rf",
            "no\u00ffutf\u00fe8",
            "caf\u00c3\u00a9",
            "c1\u00c2\u009b31m",
            "surrogate\u00ed\u00b2\u0080",
            " =cmd|' calc'!A0,\t",
            "!!");

    private Ground ground;

    @BeforeEach
    void make_a_site_of_such_names() throws Exception {
        ground = Ground.make();
        StringBuilder script = new StringBuilder();
        for (String name : NAMES) {
            String file = Shell.quote(name.getBytes(ISO_8859_1));
            String directory = Shell.quote(("d" + name).getBytes(ISO_8859_1));
            script.append("touch -- ")
                    .append(file)
                    .append("; mkdir -m 700 -- ")
                    .append(directory)
                    .append("; ");
            script.append("touch ").append(directory).append("/f; ");
        }
        ground.bash("export LC_ALL=C; " + script + "chmod 600 ./*");
    }

    @AfterEach
    void remove_it() throws Exception {
        ground.close();
    }

    static Stream<Arguments> surroundings() {
        Jar jar = Jar.audit();
        return Stream.of(
                Arguments.of("LANG=C", jar.after("unset LC_ALL; export LANG=C;")),
                Arguments.of("LC_ALL=C", jar.in("C")),
                Arguments.of("C.UTF-8", jar.in("C.UTF-8")),
                Arguments.of(
                        "Turkish", jar.in("C.UTF-8").with("user.language=tr").with("user.country=TR")));
    }

    /** What is refused, as walked. */
    private List<String> refused() {
        return NAMES.stream()
                .flatMap(n -> Stream.of(n, "d" + n, "d" + n + "/f"))
                .map(n -> ground.www() + "/" + n)
                .sorted()
                .toList();
    }

    private static void assertPrintable(Answer answer) {
        answer.text()
                .codePoints()
                .forEach(c -> assertTrue(
                        c == '\n'
                                || (Character.getType(c) != Character.CONTROL
                                        && Character.getType(c) != Character.FORMAT
                                        && c != 0xfffd),
                        () -> "U+" + Integer.toHexString(c) + " in " + answer));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("surroundings")
    void text_and_csv_are_printable(String name, Jar jar) throws Exception {
        for (String format : List.of("text", "csv")) {
            assertPrintable(jar.run("now", ground.www(), "--as", "33", "--no-store", "--format", format)
                    .ended(1));
        }
        assertPrintable(jar.run("now", ground.www(), "--as", "33", "--no-store", "--each")
                .ended(1));
        assertPrintable(jar.run("now", ground.www(), "--as", "33", "--no-store", "--each", "--format", "csv")
                .ended(1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("surroundings")
    void json_is_lossless(String name, Jar jar) throws Exception {
        Json scan = jar.run("now", ground.www(), "--as", "33", "--no-store", "--format", "json", "--each")
                .ended(1)
                .json();
        List<Json> lines =
                Json.documents(jar.run("now", ground.www(), "--as", "33", "--no-store", "--format", "jsonl", "--each")
                        .ended(1)
                        .out());

        assertEquals(
                refused(), scan.all("denied").map(d -> d.bytes("path")).sorted().toList());
        assertEquals(
                refused(),
                lines.stream()
                        .filter(l -> l.text("kind").equals("denied"))
                        .map(d -> d.bytes("path"))
                        .sorted()
                        .toList());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("surroundings")
    void raw_names_are_raw(String name, Jar jar) throws Exception {
        Answer answer = jar.run("now", ground.www(), "--as", "33", "--no-store", "--each", "-0")
                .ended(1);

        assertEquals(refused(), answer.names().stream().sorted().toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "C.UTF-8"})
    void every_command_that_is_printed_mends(String locale) throws Exception {
        // again and again: what stood behind a mended cause is the next one
        for (int round = 0; round < 3; round++) {
            Json scan = Jar.audit()
                    .in(locale)
                    .run("now", ground.www(), "--as", "33", "--no-store", "--format", "json")
                    .clean()
                    .json();
            StringBuilder commands = new StringBuilder();
            for (Json cause : scan.list("causes")) {
                commands.append(cause.list("fixes").get(0).text("command")).append('\n');
            }
            assertTrue(
                    commands.chars().allMatch(c -> c == '\n' || (c >= ' ' && c < 0x7f) || c == 0xe9),
                    commands::toString);
            Files.writeString(ground.path().resolve("fixes"), commands.toString());
            Shell.bash("export LC_ALL=" + locale + "; cd " + ground.path() + "; bash ./fixes");
        }

        Jar.audit().run("now", ground.www(), "--as", "33", "--no-store").ended(0);
        assertEquals("", Shell.bash("find " + ground.path() + " -name x"));
    }

    @Test
    void the_commands_of_text_mend_too() throws Exception {
        for (int round = 0; round < 3; round++) {
            String text = Jar.audit()
                    .run("now", ground.www(), "--as", "33", "--no-store")
                    .clean()
                    .text();
            String commands = text.lines()
                    .map(String::strip)
                    .filter(l -> l.startsWith("setfacl ") || l.contains("xargs -0"))
                    .reduce("", (a, b) -> a + b + "\n");
            Files.writeString(ground.path().resolve("fixes"), commands);
            Shell.bash("cd " + ground.path() + "; bash ./fixes");
        }

        Jar.audit().run("now", ground.www(), "--as", "33", "--no-store").ended(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "C.UTF-8"})
    void they_may_be_roots(String locale) throws Exception {
        List<byte[]> arguments = new java.util.ArrayList<>();
        List.of("now", "--as", "33", "--no-store", "--each", "-0", "--").forEach(a -> arguments.add(a.getBytes(UTF_8)));
        NAMES.forEach(n -> arguments.add(("d" + n).getBytes(ISO_8859_1)));
        ground.bash("mkdir -m 700 -- -dashed; touch -- -dashed/f");
        arguments.add("-dashed".getBytes(UTF_8));

        Answer answer = Jar.audit()
                .in(locale)
                .after("cd " + ground.www() + ";")
                .run(arguments.toArray(byte[][]::new))
                .ended(1);

        assertEquals(
                Stream.concat(NAMES.stream().map(n -> "d" + n), Stream.of("-dashed"))
                        .flatMap(n -> Stream.of(n, n + "/f"))
                        .sorted()
                        .toList(),
                answer.names().stream().sorted().toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "C.UTF-8"})
    void they_may_be_explained_by_argument(String locale) throws Exception {
        for (String name : List.of(NAMES.get(0), NAMES.get(8), NAMES.get(11))) {
            byte[] path = (ground.www() + "/" + name).getBytes(ISO_8859_1);
            Answer answer = Jar.audit()
                    .in(locale)
                    .run("explain".getBytes(UTF_8), path, "--as".getBytes(UTF_8), "33".getBytes(UTF_8))
                    .ended(1);

            assertPrintable(answer);
            assertTrue(answer.prose().contains("other::---"), answer::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "C.UTF-8"})
    void they_may_be_explained_by_questions(String locale) throws Exception {
        ByteArrayOutputStream questions = new ByteArrayOutputStream();
        for (String name : NAMES) {
            byte[] path = (ground.www() + "/" + name).getBytes(ISO_8859_1);
            if (!name.contains("\n")) {
                questions.writeBytes(path);
                questions.write('\n');
            }
            String encoded = Base64.getEncoder().encodeToString(path);
            questions.writeBytes(("{\"target_b64\": \"" + encoded + "\"}\n").getBytes(UTF_8));
        }
        try (Running running = Jar.audit().in(locale).start("explain", "-", "--as", "33", "--format", "jsonl")) {
            running.in().write(questions.toByteArray());
            Answer answer = running.end().ended(1);
            List<Json> answers = Json.documents(answer.out());

            assertEquals(2 * NAMES.size() - 1, answers.size());
            assertTrue(answers.stream().allMatch(a -> a.text("verdict").equals("denied")), answer::toString);
            assertEquals(
                    NAMES.stream().map(n -> ground.www() + "/" + n).sorted().toList(),
                    answers.stream()
                            .map(a -> a.bytes("target"))
                            .distinct()
                            .sorted()
                            .toList());
        }
    }

    @Test
    void history_finds_them() throws Exception {
        ground.now().ended(1);

        for (String name : List.of(NAMES.get(0), NAMES.get(8))) {
            byte[] path = (ground.www() + "/d" + name + "/f").getBytes(ISO_8859_1);
            Answer answer = Jar.audit()
                    .in("C")
                    .run(
                            "history".getBytes(UTF_8),
                            "--store".getBytes(UTF_8),
                            ground.store().getBytes(UTF_8),
                            path)
                    .ended(1);
            assertPrintable(answer);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "C.UTF-8"})
    void a_configuration_may_have_one_and_is_named_rightly_in_commands(String locale) throws Exception {
        byte[] config = (ground.path() + "/caf\u00c3\u00a9\u00ff.toml").getBytes(ISO_8859_1);
        Shell.bash("echo 'user = 33' > " + Shell.quote(config));

        String listing = Jar.audit()
                .in(locale)
                .run(
                        "now".getBytes(UTF_8),
                        ground.www().getBytes(UTF_8),
                        "--no-store".getBytes(UTF_8),
                        "--config".getBytes(UTF_8),
                        config)
                .ended(1)
                .text()
                .lines()
                .filter(l -> l.contains(" | xargs -0"))
                .findFirst()
                .orElseThrow()
                .replaceFirst(" \\| xargs.*", "");

        assertEquals(
                NAMES.size(),
                Shell.run("export LC_ALL=" + locale + ";" + listing)
                        .ended(1)
                        .names()
                        .size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "C.UTF-8"})
    void a_store_may_have_none(String locale) throws Exception {
        Answer answer = Jar.audit()
                .in(locale)
                .run(
                        "now".getBytes(UTF_8),
                        ground.www().getBytes(UTF_8),
                        "--store".getBytes(UTF_8),
                        (ground.path() + "/st\u00ffo\nre").getBytes(ISO_8859_1),
                        "--as".getBytes(UTF_8),
                        "33".getBytes(UTF_8))
                .ended(4);

        assertTrue(answer.prose().contains("choose a path without control characters"), answer::toString);
    }
}
