package docrootaudit.endtoend;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code roots = "auto"}, beside a real nginx. */
class AutoRootsIT {
    private Ground ground;
    private int port;

    @BeforeEach
    void make_sites() throws Exception {
        ground = Ground.make();
        ground.bash(
                "mkdir shop blog; touch shop/start.html blog/start.html blog/index.html; chmod 600 blog/index.html");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        serve("shop");
        Shell.bash("nginx -c " + nginx());
    }

    @AfterEach
    void remove_them() throws Exception {
        stop();
        ground.close();
    }

    private void stop() throws Exception {
        Path pid = ground.path().resolve("nginx.pid");
        if (Files.exists(pid)) {
            Shell.bash("kill $(cat " + pid + ")");
            await().until(() -> !Files.exists(pid));
        }
    }

    private Path nginx() {
        return ground.path().resolve("nginx.conf");
    }

    private void serve(String... sites) throws Exception {
        String servers = Stream.of(sites)
                .map(site -> "server { listen 127.0.0.1:" + port + "; server_name " + site + ".test; index start.html;"
                        + " root " + ground.www(site) + "; }\n")
                .collect(Collectors.joining());
        Files.writeString(
                nginx(),
                "user www-data;\npid " + ground.path() + "/nginx.pid;\nerror_log " + ground.path()
                        + "/error.log;\nevents { }\nhttp {\naccess_log off;\n" + servers + "}\n");
    }

    private void configure(String rest) throws Exception {
        ground.config("roots = \"auto\"\nstore = \"" + ground.store() + "\"\n[defaults]\nevery = \"1 s\"\n"
                + "jitter = \"0 s\"\n[daemon]\nsocket = \"" + Service.socket(ground) + "\"\n" + rest);
    }

    private List<String> roots() throws Exception {
        Json scan = Jar.audit()
                .run("now", "--config", ground.path() + "/audit.toml", "--no-store", "--format", "json")
                .json();
        return scan.all("roots")
                .map(Json::toString)
                .filter(root -> root.startsWith(ground.www()))
                .toList();
    }

    @Test
    void a_scan_on_demand_walks_what_the_web_server_serves_for_its_workers() throws Exception {
        configure("");
        serve("shop", "blog");

        assertEquals(List.of(ground.www("shop"), ground.www("blog")), roots());
    }

    @Test
    void roots_that_are_named_are_scanned_too_and_none_below_them_again() throws Exception {
        ground.bash("mkdir more");
        configure("[[root]]\npath = \"" + ground.www("more") + "\"\n[[root]]\npath = \"" + ground.www() + "\"\n");

        assertEquals(List.of(ground.www("more"), ground.www()), roots());
    }

    @Test
    void the_service_follows_what_the_web_server_serves() throws Exception {
        configure("");
        try (Service service = Service.start(ground)) {
            service.logs("scanned " + ground.www("shop") + " for www-data");
            serve("shop", "blog");
            service.logs("scanned " + ground.www("blog") + " for www-data").logs("1 path refused by 1 cause");
            serve("blog");
            service.logs(ground.www("shop") + " is no longer scanned, and nobody is told of it");
            Files.writeString(nginx(), "http {");
            service.logs("roots = \"auto\": " + nginx() + ":1");
            long scans = service.logged("scanned " + ground.www("blog"));
            service.logs("scanned " + ground.www("blog"), Math.toIntExact(scans) + 2);

            assertEquals(1, service.logged("the roots before are still scanned"), service.journal()::toString);
            service.stop().ended(0);
        }
    }

    @Test
    void a_root_that_vanishes_while_the_web_server_names_it_is_missed() throws Exception {
        configure("");
        try (Service service = Service.start(ground)) {
            service.scans(1);
            ground.bash("mv shop elsewhere");
            service.logs(ground.www("shop") + " cannot be scanned: ");
            ground.bash("mv elsewhere shop");
            service.logs(
                    "scanned " + ground.www("shop"), Math.toIntExact(service.logged("scanned " + ground.www())) + 1);
            service.stop().ended(0);
        }
    }

    /**
     * A manager starts it again: the web server's administrator may be writing at that moment. Among processes of their
     * own, so that no other server says which roots there are.
     */
    @Test
    void a_service_that_cannot_know_its_roots_ends_as_one_that_may_be_started_again() throws Exception {
        configure("");
        stop();
        Answer answer = Jar.audit()
                .through("unshare --pid --fork --kill-child --mount-proc bash -c 'sed -i s/nginx.pid/inner.pid/ "
                        + nginx()
                        + "; nginx -c " + nginx()
                        + "; printf \"http {\" > " + nginx() + "; exec \"$0\" \"$@\"'")
                .run("daemon", "--config", ground.path() + "/audit.toml")
                .ended(4);

        assertTrue(answer.err().contains("roots = \"auto\": " + nginx() + ":1"), answer::err);
    }
}
