package docrootaudit.server.nginx;

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
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Files that a configuration cannot tell apart are answered alike ({@code -Daudit.seed=N} repeats a run). */
class NameSieveIT {
    private static final int SITES = 60;

    @Test
    void files_of_one_kind_are_answered_alike() throws Exception {
        Root.required();
        long seed = Seed.of("nginx sieve");
        Random random = new Random(seed);
        Path top = SieveTrial.newDirectory();
        int alike = 0;
        try {
            for (int i = 0; i < SITES; i++) {
                Path root = top.resolve("r" + i);
                RandomSite site = new RandomSite(random, root, "r.test", 8080);
                site.build();
                SieveTrial.crowd(root);
                Path config = Files.writeString(
                        top.resolve("c" + i + ".conf"), "events {}\nhttp {\n" + site.configuration() + "\n}\n");
                Nginx nginx =
                        Nginx.load(new DiskConfig(), PathBytes.of(config.toString()), PathBytes.of(top.toString()));
                SieveTrial trial = new SieveTrial(nginx, new DiskTree(Principal.of(33, 33, 33)));

                trial.ask(root, target -> Asked.of("GET " + target, "r.test").request(8080));

                assertEquals(
                        List.of(), trial.differences(), () -> "-Daudit.seed=" + seed + "\n" + site.configuration());
                alike += trial.alike();
            }
        } finally {
            SieveTrial.remove(top);
        }
        assertTrue(alike > SITES, "only " + alike + " answers were spared");
    }
}
