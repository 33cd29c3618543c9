package docrootaudit.endtoend;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The service from its start to its end. */
class DaemonIT {
    private Ground ground;

    @BeforeEach
    void make_a_site() throws Exception {
        ground = Ground.make();
        ground.bash("mkdir blog; touch index.html blog/post.html");
    }

    @AfterEach
    void remove_it() throws Exception {
        ground.close();
    }

    private void configure(String defaults, String daemon) throws Exception {
        ground.config(Service.configuration(ground, defaults, daemon));
    }

    @Test
    void its_manager_is_told_that_it_is_ready_alive_and_ending() throws Exception {
        configure("every = \"1 h\"", "");
        try (Service service = Service.start(ground)) {
            assertTrue(Files.exists(Service.socket(ground)));
            assertTrue(Files.exists(Path.of(ground.store(), "history.mv.db")));
            service.told("STATUS=idle; the next scan is due at 2").told("WATCHDOG=1");
            service.stop().ended(0);
            service.told("STOPPING=1");

            assertEquals("READY=1", service.told().get(1));
            assertFalse(Files.exists(Service.socket(ground)));
            service.isClean();
        }
    }

    /** In mounts of its own, where the usual places are on the ground. */
    @Test
    void installed_without_a_configuration_it_is_useful() throws Exception {
        ground.bash("chmod 600 index.html; mkdir -p ../usual/run ../usual/lib /var/www");
        String usual = "unshare -m bash -c 'mount --bind " + ground.www() + " /var/www; cd " + ground.path()
                + "/usual; mount --bind lib /var/lib; mount --bind run /run; exec \"$0\" \"$@\"'";
        try (Service service = Service.launchUnconfigured(ground, Jar.audit().through(usual))) {
            service.ready()
                    .logs("scanned /var/www for www-data")
                    .logs("1 path refused by 1 cause; this is the baseline");
            String inThere = "nsenter -t " + service.process().pid() + " -m";

            await().until(
                            () -> Jar.audit()
                                    .through(inThere)
                                    .run("status")
                                    .ended(0)
                                    .text(),
                            text -> text.contains("service  runs, idle; the next scan is due at"));
            Jar.audit().through(inThere).run("now").ended(1);
            service.stop().ended(0);
            service.isClean();
        }
    }

    @Test
    void a_manager_may_listen_at_an_abstract_name() throws Exception {
        configure("every = \"1 h\"", "");
        String name = "@" + ground.path().getFileName();
        try (Service service = Service.launch(ground, Jar.audit(), name)) {
            service.ready().stop().ended(0);
        }
    }

    @Test
    void it_scans_on_schedule_and_tells_once_what_is_new_and_what_is_over() throws Exception {
        configure("every = \"1 s\"", "");
        try (Service service = Service.start(ground)) {
            service.logs("this is the baseline");
            ground.bash("chmod 700 blog");
            service.logs("<4>new: " + ground.www("blog") + " refuses: other::--- (search); 2 paths behind it")
                    .scans(2);
            assertEquals(1, service.logged("new: "));
            ground.bash("chmod 755 blog");
            service.logs("<6>recovered: " + ground.www("blog")).scans(2);

            assertEquals(1, service.logged("recovered: "));
            service.stop().ended(0);
            service.isClean();
        }
    }

    @Test
    void set_times_are_kept() throws Exception {
        configure("cron = \"* * * * * *\"", "");
        try (Service service = Service.start(ground)) {
            service.scans(3);
        }
    }

    @Test
    void a_reload_is_told_and_taken() throws Exception {
        configure("every = \"1 h\"", "");
        try (Service service = Service.start(ground)) {
            service.logs("this is the baseline");
            ground.bash("mkdir ../other; touch ../other/index.html");
            ground.config(Service.configuration(ground, "every = \"1 h\"", "") + "[[root]]\npath = \"" + ground.path()
                    + "/other\"\n");
            service.process().signal("HUP");
            service.told("RELOADING=1 MONOTONIC_USEC=")
                    .logs("the configuration was read anew: 2 roots")
                    .logs("scanned " + ground.path() + "/other");

            assertEquals(2, service.told().stream().filter("READY=1"::equals).count());
            service.isClean();
        }
    }

    @Test
    void a_bad_configuration_is_refused_with_its_line_and_the_old_one_stays() throws Exception {
        configure("every = \"1 s\"", "");
        try (Service service = Service.start(ground)) {
            service.scans(1);
            String config = ground.config(Service.configuration(ground, "every = \"often\"", ""));
            service.process().signal("HUP");
            service.logs("<3>" + config + ":6: \"every\" is no time: \"often\"")
                    .logs("the one before is still in force")
                    .scans(2);

            assertEquals(2, service.told().stream().filter("READY=1"::equals).count());
        }
    }

    @Test
    void a_fifo_in_the_place_of_the_configuration_does_not_hold_it_up() throws Exception {
        configure("every = \"1 s\"", "");
        try (Service service = Service.start(ground)) {
            Path config = ground.path().resolve("audit.toml");
            Shell.bash("rm " + config + " && mkfifo " + config);
            service.process().signal("HUP");
            service.logs("<3>" + config + ": it is no regular file")
                    .logs("the one before is still in force")
                    .scans(2);
        }
    }

    @Test
    void what_the_logs_it_follows_tell_is_in_its_status() throws Exception {
        Path log = ground.path().resolve("access.log");
        configure("every = \"1 h\"", "[log]\nfiles = [\"" + log + "\"]\n");
        try (Service service = Service.start(ground)) {
            String[] status = {"status", "--format", "json", "--config", ground.path() + "/audit.toml"};
            await().until(() -> Jar.audit()
                    .run(status)
                    .text()
                    .contains("\"state\": \"cannot be read: no such file or directory\""));
            Files.writeString(
                    log,
                    "192.0.2.1 - - [26/Nov/2026:00:00:01 +0000] \"GET /secret.html?token=1 HTTP/1.1\" 403 5 \"-\" \"x\"\n");

            await().until(() -> Jar.audit().run(status).text().contains("\"url\": \"/secret.html\""));

            Answer told = Jar.audit().run("status", "--config", ground.path() + "/audit.toml");
            assertTrue(told.prose().contains("refused /secret.html (unexplained): 1 request by 1 bot"), told::toString);
            assertFalse(told.text().contains("192.0.2.1") || told.text().contains("token"), told::toString);
            service.isClean();
        }
    }

    @Test
    void a_bad_configuration_at_the_start_ends_it() throws Exception {
        String config = ground.config("every = 1\n");
        try (Service service = Service.launch(
                ground, Jar.audit(), ground.path().resolve("notify").toString())) {
            service.process().end().ended(2);

            assertTrue(
                    service.journal().get(0).startsWith("<3>" + config + ":1: unknown key"),
                    service.journal()::toString);
        }
    }

    @Test
    void a_signal_ends_a_scan_in_time_and_nothing_recovers_by_it() throws Exception {
        ground.bash("mkdir d && cd d && seq 4000 | xargs touch && cd .. && for i in $(seq 50); do cp -al d e$i; done;"
                + " mkdir aa zz; touch aa/f zz/f; chmod 600 aa/f zz/f");
        configure("every = \"1 s\"", "");
        try (Service service = Service.start(ground)) {
            service.sees("2 paths refused");
            ground.bash("chmod 644 aa/f zz/f; chmod 700 e7");
            assertTrue(service.process().opens(ground.www() + "/"));
            long began = System.nanoTime();
            service.stop().ended(0);
            Duration took = Duration.ofNanos(System.nanoTime() - began);

            // five seconds, and what a loaded machine takes for a signal to come and a process to go
            assertTrue(took.toMillis() < 10_000, took::toString);
            service.told("STOPPING=1").isClean();
        }
        Json newest = ground.history("--format", "json")
                .json()
                .all("scans")
                .findFirst()
                .orElseThrow();
        assertEquals("true", newest.text("interrupted"), newest::toString);
        assertEquals("0", newest.text("closed"));
    }

    @Test
    void after_a_kill_it_takes_the_place_of_the_one_before() throws Exception {
        configure("every = \"1 h\"", "");
        try (Service killed = Service.start(ground)) {
            killed.logs("this is the baseline");
            killed.process().signal("KILL");
            killed.process().end();
        }
        assertTrue(Files.exists(Service.socket(ground)), "it left its socket behind");
        try (Service next = Service.start(ground)) {
            Answer status = Jar.audit().run("status", "--config", ground.path() + "/audit.toml");

            status.ended(0);
            // the scan of the one before is not due again
            assertEquals(1, next.logged("scanned "));
        }
    }

    @Test
    void a_file_that_is_no_socket_is_left_where_it_is() throws Exception {
        configure("every = \"1 h\"", "");
        ground.bash("mkdir ../run; echo precious > ../run/control.sock");
        Answer refused = Jar.audit()
                .run("daemon", "--config", ground.path() + "/audit.toml")
                .ended(4);

        assertTrue(refused.err().contains("there is something else of that name"), refused::toString);
        assertEquals("precious\n", Files.readString(Service.socket(ground)));
    }

    @Test
    void a_second_one_leaves_the_first_alone() throws Exception {
        configure("every = \"1 h\"", "");
        try (Service first = Service.start(ground)) {
            String config = ground.config(Service.configuration(ground, "", "").replace("/store\"", "/store2\""));
            Answer second = Jar.audit().run("daemon", "--config", config);

            second.ended(4);
            assertTrue(second.err().contains("another service answers there"), second::toString);
            assertEquals(0, first.ask(java.io.OutputStream.nullOutputStream(), System.err, "status"));
        }
    }

    @Test
    void a_rate_bounds_a_scan_that_is_due() throws Exception {
        configure("every = \"1 s\"", "rate = 100\n");
        ground.bash("seq 400 | xargs touch; chmod 600 400");
        try (Service service = Service.start(ground)) {
            long began = System.nanoTime();
            service.logs("this is the baseline");

            // of what is left at the end nobody takes account
            Duration least = Duration.ofSeconds(3);
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            assertTrue(took.compareTo(least) > 0, took::toString);
            assertTrue(service.journal().stream().anyMatch(l -> l.contains("1 path refused")));
        }
    }

    @Test
    void a_full_disk_is_told_once_and_lived_through() throws Exception {
        Shell.bash("mkdir " + ground.store() + " && mount -t tmpfs -o size=1m,mode=700 none " + ground.store());
        configure("every = \"1 s\"", "");
        try (Service service = Service.start(ground)) {
            service.logs("this is the baseline");
            // larger than the whole disk, and there at once: of the first few the disk might hold a scan in between
            ground.bash(
                    "mkdir ../x; cd ../x; n=$(printf %0200d 0); for i in $(seq 1000); do mkdir $n$i; : > $n$i/f; done;"
                            + " chmod 600 */f; mv ../x " + ground.www());
            service.logs("no space is left for the store").scans(3);
            assertEquals(1, service.logged("no space is left for the store"));
            Shell.bash("mount -o remount,size=512m " + ground.store());
            service.sees("1000 paths refused by 1000 causes").logs("new: " + ground.www("x"), 1000);

            service.stop().ended(0);
        }
    }

    @Test
    void a_store_that_vanishes_is_told_and_begun_anew() throws Exception {
        configure("every = \"1 s\"", "");
        try (Service service = Service.start(ground)) {
            service.logs("this is the baseline");
            // at once, as no rm is while somebody makes files there
            Shell.bash("mv " + ground.store() + " " + ground.path() + "/gone && rm -r " + ground.path() + "/gone");
            service.logs("was removed or replaced while it was open")
                    .logs("the store can be used again")
                    .logs("this is the baseline", 2);
            service.stop().ended(0);
        }
    }

    @Test
    void a_root_that_disappears_is_told_once_and_scanned_again_when_it_is_back() throws Exception {
        ground.bash("chmod 600 index.html");
        configure("every = \"1 s\"", "");
        try (Service service = Service.start(ground)) {
            service.sees("1 path refused");
            Shell.bash("mv " + ground.www() + " " + ground.path() + "/gone");
            service.logs(ground.www() + " cannot be scanned").scans(3);
            assertEquals(1, service.logged(ground.www() + " cannot be scanned"));
            Shell.bash("mv " + ground.path() + "/gone " + ground.www());
            service.sees("1 path refused");

            assertEquals(0, service.logged("recovered: "));
            assertEquals(0, service.logged("new: "));
        }
    }

    @Test
    void a_root_that_is_not_there_at_the_start_keeps_no_other_from_being_scanned() throws Exception {
        ground.config(Service.configuration(ground, "every = \"1 s\"", "") + "[[root]]\npath = \"" + ground.path()
                + "/later\"\n");
        try (Service service = Service.start(ground)) {
            service.logs(ground.path() + "/later cannot be scanned").scans(1);
            Shell.bash("mkdir " + ground.path() + "/later");
            service.logs("scanned " + ground.path() + "/later for www-data: 1 entry");
        }
    }

    @Test
    void where_no_journal_adds_it_the_time_stands_before_each_line() throws Exception {
        configure("every = \"1 h\"", "");
        try (Service service = Service.start(ground, Jar.audit().through("env -u JOURNAL_STREAM"))) {
            service.logs("this is the baseline");

            for (String line : service.journal()) {
                assertTrue(line.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}[^ ]* INFO .*"), line);
            }
        }
    }

    @Test
    void names_in_the_journal_are_escaped() throws Exception {
        ground.bash("mkdir $'a\\n<0>b\\x1b[2J\\xff'; chmod 700 a*");
        configure("every = \"1 s\"", "");
        try (Service service = Service.start(ground)) {
            service.logs("this is the baseline");
            ground.bash("chmod 755 a*");
            service.logs("<6>recovered: " + ground.www("a\\n<0>b\\x1b[2J\\xff")).isClean();
        }
    }

    @Test
    void its_heartbeat_comes_while_all_goes_well() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        HttpServer monitor = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        monitor.createContext("/ping", exchange -> {
            calls.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        monitor.start();
        Path file = ground.path().resolve("beat");
        configure(
                "every = \"1 s\"",
                "heartbeat-file = \"" + file + "\"\nheartbeat-url = \"http://127.0.0.1:"
                        + monitor.getAddress().getPort() + "/ping\"");
        try (Service service = Service.start(ground)) {
            await().until(() -> calls.get() > 1 && Files.exists(file));
            Shell.bash("mv " + ground.www() + " " + ground.path() + "/gone");
            service.logs("cannot be scanned").scans(1);
            int before = calls.get();
            service.scans(2);

            assertEquals(before, calls.get());
        } finally {
            monitor.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void either_signal_ends_it_well(String signal) throws Exception {
        configure("every = \"1 h\"", "");
        try (Service service = Service.start(ground, Jar.audit().through("env --default-signal=INT"))) {
            service.process().signal(signal);
            service.process().end().ended(0);
        }
    }
}
