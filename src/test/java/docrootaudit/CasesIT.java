package docrootaudit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.PathBytes;
import docrootaudit.access.Permissions;
import docrootaudit.access.Principal;
import docrootaudit.linux.Accounts;
import docrootaudit.linux.KernelAnswers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Situations met on real web hosts, a directory each: {@code setup.sh} builds one, {@code case.json} tells what is true
 * there. The packaged command has to say the same, the kernel has to agree, and our own first fix has to mend it.
 */
class CasesIT {
    private static final Path CASES = Path.of("src/test/resources/cases");
    private static final Map<String, Integer> ERRNO = Map.of("", 0, "ENOENT", 2, "EACCES", 13, "ELOOP", 40);

    private Path root;

    static List<String> cases() throws IOException {
        List<String> cases = new ArrayList<>();
        try (Stream<Path> all = Files.list(CASES)) {
            for (Path one : all.sorted().toList()) {
                Json json = Json.parse(Files.readAllBytes(one.resolve("case.json")));
                if (!json.text("kind").equals("url")) {
                    cases.add(one.getFileName().toString());
                }
            }
        }
        return cases;
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
    void the_truth_is_told_and_the_first_fix_mends(String name) throws Exception {
        Path directory = CASES.resolve(name);
        Json one = Json.parse(Files.readAllBytes(directory.resolve("case.json")));
        Path cleanup = directory.resolve("cleanup.sh");
        try (AutoCloseable requirements = requirements(one)) {
            Bash.script(directory.resolve("setup.sh"), root.toString());
            if (one.text("kind").equals("scan")) {
                for (Json check : one.objects("checks")) {
                    scan(one, check);
                }
            } else {
                paths(one);
            }
        } finally {
            if (Files.exists(cleanup)) {
                Bash.script(cleanup, root.toString());
            }
        }
    }

    /** What the case needs of the machine: had or made, never passed over. */
    private static AutoCloseable requirements(Json one) throws Exception {
        AutoCloseable kept = () -> {};
        for (String need : one.texts("requires")) {
            if (need.startsWith("command:")) {
                Bash.run("command -v " + need.substring("command:".length()));
            } else if (need.startsWith("sysctl:fs.protected_symlinks=")) {
                ProtectedSymlinks setting = new ProtectedSymlinks(need.substring(need.indexOf('=') + 1));
                kept = () -> {
                    try (setting) {
                        setting.check();
                    }
                };
            } else {
                throw new AssertionError("this test cannot provide " + need);
            }
        }
        return kept;
    }

    private void paths(Json one) throws Exception {
        List<Json> checks = one.objects("checks");
        List<Json> answers = ask(one);
        for (int i = 0; i < checks.size(); i++) {
            Json check = checks.get(i);
            Json answer = answers.get(i);
            verdict(one, check, answer, check.text("expect"), check.text("errno"));
            reason(check, answer);
            nothingDangerous(check, answer.objects("fixes"));
        }
        for (int i = 0; i < checks.size(); i++) {
            if (checks.get(i).has("fix")) {
                mend(checks.get(i), answers.get(i));
            }
        }
        List<Json> after = ask(one);
        for (int i = 0; i < checks.size(); i++) {
            Json check = checks.get(i);
            String otherwise = check.has("fix") ? "allowed" : check.text("expect");
            String expected = check.has("after") ? check.text("after") : otherwise;
            verdict(one, check, after.get(i), expected, expected.equals("allowed") ? "" : check.text("errno"));
        }
    }

    private List<Json> ask(Json one) throws Exception {
        ByteArrayOutputStream questions = new ByteArrayOutputStream();
        for (Json check : one.objects("checks")) {
            questions.writeBytes(Json.question(target(check), check.text("need"), as(one, check)));
        }
        AuditJar.Result result = AuditJar.run(questions.toByteArray(), "explain", "-", "--format", "jsonl");
        List<Json> answers = result.lines();
        boolean refused = answers.stream().anyMatch(a -> !a.text("verdict").equals("allowed"));
        assertEquals(refused ? 1 : 0, result.status(), result.err());
        assertEquals("", result.err());
        assertEquals(one.objects("checks").size(), answers.size());
        return answers;
    }

    private PathBytes target(Json check) {
        return check.has("path_hex")
                ? below().resolve(PathBytes.of(HexFormat.of().parseHex(check.text("path_hex"))))
                : below().resolve(check.text("path"));
    }

    private PathBytes below() {
        return PathBytes.of(root.toString());
    }

    private static String as(Json one, Json check) {
        return check.has("as") ? check.text("as") : one.text("as");
    }

    private void verdict(Json one, Json check, Json answer, String expected, String errno) throws IOException {
        String verdict = errno.equals("ENOENT") ? "absent" : expected;
        assertEquals(verdict, answer.text("verdict"), answer::toString);
        assertEquals(errno, answer.text("errno"), answer::toString);
        Permissions asked =
                check.text("need").equals("search") || check.text("need").equals("execute")
                        ? Permissions.EXECUTE
                        : Permissions.READ;
        try (KernelAnswers kernel = new KernelAnswers(principal(as(one, check)))) {
            assertEquals(ERRNO.get(errno), kernel.ask(target(check), asked), "the kernel about " + target(check));
        }
    }

    private static Principal principal(String as) {
        Accounts accounts = new Accounts();
        return as.matches("\\d+")
                ? Principal.of(Integer.parseUnsignedInt(as), Integer.parseUnsignedInt(as))
                : accounts.principal(accounts.byName(as).orElseThrow());
    }

    /** Each thing the case is sure of. A check without blame only has to be left alone. */
    private void reason(Json check, Json answer) {
        if (check.text("expect").equals("allowed")) {
            assertFalse(answer.has("cause") || answer.has("blame"), answer::toString);
            if (check.has("rule")) {
                List<Json> chain = answer.objects("chain");
                assertEquals(check.text("rule"), chain.get(chain.size() - 1).text("rule"), answer::toString);
            }
        } else if (check.has("blame")) {
            assertEquals(
                    below().resolve(check.text("blame")), answer.object("blame").path("path"));
            assertEquals(check.text("rule"), answer.object("blame").text("rule"));
            assertEquals(check.text("cause"), answer.text("cause"));
            if (!check.text("errno").equals("ELOOP")) {
                assertEquals(
                        check.has("via") ? below().resolve(check.text("via")) : PathBytes.of(""), answer.path("via"));
            }
            assertEquals(
                    check.texts("also_blame").stream().map(below()::resolve).toList(),
                    answer.objects("then").stream()
                            .map(t -> t.object("blame").path("path"))
                            .toList());
        }
    }

    private void nothingDangerous(Json check, List<Json> fixes) {
        for (Json fix : fixes) {
            for (String piece : check.texts("must_not_suggest")) {
                String bad = piece.replace("@DIR@", root.toString());
                assertFalse(fix.text("command").contains(bad), fix::toString);
            }
        }
    }

    private void mend(Json check, Json answer) throws Exception {
        List<Json> fixes = answer.objects("fixes");
        if (answer.text("cause").equals("symlink-loop")) {
            // where the link was meant to lead nobody but its author knows: words, and here he himself
            assertTrue(fixes.isEmpty() && answer.has("advice"), answer::toString);
            Bash.run(check.text("fix").replace("@DIR@", root.toString()));
        } else {
            Bash.run(fixes.get(0).text("command"));
        }
    }

    private void scan(Json one, Json check) throws Exception {
        Json before = scan(one, check, counts(check, "expect"));
        for (Json cause : before.objects("causes")) {
            nothingDangerous(check, cause.objects("fixes"));
            Bash.run(cause.objects("fixes").get(0).text("command"));
        }
        scan(one, check, counts(check, "after"));
    }

    private Map<PathBytes, Integer> counts(Json check, String key) {
        Map<PathBytes, Integer> counts = new TreeMap<>();
        if (check.has(key)) {
            Json expected = check.object(key);
            expected.fields().keySet().forEach(p -> counts.put(below().resolve(p), expected.number(p)));
        }
        return counts;
    }

    private Json scan(Json one, Json check, Map<PathBytes, Integer> expected) throws Exception {
        String[] command = {"now", root.resolve(check.text("scan")).toString(), "--as", as(one, check), "--no-store"};
        List<String> json = new ArrayList<>(List.of(command));
        json.addAll(List.of("--format", "json"));
        AuditJar.Result result = AuditJar.run(json.toArray(String[]::new));
        Json report = result.json();
        Map<PathBytes, Integer> counts = new TreeMap<>();
        for (Json cause : report.objects("causes")) {
            assertEquals(null, counts.put(cause.object("blame").path("path"), cause.number("count")));
        }
        assertEquals(expected, counts);
        assertEquals(expected.isEmpty() ? 0 : 1, result.status(), result.err());
        assertTrue(report.is("complete"));
        return report;
    }
}
