package docrootaudit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.PathBytes;
import docrootaudit.audit.Host;
import docrootaudit.audit.LogFollower;
import docrootaudit.web.Program;
import docrootaudit.web.ServerLogs;
import docrootaudit.web.WhichServer;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Logs that the configurations of real servers name, and what these were predicted to answer to the requests in them. */
class PredictedLogsIT {
    private static final String NGINX = """
            user www-data;
            worker_processes 1;
            pid @RUN@/pid;
            error_log @RUN@/error.log;
            events { worker_connections 64; }
            http {
                log_format json escape=json '{"t":"$time_iso8601","a":"$remote_addr","r":"$request","s":$status,'
                    '"ua":"$http_user_agent","from":"$http_referer"}';
                access_log @RUN@/access.json json;
                @TEMP@
                server {
                    listen 127.0.0.1:@PORT@;
                    server_name shop.test;
                    root @ROOT@;
                    access_log @RUN@/shop.log;
                    location /return { return 403; }
                    location /deny { deny all; }
                    location /login { auth_basic x; auth_basic_user_file @RUN@/passwords; }
                    if ($http_user_agent ~ Greedy) { return 403; }
                    location /pictures {
                        valid_referers none shop.test;
                        if ($invalid_referer) { return 403; }
                    }
                    location ~ /\\. { deny all; }
                    location /api { proxy_pass http://127.0.0.1:@PORT@/return; }
                }
                server {
                    listen 127.0.0.1:@PORT@;
                    server_name other.test;
                    root @ROOT@;
                    access_log syslog:server=127.0.0.1 combined;
                    access_log @RUN@/access.json json;
                    location /hidden { return 403; }
                }
            }
            """;
    private static final String APACHE = """
            ServerName localhost
            Listen 127.0.0.1:@PORT@
            LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
            LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
            LoadModule dir_module /usr/lib/apache2/modules/mod_dir.so
            LoadModule rewrite_module /usr/lib/apache2/modules/mod_rewrite.so
            @WORKER@
            ErrorLog @RUN@/error.log
            ErrorLogFormat "%{cu}t %-v %l %a %E %M% ,\\ from\\ %{Referer}i"
            LogFormat "%a %{sec}t \\"%r\\" %>s \\"%{User-Agent}i\\" \\"%{Referer}i\\"" mine
            <Directory "/">
                Options FollowSymLinks
                AllowOverride None
                Require all granted
            </Directory>
            <Directory "@ROOT@/deny">
                Require all denied
            </Directory>
            <VirtualHost *:@PORT@>
                ServerName shop.test
                DocumentRoot "@ROOT@"
                CustomLog @RUN@/shop.log mine
                RewriteEngine On
                RewriteCond %{QUERY_STRING} attack
                RewriteRule ^ - [F]
            </VirtualHost>
            <VirtualHost *:@PORT@>
                ServerName other.test
                DocumentRoot "@ROOT@"
                CustomLog "|/bin/cat" mine
            </VirtualHost>
            """;

    private Path top;
    private Path run;
    private Path root;

    @BeforeEach
    void draw() throws Exception {
        Root.required();
        top = Bash.newDirectory("predicted");
        run = Files.createDirectory(top.resolve("run"));
        root = Files.createDirectory(top.resolve("root"));
        Bash.run("umask 022; cd " + root + " && mkdir deny shut && echo x | tee a.html deny/a.html shut/a.html .env"
                + " && chmod 700 shut && touch " + run + "/passwords");
    }

    @AfterEach
    void erase() throws Exception {
        Bash.remove(top);
    }

    @Test
    void what_no_error_log_of_nginx_says_its_configuration_does() throws Exception {
        AuditJar.Result result;
        try (WebServer server = new WebServer(WebServer.Kind.NGINX, run, PathBytes.of(root.toString()), NGINX)) {
            for (String url : List.of(
                    "/return?secret=1", "/return/2", "/deny/a.html", "/login", "/.env", "/shut/a.html", "/api/x")) {
                ask(server, "shop.test", url, "shop.log");
            }
            ask(server, "shop.test", "/pictures/a", "shop.log", "Referer: http://greedy.test/");
            ask(server, "shop.test", "/a.html", "shop.log", "User-Agent: Greedy/1.0");
            ask(server, "other.test", "/hidden", "access.json");
            result = log("nginx");
        }

        String conf = run + "/conf:";
        assertEquals(
                Map.of(
                        "deny-rule " + conf + line("location /return"), 3,
                        "deny-rule " + conf + line("location /deny"), 1,
                        "deny-rule " + conf + line("location ~ /\\.") + " intended", 1,
                        "deny-rule " + conf + line("if ($invalid_referer)"), 1,
                        "deny-rule " + conf + line("if ($http_user_agent"), 1,
                        "deny-rule " + conf + line("location /hidden"), 1,
                        "upstream " + conf + line("location /api"), 1,
                        "search " + root + "/shut", 1,
                        "auth " + conf + line("location /login") + " intended", 1),
                causes(result.json()),
                result::text);
        assertEquals(0, result.json().object("answers").number("unexplained"));
        assertNothingOfVisitors(result);
        assertTrue(
                result.json().texts("notes").stream()
                        .anyMatch(n -> n.endsWith("this log cannot be read: it goes to syslog")),
                result::text);
    }

    @Test
    void an_answer_that_nothing_explains_stands_out_with_what_was_predicted() throws Exception {
        try (WebServer server = new WebServer(WebServer.Kind.NGINX, run, PathBytes.of(root.toString()), NGINX)) {
            ask(server, "shop.test", "/return", "shop.log");
        }
        Path conf = run.resolve("conf");
        Files.writeString(conf, Files.readString(conf).replace("location /return { return 403; }", ""));
        Files.writeString(root.resolve("return"), "x");

        AuditJar.Result result = log("nginx");

        Json cause = result.json().objects("unexplained").get(0);
        assertEquals(200, cause.object("predicted").number("status"));
        assertEquals(1, result.status());
        String text = AuditJar.run("log", "--server", "nginx", "--server-config", conf.toString())
                .text();
        assertTrue(text.contains("predicted 200, yet refused"), text);
    }

    @Test
    void what_no_error_log_of_Apache_says_its_configuration_does() throws Exception {
        AuditJar.Result result;
        try (WebServer server = new WebServer(WebServer.Kind.APACHE, run, PathBytes.of(root.toString()), APACHE)) {
            // of another address than those of which the error log tells: Apache names no URL there
            askFrom("127.0.0.2", server, "shop.test", "/a.html?q=attack&secret=1", "shop.log");
            ask(server, "shop.test", "/deny/a.html", "shop.log", "Referer: http://r/?secret=1");
            ask(server, "shop.test", "/shut/a.html", "shop.log", "Referer: http://r/?secret=1");
            result = log("apache");
        }

        assertEquals(
                Map.of(
                        "rewrite " + run + "/conf:" + line("RewriteRule"), 1,
                        "deny-rule " + run + "/conf:" + line("Require all denied"), 1,
                        "search " + root + "/shut", 1),
                causes(result.json()),
                result::text);
        assertNothingOfVisitors(result);
        assertTrue(
                result.json().texts("notes").stream()
                        .anyMatch(n -> n.endsWith("this log cannot be read: it is piped to a program")),
                result::text);
    }

    @Test
    void a_log_that_a_tenant_has_made_a_link_of_is_not_read() throws Exception {
        Path tenant = Files.createDirectory(top.resolve("tenant"));
        Path secret = Files.writeString(
                top.resolve("secret"), "192.0.2.1 - - [26/Nov/2026:00:00:01 +0000] \"GET /secret HTTP/1.1\" 403 5\n");
        Files.createSymbolicLink(tenant.resolve("access.log"), secret);
        Bash.run("chown -h www-data " + tenant + " " + tenant.resolve("access.log") + "; mkfifo " + tenant
                + "/error.log");
        Path conf = Files.writeString(
                run.resolve("conf"),
                "error_log " + tenant + "/error.log;\nevents { }\nhttp { access_log " + tenant
                        + "/access.log; server { listen 127.0.0.1:1; } }\n");

        AuditJar.Result result = AuditJar.run(
                "log", "--server", "nginx", "--server-config", conf.toString(), "--as", "www-data", "--format", "json");

        assertEquals(4, result.status());
        assertFalse(result.text().contains("/secret\""), result::text);
        assertEquals(2, result.json().texts("failures").size(), result::text);
    }

    @Test
    void logs_that_were_rotated_away_are_read_as_what_they_were() throws Exception {
        try (WebServer server = new WebServer(WebServer.Kind.NGINX, run, PathBytes.of(root.toString()), NGINX)) {
            ask(server, "other.test", "/hidden", "access.json");
        }
        Bash.run("cd " + run + " && gzip -c access.json > access.json.2.gz && mv access.json access.json-20261126"
                + " && touch access.json");

        AuditJar.Result result = AuditJar.run(
                "log",
                "--rotated",
                "--server",
                "nginx",
                "--server-config",
                run.resolve("conf").toString(),
                "--as",
                "www-data",
                "--format",
                "json");

        assertEquals(
                Map.of("deny-rule " + run + "/conf:" + line("location /hidden"), 2),
                causes(result.json()),
                result::text);
    }

    @Test
    void what_the_configuration_names_is_followed_and_tells_whom_a_cause_met() throws Exception {
        try (WebServer server = new WebServer(WebServer.Kind.NGINX, run, PathBytes.of(root.toString()), NGINX)) {
            Host host = new LinuxHost();
            WhichServer which = new WhichServer(
                    Optional.of(Program.NGINX),
                    Optional.of(PathBytes.of(run.resolve("conf").toString())),
                    Optional.empty(),
                    Set.of(),
                    Optional.empty());
            LogFollower follower = new LogFollower(host, ZoneId.systemDefault(), 4711, Clock.systemUTC());
            follower.follow(ServerLogs.of(host, which).find().logs());
            follower.poll();

            ask(server, "shop.test", "/shut/a.html", "shop.log");
            ask(server, "shop.test", "/shut/b.html", "shop.log");

            Awaitility.await("what the logs tell").until(() -> {
                follower.poll();
                return follower.met(PathBytes.of(root + "/shut"), 1)
                        .filter(m -> m.requests() == 2 && m.visitors() + m.bots() == 1)
                        .isPresent();
            });
            assertEquals(Optional.empty(), follower.met(PathBytes.of(root + "/deny"), 1));
        }
    }

    private AuditJar.Result log(String program) throws Exception {
        return AuditJar.run(
                "log",
                "--server",
                program,
                "--server-config",
                run.resolve("conf").toString(),
                "--as",
                "www-data",
                "--format",
                "json");
    }

    /** On which line of the configuration something stands. */
    private int line(String text) throws IOException {
        List<String> lines = Files.readAllLines(run.resolve("conf"));
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(text)) {
                return i + 1;
            }
        }
        throw new AssertionError(text);
    }

    private static Map<String, Integer> causes(Json report) {
        Map<String, Integer> causes = new TreeMap<>();
        for (String list : List.of("causes", "challenges", "unexplained")) {
            for (Json cause : report.objects(list)) {
                Json blame = cause.object("blame");
                causes.put(
                        cause.text("cause") + " " + (blame.has("path") ? blame.text("path") : blame.text("source"))
                                + (cause.is("intended") ? " intended" : ""),
                        cause.number("requests"));
            }
        }
        return causes;
    }

    private static void assertNothingOfVisitors(AuditJar.Result result) {
        for (String word : List.of("127.0.0.2", "secret", "Greedy", "greedy", "q=")) {
            assertFalse(result.text().contains(word), () -> word + " in " + result.text());
        }
    }

    private void ask(WebServer server, String host, String url, String log, String... headers) throws IOException {
        askFrom("127.0.0.1", server, host, url, log, headers);
    }

    private void askFrom(String from, WebServer server, String host, String url, String log, String... headers)
            throws IOException {
        Path file = run.resolve(log);
        List<String> head = new ArrayList<>(List.of("GET " + url + " HTTP/1.1", "Host: " + host, "Connection: close"));
        head.addAll(List.of(headers));
        try (Socket socket = server.connect(from)) {
            socket.getOutputStream().write((String.join("\r\n", head) + "\r\n\r\n").getBytes(ISO_8859_1));
            assertTrue(socket.getInputStream().readAllBytes().length > 0);
        }
        // logged when the connection has been served
        Awaitility.await(url + " in " + file)
                .until(() -> Files.exists(file) && Files.readString(file).contains("GET " + url + " "));
    }
}
