package docrootaudit.endtoend;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two processes and one store. */
class TwoProcessesIT {
    private Ground ground;

    @BeforeEach
    void make_a_site() throws Exception {
        ground = Ground.make();
        ground.bash("touch index.html; chmod 600 index.html");
    }

    @AfterEach
    void remove_it() throws Exception {
        ground.close();
    }

    private Running scan() throws Exception {
        return Jar.audit().start("now", ground.www(), "--as", "33", "--store", ground.store());
    }

    @Test
    void both_scan_and_record() throws Exception {
        try (Running one = scan();
                Running other = scan()) {
            one.end().ended(1);
            other.end().ended(1);
        }

        assertEquals(
                2,
                ground.history("--format", "json").ended(0).json().list("scans").size());
    }

    @Test
    void one_that_holds_the_store_and_sleeps_makes_the_other_say_so() throws Exception {
        ground.now().ended(1);
        try (Running holder = stoppedHolder()) {
            Answer answer = Jar.audit().run("history", "--store", ground.store());
            holder.signal("CONT");

            assertEquals(4, answer.clean().status(), answer::toString);
            assertTrue(answer.sentence().contains("in use by another process"), answer::toString);
        }
    }

    /** Holds the lock on the store as a stopped scan would. */
    private Running stoppedHolder() throws Exception {
        String perl =
                "use Fcntl; my $lock = pack(\"s s x4 q q i x4\", F_WRLCK, 0, 0, 0, 0); open(my $f, \"+<\", $ARGV[0])"
                        + " or die; fcntl($f, F_SETLK, $lock) or die; open(my $held, \">\", $ARGV[1]) or die; sleep 600;";
        Path held = ground.path().resolve("held");
        Running holder = Running.start("exec perl -e '" + perl + "' " + ground.store() + "/history.mv.db " + held);
        await().until(() -> Files.exists(held));
        holder.signal("STOP");
        return holder;
    }
}
