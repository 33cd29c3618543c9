package docrootaudit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A mount that a scan keeps off by itself, left out by the configuration: then nothing is missing. */
class ExcludedMountIT {
    @Test
    void what_is_left_out_does_not_make_a_scan_incomplete() throws Exception {
        Root.required();
        Path directory = Bash.newDirectory("excluded");
        try {
            Bash.run("mkdir -m 0755 " + directory + "/root " + directory + "/root/mount; mount -t proc proc "
                    + directory + "/root/mount");
            Path config = Files.writeString(directory.resolve("audit.toml"), "[defaults]\nexclude = [\"mount\"]\n");
            List<String> words = List.of("now", "--no-store", "--as", "33", "--format", "json", directory + "/root");

            assertEquals(4, AuditJar.run(words.toArray(String[]::new)).status());
            AuditJar.Result result = AuditJar.run(
                    words.get(0),
                    "--config",
                    config.toString(),
                    words.get(1),
                    words.get(2),
                    words.get(3),
                    words.get(6));
            assertEquals(0, result.status(), result::text);
        } finally {
            Bash.run("umount " + directory + "/root/mount");
            Bash.remove(directory);
        }
    }
}
