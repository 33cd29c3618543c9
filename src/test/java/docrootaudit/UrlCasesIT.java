package docrootaudit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.PathBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Situations met on real web hosts, a directory each, with the server's whole configuration. The real server has to
 * answer as {@code case.json} says, the packaged command has to predict it and to name what is to blame, and our own
 * first fix has to mend it on the real server. {@code -Daudit.cases=REGEX} picks some.
 */
class UrlCasesIT {
    private static final Path CASES = Path.of("src/test/resources/cases");
    /** What nobody but the site's author knows how to mend: a missing file, another tree in the process's place. */
    private static final Set<String> IN_WORDS = Set.of("missing", "namespace");

    private Path root;

    static List<String> cases() throws IOException {
        List<String> urls = new ArrayList<>();
        try (Stream<Path> all = Files.list(CASES)) {
            for (Path one : all.sorted().toList()) {
                Json json = Json.parse(Files.readAllBytes(one.resolve("case.json")));
                String name = one.getFileName().toString();
                if (json.text("kind").equals("url") && name.matches(System.getProperty("audit.cases", ".*"))) {
                    urls.add(name);
                }
            }
        }
        return urls;
    }

    @BeforeEach
    void make() throws IOException {
        Root.required();
        root = Bash.newDirectory("case");
    }

    @AfterEach
    void remove() throws Exception {
        Bash.remove(root);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void the_answer_is_predicted_and_explained_and_the_first_fix_mends_it(String name) throws Exception {
        Path directory = CASES.resolve(name);
        Json one = Json.parse(Files.readAllBytes(directory.resolve("case.json")));
        for (String need : one.texts("requires")) {
            Bash.run(need.substring("command:".length()));
        }
        Path cleanup = directory.resolve("cleanup.sh");
        Bash.script(directory.resolve("setup.sh"), root.toString());
        try (CaseServer server =
                new CaseServer(one.text("server"), directory.resolve(one.text("config")), root, one.texts("launch"))) {
            if (one.has("after_start")) {
                Bash.run(server.here(one.text("after_start")));
            }
            check(one, server);
        } finally {
            stopDaemons();
            if (Files.exists(cleanup)) {
                Bash.script(cleanup, root.toString());
            }
        }
    }

    private void check(Json one, CaseServer server) throws Exception {
        List<Json> checks = one.objects("checks");
        List<Json> answers = explain(one, server);
        for (int i = 0; i < checks.size(); i++) {
            if (checks.get(i).has("url")) {
                assertEquals(checks.get(i).number("expect"), real(checks.get(i), server), checks.get(i)::toString);
                boolean certain = !checks.get(i).has("uncertain");
                assertEquals(certain, answers.get(i).texts("uncertain").isEmpty(), answers.get(i)::toString);
                predicted(checks.get(i), answers.get(i), checks.get(i).number("expect"));
                explained(checks.get(i), answers.get(i));
            } else {
                assertEquals(checks.get(i).text("expect"), answers.get(i).text("verdict"));
            }
        }
        Set<Long> before = server.children();
        boolean reloaded = false;
        for (int i = 0; i < checks.size(); i++) {
            if (checks.get(i).has("fix")) {
                reloaded |= mend(checks.get(i), answers.get(i), server);
            }
        }
        if (reloaded) {
            server.awaitOthers(before);
        }
        List<Json> after = explain(one, server);
        for (int i = 0; i < checks.size(); i++) {
            Json check = checks.get(i);
            if (!check.has("url")) {
                continue;
            }
            int otherwise = check.has("fix") ? 200 : check.number("expect");
            int expected = check.has("after") ? check.number("after") : otherwise;
            assertEquals(expected, real(check, server), () -> "after the fix: " + check);
            assertEquals(List.of(), after.get(i).texts("uncertain"), after.get(i)::toString);
            predicted(check, after.get(i), expected);
        }
    }

    private int real(Json check, CaseServer server) throws IOException {
        return server.ask(
                        check.has("from") ? check.text("from") : "127.0.0.1",
                        check.text("method"),
                        check.text("url"),
                        headers(check),
                        check.text("user"),
                        check.text("body"))
                .status();
    }

    private static Map<String, String> headers(Json check) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Host", check.has("host") ? check.text("host") : "localhost");
        headers.put("User-Agent", "test");
        if (check.has("headers")) {
            check.object("headers").fields().forEach((name, value) -> headers.put(name, (String) value));
        }
        return headers;
    }

    private List<Json> explain(Json one, CaseServer server) throws Exception {
        ByteArrayOutputStream questions = new ByteArrayOutputStream();
        for (Json check : one.objects("checks")) {
            Map<String, Object> question = new HashMap<>();
            if (check.has("url")) {
                question.put("target", "http://127.0.0.1:" + server.port() + check.text("url"));
                question.put("method", check.text("method"));
                List<String> headers = new ArrayList<>();
                headers(check).forEach((name, value) -> headers.add(name + ": " + value));
                question.put("headers", headers);
                for (String key : List.of("from", "user")) {
                    if (check.has(key)) {
                        question.put(key, check.text(key));
                    }
                }
            } else {
                question.put("target", root.resolve(check.text("path")).toString());
                question.put("need", check.text("need"));
                question.put("as", check.has("as") ? check.text("as") : one.text("as"));
            }
            questions.writeBytes(Json.line(question));
        }
        AuditJar.Result result = AuditJar.run(
                questions.toByteArray(),
                "explain",
                "-",
                "--format",
                "jsonl",
                "--server",
                one.text("server"),
                "--server-config",
                root.resolve("server.conf").toString());
        assertEquals("", result.err());
        return result.lines();
    }

    private static void predicted(Json check, Json answer, int expected) {
        if (answer.has("passed_to") && !answer.has("status")) {
            assertTrue(expected < 400, answer::toString);
            return;
        }
        assertEquals(expected, answer.number("status"), answer::toString);
        if (!answer.texts("uncertain").isEmpty()) {
            assertEquals("uncertain", answer.text("verdict"), answer::toString);
            return;
        }
        String verdict = expected < 400 ? "allowed" : expected == 404 ? "absent" : "denied";
        assertEquals(verdict, answer.text("verdict"), answer::toString);
        assertTrue(check.has("url"));
    }

    private void explained(Json check, Json answer) {
        for (Json fix : answer.objects("fixes")) {
            for (String piece : check.texts("must_not_suggest")) {
                String bad = piece.replace("@DIR@", root.toString());
                assertFalse(fix.text("command").contains(bad), fix::toString);
            }
        }
        if (!check.has("blame")) {
            return;
        }
        assertEquals(check.text("cause"), answer.text("cause"), answer::toString);
        Json blame = answer.object("blame");
        String wanted = check.text("blame");
        if (wanted.equals("process") || wanted.equals("request")) {
            assertTrue(blame.has(wanted), answer::toString);
        } else {
            String key = wanted.matches(".*:\\d+") ? "source" : "path";
            assertEquals(below(wanted), blame.path(key), answer::toString);
        }
        if (check.has("rule")) {
            assertEquals(check.text("rule"), blame.text("rule"), answer::toString);
        }
        if (check.has("via")) {
            assertEquals(below(check.text("via")), answer.path("via"), answer::toString);
        }
        if (check.has("file")) {
            assertEquals(below(check.text("file")), canonical(answer.path("file")), answer::toString);
        }
        if (check.has("also_blame")) {
            assertEquals(
                    check.texts("also_blame").stream().map(this::below).toList(),
                    answer.objects("then").stream()
                            .map(t -> t.object("blame").path("path"))
                            .toList());
        }
    }

    /** The server names a file as it asks for it, the case by where it is. */
    private static PathBytes canonical(PathBytes file) {
        Path path = Path.of(file.utf8().orElseThrow());
        try {
            return PathBytes.of(path.toRealPath().toString());
        } catch (IOException e) {
            return file;
        }
    }

    private PathBytes below(String path) {
        return PathBytes.of(root.toString()).resolve(path);
    }

    /** Whether the server was made to go by what is changed. */
    private boolean mend(Json check, Json answer, CaseServer server) throws Exception {
        List<Json> fixes = answer.objects("fixes");
        if (fixes.isEmpty() && IN_WORDS.contains(answer.text("cause"))) {
            assertTrue(answer.has("advice"), answer::toString);
            Bash.run(server.here(check.text("fix")));
            return false;
        }
        assertFalse(fixes.isEmpty(), answer::toString);
        String command = fixes.get(0).text("command");
        Bash.run(command);
        return command.contains("kill -");
    }

    /** What a case started beside its server. */
    private void stopDaemons() throws IOException {
        Path pid = root.resolve("fpm/fpm.pid");
        if (Files.exists(pid)) {
            ProcessHandle.of(Long.parseLong(Files.readString(pid).trim())).ifPresent(ProcessHandle::destroy);
        }
    }
}
