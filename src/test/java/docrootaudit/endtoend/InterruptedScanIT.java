package docrootaudit.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A scan that a signal ends: what it saw is told, what it did not see stays as it was. */
class InterruptedScanIT {
    private static final int DIRECTORIES = 25;

    private Ground ground;

    @BeforeEach
    void make_a_tree_that_takes_its_time() throws Exception {
        ground = Ground.make();
        ground.bash("mkdir d && cd d && seq 4000 | xargs touch && cd .. && for i in $(seq " + DIRECTORIES
                + "); do cp -al d e$i; done; mkdir aa zz; touch aa/f zz/f; chmod 600 aa/f zz/f");
    }

    @AfterEach
    void remove_it() throws Exception {
        ground.close();
    }

    /** A scan that a signal ends as soon as it is in the tree, after one that saw {@code aa/f}, which is mended since. */
    private Answer interrupted(String signal) throws Exception {
        ground.now().ended(1);
        ground.bash("chmod 644 aa/f");
        // whoever runs the tests may have told children to ignore SIGINT
        Jar jar = Jar.audit().through("env --default-signal=INT");
        try (Running running = jar.start(
                "now", ground.www(), "--as", "33", "--store", ground.store(), "--threads", "1", "--format", "json")) {
            assertTrue(running.opens(ground.www() + "/"), "it was over before it could be interrupted");
            running.signal(signal);
            return running.end().clean();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void its_report_says_that_it_is_not_complete(String signal) throws Exception {
        Json scan = interrupted(signal).ended(4).json();

        assertEquals("false", scan.text("complete"));
        assertEquals(List.of(), scan.list("recovered"));
    }

    @Test
    void it_resolves_nothing_and_the_next_scan_is_right() throws Exception {
        interrupted("TERM");
        Answer between = ground.history(ground.www("zz/f"));
        Json next = ground.now("--format", "json").ended(1).json();

        assertEquals(1, between.status(), between::toString);
        assertEquals(
                List.of("known"), next.all("causes").map(c -> c.text("state")).toList());
        assertEquals(
                List.of(ground.www("aa/f")),
                next.all("recovered").map(c -> c.get("blame").text("path")).toList());
    }

    @Test
    void history_and_status_tell_it() throws Exception {
        interrupted("TERM");

        Answer history = ground.history();
        Answer status = Jar.audit().run("status", "--store", ground.store());

        assertTrue(history.text().lines().skip(1).findFirst().orElseThrow().contains("interrupted"), history::toString);
        assertEquals(1, status.ended(1).status());
    }
}
