package docrootaudit.endtoend;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What befalls a host: the service lives through it, says so once in the journal and once by mail, and recovers. */
class DisastersIT {
    /** What could not be delivered is tried again after a minute. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private Ground ground;
    private PostOffice post;
    private SetClock clock;
    private Duration passed = Duration.ZERO;

    @BeforeEach
    void make_a_site() throws Exception {
        ground = Ground.make();
        post = new PostOffice();
        clock = new SetClock(ground.path());
        ground.bash("mkdir blog shop; touch index.html blog/post.html shop/a; chmod 700 shop");
        ground.config(Service.configuration(ground, "every = \"1 s\"\n", post.configuration()));
    }

    @AfterEach
    void remove_it() throws Exception {
        post.close();
        ground.close();
    }

    private Service start() throws Exception {
        Service service = Service.start(ground, Jar.audit().through(clock.words()));
        tells("BASELINE " + ground.www("shop"));
        return service;
    }

    /** Waits until mails tell exactly this, in this order. */
    private void tells(String... wanted) {
        await(List.of(wanted).toString())
                .atMost(PATIENCE)
                .until(() -> post.told().size() >= wanted.length);
        assertEquals(List.of(wanted), post.told());
    }

    /** Lets the time of day pass a minute a second until something is so. */
    private void passUntil(Callable<Boolean> condition) {
        await().atMost(Duration.ofMinutes(10))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    passed = passed.plusMinutes(1);
                    clock.set(passed);
                    return condition.call();
                });
    }

    /** What is to be recorded is larger than the whole disk: whatever the database makes room for, it is too little. */
    @Test
    void a_full_disk_is_told_though_nothing_can_be_kept_and_what_broke_meanwhile_is_told_later() throws Exception {
        Shell.bash("mkdir " + ground.store() + " && mount -t tmpfs -o size=1m,mode=700 none " + ground.store());
        try (Service service = start()) {
            ground.bash(
                    "n=$(printf %0200d 0); for i in $(seq 1000); do mkdir x$n$i; : > x$n$i/f; done; chmod 600 x*/f");
            service.logs("<4>no space is left for the store");
            passUntil(() -> post.told().contains("BLIND " + ground.store()));
            assertEquals(1, service.logged("<4>no space is left for the store"), service.journal()::toString);
            Shell.bash("mount -o remount,size=512m " + ground.store());
            await("what broke is told")
                    .atMost(Duration.ofMinutes(10))
                    .until(() -> post.taken().stream()
                            .anyMatch(mail -> mail.subject().startsWith("1000 new unreadable paths under")));
            passUntil(() -> post.told().contains("SEEING " + ground.store()));

            service.scans(2);
            List<String> told = post.told();
            assertEquals(1, told.stream().filter(t -> t.startsWith("BLIND")).count(), told::toString);
            assertEquals(1, told.stream().filter(t -> t.startsWith("SEEING")).count(), told::toString);
            assertEquals(4, post.taken().size(), told::toString);
            service.stop().ended(0);
            service.isClean();
        }
    }

    @Test
    void a_store_that_vanishes_is_told_and_begun_anew_and_what_breaks_then_is_told() throws Exception {
        try (Service service = start()) {
            // at once, as no rm is while somebody makes files there
            Shell.bash("mv " + ground.store() + " " + ground.path() + "/gone && rm -r " + ground.path() + "/gone");
            service.logs("was removed or replaced while it was open").logs("this is the baseline", 2);
            String baseline = "BASELINE " + ground.www("shop");
            await("both are told").atMost(PATIENCE).until(() -> post.told().size() >= 3);
            assertEquals(
                    List.of(baseline, baseline, "BLIND " + ground.store()),
                    post.told().stream().sorted().toList());
            ground.bash("chmod 700 blog");
            await("what breaks then").atMost(PATIENCE).until(() -> post.told().size() >= 4);

            assertEquals("OPENED " + ground.www("blog"), post.told().get(3));
            // a scan that was at it says so too
            assertEquals(1, service.logged("<3>the store in " + ground.store() + " was removed or replaced"));
            service.stop().ended(0);
            service.isClean();
        }
    }

    @Test
    void a_root_whose_file_system_is_unmounted_is_not_seen_until_it_is_back() throws Exception {
        Shell.bash("cp -a " + ground.www() + " " + ground.path() + "/disk; rm -r " + ground.www() + "/*; mount --bind "
                + ground.path() + "/disk " + ground.www());
        try (Service service = start()) {
            // lazily: an ordinary one fails as busy in the moments in which a scan is in the tree
            Shell.bash("umount -l " + ground.www());
            tells("BASELINE " + ground.www("shop"), "BLIND " + ground.www());
            service.scans(3);
            Shell.bash("mount --bind " + ground.path() + "/disk " + ground.www());
            tells("BASELINE " + ground.www("shop"), "BLIND " + ground.www(), "SEEING " + ground.www());
            ground.bash("chmod 755 shop");

            tells(
                    "BASELINE " + ground.www("shop"),
                    "BLIND " + ground.www(),
                    "SEEING " + ground.www(),
                    "RECOVERED " + ground.www("shop"));
            assertEquals(1, service.logged("not seen: " + ground.www()), service.journal()::toString);
            service.stop().ended(0);
            service.isClean();
        }
    }

    @Test
    void a_clock_that_is_set_back_delays_nothing() throws Exception {
        try (Service service = start()) {
            clock.set(Duration.ofDays(-2));
            service.logs("<4>the clock was set by -").scans(2);
            ground.bash("chmod 700 blog");
            tells("BASELINE " + ground.www("shop"), "OPENED " + ground.www("blog"));
            ground.bash("chmod 755 blog");

            tells("BASELINE " + ground.www("shop"), "OPENED " + ground.www("blog"), "RECOVERED " + ground.www("blog"));
            service.stop().ended(0);
            service.isClean();
        }
    }

    @Test
    void what_waits_when_the_clock_is_set_back_is_told_all_the_same() throws Exception {
        try (Service service = start()) {
            post.refuse("451 4.3.0 come again later");
            ground.bash("chmod 700 blog");
            service.logs("is not delivered yet");
            clock.set(Duration.ofDays(-2));
            service.logs("the clock was set by -");
            post.welcome();

            tells("BASELINE " + ground.www("shop"), "OPENED " + ground.www("blog"));
            service.scans(2);
            tells("BASELINE " + ground.www("shop"), "OPENED " + ground.www("blog"));
        }
    }

    @Test
    void a_clock_that_is_set_ahead_brings_no_storm_of_scans_and_no_second_mail() throws Exception {
        ground.config(Service.configuration(ground, "every = \"1 h\"\n", post.configuration()));
        try (Service service = start()) {
            ground.bash("chmod 700 blog");
            clock.set(Duration.ofDays(40));
            service.logs("the clock was set by 3").logs("scanned " + ground.www(), 2);
            tells("BASELINE " + ground.www("shop"), "OPENED " + ground.www("blog"));
            service.told("STATUS=idle; the next scan is due at ");

            assertEquals(2, service.logged("scanned "), service.journal()::toString);
            service.stop().ended(0);
            service.isClean();
        }
    }

    @Test
    void a_mail_server_that_is_gone_for_a_while_gets_each_mail_once() throws Exception {
        try (Service service = start()) {
            post.shut();
            ground.bash("chmod 700 blog");
            service.logs("Connection refused").scans(2);
            clock.set(Duration.ofMinutes(2));
            service.logs("Connection refused", 2);
            post.reopen();
            clock.set(Duration.ofMinutes(10));
            tells("BASELINE " + ground.www("shop"), "OPENED " + ground.www("blog"));
            service.scans(2);

            tells("BASELINE " + ground.www("shop"), "OPENED " + ground.www("blog"));
            assertEquals(2, post.taken().size());
            assertTrue(post.taken().stream().map(LetterTaken::id).distinct().count() == 2);
        }
    }
}
