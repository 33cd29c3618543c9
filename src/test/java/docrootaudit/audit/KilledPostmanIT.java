package docrootaudit.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.Seed;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills at moments nobody chose, between a scan and its mail too: {@code -Dalert.kills=200} for a longer proof. */
class KilledPostmanIT {
    private static final int KILLS = Integer.getInteger("alert.kills", 15);

    @TempDir
    private Path temporary;

    @Test
    @Timeout(3600)
    void every_alert_arrives_and_a_repeat_has_the_same_id() throws Exception {
        Random random = new Random(Seed.of("killed postmen"));
        int recorded = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            recorded = Math.max(recorded, run(1 << 20, Duration.ofMillis(random.nextInt(400))));
        }
        int last = recorded + 3;
        run(last, Duration.ofMinutes(2));

        Map<String, String> subjects = new HashMap<>();
        Map<String, String> messages = new TreeMap<>();
        for (String line : Files.readAllLines(temporary.resolve("spool"))) {
            String id = line.substring(0, line.indexOf(' '));
            String subject = line.substring(line.indexOf(' ') + 1);
            assertEquals(subject, subjects.computeIfAbsent(id, i -> subject), "the repeat is another mail");
            for (String file : subject.split(",")) {
                assertEquals(id, messages.computeIfAbsent(file, f -> id), file + " is told twice");
            }
        }
        assertTrue(recorded > KILLS / 2, "recorded " + recorded);
        for (int hour = 1; hour <= recorded; hour++) {
            assertTrue(messages.containsKey("file" + hour), "file" + hour + " is never told");
        }
    }

    /** Answers the last hour that is known to be recorded. */
    private int run(int hours, Duration beforeKill) throws Exception {
        Process process = new ProcessBuilder(List.of(
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Courier.class.getName(),
                        temporary.resolve("store").toString(),
                        temporary.resolve("spool").toString(),
                        Integer.toString(hours)))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        int last = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            if (line != null) {
                last = Integer.parseInt(line);
                process.waitFor(beforeKill.toMillis(), TimeUnit.MILLISECONDS);
            }
            // not the process itself: that would close its output, unread
            process.toHandle().destroyForcibly();
            process.waitFor();
            for (line = lines.readLine(); line != null; line = lines.readLine()) {
                last = Integer.parseInt(line);
            }
        }
        return last;
    }
}
