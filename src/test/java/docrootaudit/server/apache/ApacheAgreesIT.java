package docrootaudit.server.apache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.Seed;
import docrootaudit.access.PathBytes;
import docrootaudit.access.Principal;
import docrootaudit.server.Answer;
import docrootaudit.server.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is predicted is what a real apache2 answers. {@code -Daudit.seed=N} repeats a run. */
class ApacheAgreesIT {
    /** How many requests are drawn; {@code -Daudit.requests=6000} for a long run. */
    private static final int REQUESTS = Integer.getInteger("audit.requests", 500);

    private static final int SITES_A_SERVER = 25;
    private static final Principal WWW_DATA = Principal.of(33, 33, 33);

    private final long seed = Seed.of("apache random sites");
    private Path run;

    @BeforeEach
    void make() throws IOException {
        run = Files.createTempDirectory(Path.of("/var/tmp"), "audit-apache");
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterEach
    void remove() throws IOException {
        try (Stream<Path> all = Files.walk(run)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Test
    void every_scenario_is_answered_as_predicted() throws Exception {
        Comparison comparison = compare(scenarios());

        System.out.println("apache scenarios: " + comparison);
        assertEquals(List.of(), comparison.differences());
        assertTrue(
                comparison.uncertain().size() * 50 <= comparison.asked(), () -> "uncertain: " + comparison.uncertain());
    }

    @Test
    void random_sites_are_answered_as_predicted() throws Exception {
        RandomSites sites = new RandomSites(new Random(seed));
        int asked = 0;
        int uncertain = 0;
        int batch = 0;
        while (asked < REQUESTS) {
            List<Scenario> drawn = new ArrayList<>();
            for (int i = 0; i < SITES_A_SERVER; i++) {
                drawn.add(sites.draw("b" + batch + "s" + i));
            }
            Comparison comparison = compare(drawn);
            System.out.println("apache random sites: " + comparison);
            assertEquals(List.of(), comparison.differences());
            asked += comparison.asked();
            uncertain += comparison.uncertain().size();
            batch++;
        }
        assertTrue(uncertain * 50 <= asked, uncertain + " of " + asked + " are uncertain");
    }

    @Test
    void the_distributions_own_configuration_leaves_no_doubt() throws Exception {
        Apache apache = Apache.load(
                new DiskConfig(),
                PathBytes.of("/etc/apache2/apache2.conf"),
                PathBytes.of("/etc/apache2"),
                Set.of(),
                Map.of());
        SimulatedTree tree = new SimulatedTree(WWW_DATA);

        assertEquals("www-data", apache.account().orElseThrow().user());
        assertEquals(List.of(), apache.notUnderstood());
        for (String target : List.of("/", "/icons/", "/none", "/server-status")) {
            Answer answer = apache.answer(Scenario.request("GET " + target, "localhost", 80), tree, Set.of());
            assertEquals(List.of(), answer.doubts(), target);
        }
    }

    /** What came of asking both. */
    record Comparison(int asked, List<String> differences, List<String> uncertain, Map<Integer, Integer> statuses) {
        @Override
        public String toString() {
            return asked + " requests, " + differences.size() + " differences, " + uncertain.size()
                    + " uncertain, statuses " + statuses;
        }
    }

    Comparison compare(List<Scenario> scenarios) throws Exception {
        StringBuilder configuration = new StringBuilder(resource("base.conf"));
        for (Scenario scenario : scenarios) {
            Path directory = Files.createDirectory(run.resolve(scenario.name()));
            scenario.build(directory);
            configuration
                    .append("<VirtualHost *:@PORT@>\nServerName ")
                    .append(scenario.name())
                    .append(".test\n")
                    .append(scenario.server().replace("@DIR@", directory.toString()))
                    .append("</VirtualHost>\n");
        }
        List<String> differences = new ArrayList<>();
        List<String> uncertain = new ArrayList<>();
        Map<Integer, Integer> statuses = new TreeMap<>();
        int asked = 0;
        try (RunningApache server = new RunningApache(run, configuration.toString())) {
            Apache apache = Apache.load(
                    new DiskConfig(),
                    PathBytes.of(server.configurationFile().toString()),
                    PathBytes.of(run.toString()),
                    Set.of("FOREGROUND"),
                    Map.of());
            SimulatedTree tree = new SimulatedTree(WWW_DATA);
            for (Scenario scenario : scenarios) {
                for (String question : scenario.questions()) {
                    Request request = Scenario.request(question, scenario.name() + ".test", server.port());
                    int real = server.ask(request);
                    Answer answer = apache.answer(request, tree, Set.of());
                    String predicted = answer.outcome() instanceof Answer.Outcome.Status status
                            ? Integer.toString(status.code())
                            : "passed";
                    asked++;
                    statuses.merge(real, 1, Integer::sum);
                    String place = scenario.name() + ": " + question;
                    if (!answer.doubts().isEmpty()) {
                        uncertain.add(place + " → " + real + ", " + answer.doubts());
                    } else if (!predicted.equals(Integer.toString(real))) {
                        differences.add(
                                "\n" + place + " → " + real + ", predicted " + predicted + " " + answer.chain());
                    }
                }
            }
        }
        return new Comparison(asked, differences, uncertain, statuses);
    }

    static List<Scenario> scenarios() throws IOException {
        List<Scenario> scenarios = new ArrayList<>();
        for (String part : (resource("scenarios.txt") + resource("practice.txt")).split("(?m)^=== ")) {
            int end = part.indexOf('\n');
            if (!part.isBlank()) {
                scenarios.add(Scenario.parse(part.substring(0, end).strip(), part.substring(end + 1)));
            }
        }
        return scenarios;
    }

    private static String resource(String name) throws IOException {
        try (var in = ApacheAgreesIT.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
