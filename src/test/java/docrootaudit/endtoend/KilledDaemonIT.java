package docrootaudit.endtoend;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import docrootaudit.Seed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The service killed at random moments, most of them between the commit of a scan and the mail server's answer: every
 * alert arrives, and one that arrives twice is the same mail. Eight kills, or {@code -Daudit.kills=N}.
 */
class KilledDaemonIT {
    private static final int KILLS = Integer.getInteger("audit.kills", 8);

    private Ground ground;
    private PostOffice post;

    @BeforeEach
    void make_a_site() throws Exception {
        ground = Ground.make();
        post = new PostOffice();
        ground.bash("for i in $(seq 0 " + KILLS + "); do mkdir d$i; touch d$i/f; done; mkdir shop; chmod 700 shop");
        ground.config(Service.configuration(ground, "every = \"1 s\"\n", post.configuration()));
    }

    @AfterEach
    void remove_it() throws Exception {
        post.close();
        ground.close();
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void every_alert_arrives_and_a_repeat_is_the_same_mail() throws Exception {
        long seed = Seed.of("kills of audit daemon: " + KILLS);
        Random random = new Random(seed);
        List<String> wanted = new ArrayList<>(List.of("BASELINE " + ground.www("shop")));
        try (Service service = Service.start(ground)) {
            await().atMost(Duration.ofMinutes(1)).until(() -> !post.taken().isEmpty());
            service.process().signal("KILL");
            service.process().end();
        }
        post.dawdle(Duration.ofMillis(500));
        for (int kill = 0; kill < KILLS; kill++) {
            try (Service service = Service.start(ground)) {
                ground.bash("chmod 700 d" + kill);
                wanted.add("OPENED " + ground.www("d" + kill));
                service.logs("new: " + ground.www("d" + kill));
                // it holds for one second; then the mail server takes one
                service.process().runsFor(TimeUnit.MILLISECONDS.toMicros(random.nextInt(2500)));
                service.process().signal("KILL");
                service.process().end();
            }
        }
        post.dawdle(Duration.ZERO);
        try (Service service = Service.start(ground)) {
            await().atMost(Duration.ofMinutes(2)).until(() -> post.told().size() >= wanted.size());
            service.scans(4);
        }

        Map<String, LetterTaken> mails = new HashMap<>();
        for (LetterTaken mail : post.taken()) {
            assertEquals(mail, mails.computeIfAbsent(mail.id(), id -> mail), "a repeat is another mail");
        }
        System.out.println("kills of audit daemon: " + (post.taken().size() - mails.size()) + " of "
                + post.taken().size() + " mails came again");
        assertEquals(
                wanted.stream().sorted().collect(Collectors.joining("\n")),
                post.told().stream().sorted().collect(Collectors.joining("\n")));
    }
}
