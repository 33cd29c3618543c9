package docrootaudit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a log tells of a worker whose groups or mounts are not those that everybody sees. */
class LoggedTruthIT {
    private static final String GROUP = "dra-logged";
    private static final String NGINX = """
            user www-data;
            worker_processes 1;
            pid @DIR@/run/pid;
            error_log @DIR@/run/error.log;
            events { worker_connections 64; }
            http {
                access_log @DIR@/run/access.log;
                server {
                    listen 127.0.0.1:@PORT@;
                    root @DIR@/home/site;
                }
            }
            """;

    private Path directory;
    private Path template;

    @BeforeEach
    void grow() throws Exception {
        Root.required();
        directory = Bash.newDirectory("truth");
        Bash.run("umask 022; cd " + directory + "; mkdir -p home/site; echo x | tee home/site/group.html"
                + " home/site/open.html; groupadd -f " + GROUP + "; chgrp " + GROUP + " home/site/group.html;"
                + " chmod 640 home/site/group.html");
        template = Files.writeString(directory.resolve("template.conf"), NGINX);
    }

    @AfterEach
    void remove() throws Exception {
        Bash.run("groupdel " + GROUP);
        Bash.remove(directory);
    }

    @Test
    void a_group_that_the_account_got_since_the_server_started_is_the_cause() throws Exception {
        try (CaseServer nginx = new CaseServer("nginx", template, directory, List.of())) {
            Bash.run("usermod -aG " + GROUP + " www-data");
            assertEquals(403, ask(nginx, "/group.html"));

            Json cause = logged();

            assertEquals("stale-groups", cause.text("cause"), cause::toString);
            assertTrue(cause.object("blame").text("process").contains("nginx"), cause::toString);
            assertTrue(cause.objects("fixes").get(0).text("command").contains("reload"), cause::toString);
        } finally {
            Bash.run("gpasswd -d www-data " + GROUP);
        }
    }

    @Test
    void a_mount_that_only_the_server_has_is_the_cause() throws Exception {
        List<String> launch = List.of(
                "unshare",
                "-m",
                "--propagation",
                "private",
                "sh",
                "-c",
                "mount -t tmpfs -o mode=000,size=4k tmpfs \"@DIR@/home\" && exec \"$@\"",
                "sh");
        try (CaseServer nginx = new CaseServer("nginx", template, directory, launch)) {
            assertEquals(403, ask(nginx, "/open.html"));

            Json cause = logged();

            assertEquals("namespace", cause.text("cause"), cause::toString);
            assertEquals(directory + "/home", cause.object("blame").text("path"));
        }
    }

    @Test
    void paths_are_explained_for_whom_the_server_runs_as_that_wrote_the_log() throws Exception {
        Files.writeString(template, NGINX.replace("user www-data;", "user daemon;"));
        try (CaseServer nginx = new CaseServer("nginx", template, directory, List.of())) {
            assertEquals(403, ask(nginx, "/group.html"));

            Json cause = logged();

            assertEquals("mode", cause.text("cause"), cause::toString);
            assertTrue(cause.objects("fixes").get(0).text("command").contains("daemon"), cause::toString);
        }
    }

    private int ask(CaseServer nginx, String url) throws Exception {
        int status =
                nginx.ask("127.0.0.1", "GET", url, Map.of("Host", "x"), "", "").status();
        Path log = directory.resolve("run/access.log");
        Awaitility.await("a line in " + log).until(() -> Files.readString(log).contains("GET " + url));

        return status;
    }

    /** The only cause that the server's logs tell. */
    private Json logged() throws Exception {
        AuditJar.Result result = AuditJar.run(
                "log",
                "--server",
                "nginx",
                "--server-config",
                directory.resolve("server.conf").toString(),
                "--format",
                "json");
        List<Json> causes = result.json().objects("causes");
        assertEquals(1, causes.size(), result::text);
        return causes.get(0);
    }
}
