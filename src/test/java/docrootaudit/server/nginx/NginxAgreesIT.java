package docrootaudit.server.nginx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.Root;
import docrootaudit.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What is predicted is what nginx answers: over scenarios written by hand, and over random configurations and trees
 * ({@code -Daudit.seed=N} repeats a run, {@code -Daudit.nginx.requests=5000} makes it longer).
 */
class NginxAgreesIT {
    private Path top;

    @BeforeEach
    void makeRoom() throws IOException {
        Root.required();
        top = Files.createTempDirectory(Path.of("/var/tmp"), "audit-nginx");
        Files.setAttribute(top, "unix:mode", 0755);
    }

    @AfterEach
    void clear() throws Exception {
        new ProcessBuilder("rm", "-rf", top.toString()).start().waitFor();
    }

    @Test
    void scenarios_are_answered_as_predicted() throws Exception {
        List<Scenario> scenarios = Scenario.read(
                List.of("servers.txt", "locations.txt", "rewrites.txt", "access.txt", "files.txt", "practice.txt"));
        Agreement agreement = new Agreement(top);
        StringBuilder http = new StringBuilder();
        List<Agreement.Question> questions = new ArrayList<>();
        for (int i = 0; i < scenarios.size(); i++) {
            Scenario scenario = scenarios.get(i);
            String host = "s" + i + ".test";
            Path root = top.resolve(Integer.toString(i));
            scenario.build(root);
            http.append(scenario.configuration(host, root, agreement.port()));
            scenario.asked(host).forEach(a -> questions.add(new Agreement.Question(scenario.name(), a)));
        }

        agreement.compare(http.toString(), questions);

        System.out.println("nginx, " + scenarios.size() + " scenarios: " + agreement);
        assertEquals(List.of(), agreement.differences(), () -> String.join("\n", agreement.differences()));
        assertTrue(agreement.uncertain() * 50 <= agreement.compared(), agreement::toString);
        assertTrue(scenarios.size() >= 80, () -> scenarios.size() + " scenarios");
    }

    @Test
    void random_configurations_are_answered_as_predicted() throws Exception {
        long seed = Seed.of("nginx agrees");
        int requests = Integer.getInteger("audit.nginx.requests", 400);
        Random random = new Random(seed);
        Agreement agreement = new Agreement(top);
        while (agreement.compared() < requests) {
            StringBuilder http = new StringBuilder();
            List<Agreement.Question> questions = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Path root = top.resolve("r" + agreement.compared() + "-" + i);
                RandomSite site = new RandomSite(random, root, "r" + i + ".test", agreement.port());
                site.build();
                http.append(site.configuration());
                site.asked(25).forEach(a -> questions.add(new Agreement.Question(site.configuration(), a)));
            }
            agreement.compare(http.toString(), questions);
        }

        System.out.println("nginx, random: " + agreement);
        assertEquals(List.of(), agreement.differences(), () -> String.join("\n", agreement.differences()));
        assertTrue(agreement.uncertain() * 50 <= agreement.compared(), agreement::toString);
    }
}
