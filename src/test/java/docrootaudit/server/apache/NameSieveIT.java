package docrootaudit.server.apache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.Root;
import docrootaudit.Seed;
import docrootaudit.access.PathBytes;
import docrootaudit.access.Principal;
import docrootaudit.server.SieveTrial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Files that a configuration cannot tell apart are answered alike ({@code -Daudit.seed=N} repeats a run). */
class NameSieveIT {
    private static final int SITES = 120;

    @Test
    void files_of_one_kind_are_answered_alike() throws Exception {
        Root.required();
        long seed = Seed.of("apache sieve");
        RandomSites sites = new RandomSites(new Random(seed));
        Path top = SieveTrial.newDirectory();
        String base =
                new String(NameSieveIT.class.getResourceAsStream("base.conf").readAllBytes(), UTF_8);
        int alike = 0;
        try {
            for (int i = 0; i < SITES; i++) {
                Path directory = Files.createDirectory(top.resolve("s" + i));
                Scenario scenario = sites.draw("s" + i);
                scenario.build(directory);
                SieveTrial.crowd(directory.resolve("site"));
                String server =
                        base + "<VirtualHost *:8080>\nServerName s.test\n" + scenario.server() + "</VirtualHost>\n";
                Path config = Files.writeString(
                        top.resolve("s" + i + ".conf"),
                        server.replace("@DIR@", directory.toString()).replace("@PORT@", "8080"));
                Apache apache = Apache.load(
                        new DiskConfig(),
                        PathBytes.of(config.toString()),
                        PathBytes.of(top.toString()),
                        Set.of("FOREGROUND"),
                        Map.of());
                SieveTrial trial = new SieveTrial(apache, new SimulatedTree(Principal.of(33, 33, 33)));

                trial.ask(directory.resolve("site"), target -> Scenario.request("GET " + target, "s.test", 8080));

                assertEquals(
                        List.of(),
                        trial.differences(),
                        () -> "-Daudit.seed=" + seed + "\n" + server + scenario.files());
                alike += trial.alike();
            }
        } finally {
            SieveTrial.remove(top);
        }
        assertTrue(alike > SITES, "only " + alike + " answers were spared");
    }
}
