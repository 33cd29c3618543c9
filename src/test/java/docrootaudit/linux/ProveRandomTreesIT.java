package docrootaudit.linux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import docrootaudit.Seed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code audit prove} over the trees of the differential test: whatever the tree, scan and kernel agree. */
class ProveRandomTreesIT {
    private static final List<List<String>> IDENTITIES = List.of(
            List.of("--as", "33", "--groups", "33"),
            List.of("--as", "33", "--groups", "61001,61002"),
            List.of("--as", "61001"),
            List.of("--as", "61002", "--group", "61003", "--groups", "61001,33"),
            List.of("--as", "4000000001"),
            List.of("--as", "0"));

    private final long seed = Seed.of("prove on random trees");
    private RandomTree tree;

    @BeforeEach
    void grow() throws Exception {
        tree = new RandomTree(Files.createTempDirectory(Path.of("/var/tmp"), "audit-prove"), new Random(seed));
    }

    @AfterEach
    void fell() throws Exception {
        tree.close();
    }

    @Test
    void scan_and_kernel_agree_on_every_path() throws Exception {
        for (int i = 0; i < 2; i++) {
            tree.regrow();
            tree.protectSymlinks(i == 0);
            for (List<String> identity : IDENTITIES) {
                for (String need : List.of("read", "list", "execute")) {
                    List<String> command = new ArrayList<>(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-jar",
                            System.getProperty("audit.jar"),
                            "prove",
                            tree.top().toString(),
                            "--sample",
                            "all",
                            "--need",
                            need));
                    command.addAll(identity);
                    Process process = new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .start();
                    String said = new String(process.getInputStream().readAllBytes(), UTF_8);

                    assertEquals(
                            0, process.waitFor(), () -> "seed " + seed + " " + identity + " " + need + "\n" + said);
                }
            }
        }
    }
}
