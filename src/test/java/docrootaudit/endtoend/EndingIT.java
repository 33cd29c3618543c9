package docrootaudit.endtoend;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.Seed;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service told to end, whatever it is at: it ends soon and well, and the next one goes on where it was. */
class EndingIT {
    private static final int ROUNDS = 4;
    private static final int CAUSES = 300;
    private static final Pattern NEW = Pattern.compile("([0-9]+) new unreadable paths?");

    private Ground ground;
    private PostOffice post;

    @BeforeEach
    void make_a_site() throws Exception {
        ground = Ground.make();
        post = new PostOffice();
        ground.bash("mkdir blog shop; touch blog/f shop/f; chmod 700 shop");
        ground.config(Service.configuration(ground, "every = \"1 s\"\n", post.configuration()));
    }

    @AfterEach
    void remove_it() throws Exception {
        post.close();
        ground.close();
    }

    /** Five seconds, and what a loaded machine takes for a signal to come and a process to go. */
    private static void endsSoon(Service service) throws Exception {
        long began = System.nanoTime();
        service.stop().ended(0);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        assertTrue(took.toMillis() < 20_000, took::toString);
        service.isClean();
    }

    /** Most of these moments are while hundreds of findings are recorded and told. */
    @Test
    void at_moments_that_nobody_chose_nothing_is_lost_told_twice_or_recovers() throws Exception {
        long seed = Seed.of("ends of audit daemon");
        Random random = new Random(seed);
        try (Service service = Service.start(ground)) {
            await().until(() -> !post.taken().isEmpty());
            endsSoon(service);
        }
        for (int round = 0; round < ROUNDS; round++) {
            try (Service service = Service.start(ground)) {
                ground.bash("mkdir r" + round + "; cd r" + round + "; for i in $(seq " + CAUSES
                        + "); do mkdir d$i; echo > d$i/f; done; chmod 600 d*/f");
                service.process().runsFor(TimeUnit.MILLISECONDS.toMicros(random.nextInt(3000)));
                endsSoon(service);
            }
        }
        try (Service service = Service.start(ground)) {
            await("all is told").atMost(Duration.ofMinutes(3)).until(() -> newlyTold() >= ROUNDS * CAUSES);
            service.scans(3);
            endsSoon(service);
        }

        assertEquals(ROUNDS * CAUSES, newlyTold());
        assertTrue(
                post.taken().stream().noneMatch(mail -> mail.subject().contains("readable again")),
                () -> post.taken().toString());
    }

    /** By the subjects of all mails; one that came twice counts once. */
    private int newlyTold() {
        return post.taken().stream()
                .distinct()
                .map(mail -> NEW.matcher(mail.subject()))
                .filter(Matcher::find)
                .mapToInt(subject -> Integer.parseInt(subject.group(1)))
                .sum();
    }

    @Test
    void while_a_mail_server_dawdles_the_mail_goes_out_again_as_the_same() throws Exception {
        try (Service service = Service.start(ground)) {
            await().until(() -> !post.taken().isEmpty());
            post.dawdle(Duration.ofHours(1));
            ground.bash("chmod 700 blog");
            await("a mail is on its way").until(() -> post.dawdling() > 0);
            endsSoon(service);
        }
        post.dawdle(Duration.ZERO);
        List<String> wanted = List.of("BASELINE " + ground.www("shop"), "OPENED " + ground.www("blog"));
        try (Service service = Service.start(ground)) {
            await().until(() -> post.told().size() >= wanted.size());
            service.scans(3);
            endsSoon(service);
        }

        assertEquals(wanted, post.told());
        assertEquals(2, post.taken().size(), () -> post.taken().toString());
    }
}
