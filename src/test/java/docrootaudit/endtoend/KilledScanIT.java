package docrootaudit.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * {@code audit now} killed at random moments: whatever was reported is in the history, and the history opens. Twenty
 * kills, or {@code -Daudit.kills=N}; {@code -Daudit.seed=N} repeats a run.
 */
class KilledScanIT {
    private static final int KILLS = Integer.getInteger("audit.kills", 20);

    private Ground ground;

    @BeforeEach
    void make_a_site() throws Exception {
        ground = Ground.make();
        ground.bash(
                "for d in $(seq 40); do mkdir d$d; for f in $(seq 20); do : > d$d/f$f; done; done; chmod 600 d1/* d2/f1");
    }

    @AfterEach
    void remove_it() throws Exception {
        ground.close();
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void no_reported_scan_is_lost() throws Exception {
        long seed = Seed.of("kills of audit now: " + KILLS);
        Random random = new Random(seed);
        List<String> reported = new ArrayList<>(List.of(ground.scan().text("started")));
        long whole = duration();
        int killed = 0;
        while (killed < KILLS) {
            // something to write each time
            ground.bash("chmod $((RANDOM % 2 ? 600 : 644)) d$((RANDOM % 40 + 1))/*");
            String started = "";
            try (Running scan = Jar.audit()
                    .start("now", ground.www(), "--as", "33", "--store", ground.store(), "--format", "json")) {
                // the later half has the commit in it
                scan.runsFor((long) ((0.4 + 0.7 * random.nextDouble()) * whole));
                scan.signal("KILL");
                Answer answer = scan.end();
                if (answer.status() < 100) {
                    started = answer.json().text("started");
                } else {
                    killed++;
                }
            }
            if (!started.isEmpty()) {
                reported.add(started);
            }
            check(reported, killed);
        }
        System.out.println("kills of audit now: " + killed + " killed, " + reported.size() + " reported, none lost");
    }

    private long duration() throws Exception {
        long began = System.nanoTime();
        ground.now();
        return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began);
    }

    private void check(List<String> reported, int killed) throws Exception {
        Json history = ground.history("--format", "json").ended(0).json();
        List<String> recorded = history.all("scans").map(s -> s.text("started")).toList();

        assertTrue(recorded.containsAll(reported), () -> "reported " + reported + ", recorded " + recorded);
        if (killed % 10 == 0) {
            Json status = Jar.audit()
                    .run("status", "--store", ground.store(), "--format", "json")
                    .json();
            Json scan = ground.scan();
            reported.add(scan.text("started"));
            assertEquals(1, status.list("roots").size());
            assertEquals("true", scan.text("complete"));
        }
    }
}
