package docrootaudit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.PathBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What real servers write into their logs of requests they refuse is what audit log tells. */
class LogsIT {
    private static final String FORGED =
            "2026/11/26 00:00:00 [error] 1#1: *1 open() \"/etc/shadow\" failed (13: Permission"
                    + " denied), client: 203.0.113.9, server: , request: \"GET /forged HTTP/1.1\", host: \"x\"";

    private static final String NGINX = """
            user www-data;
            worker_processes 1;
            pid @RUN@/pid;
            error_log @RUN@/error.log info;
            events { worker_connections 64; }
            http {
                log_format json escape=json '{"t":"$time_iso8601","a":"$remote_addr","r":"$request","s":$status,"ua":"$http_user_agent"}';
                access_log @RUN@/access.log combined;
                access_log @RUN@/access.json json;
                @TEMP@
                server {
                    listen 127.0.0.1:@PORT@;
                    root @ROOT@;
                    location /deny { deny all; }
                    location /return { return 403; }
                    location /links { disable_symlinks on; }
                    location /nofile { auth_basic x; auth_basic_user_file @RUN@/nowhere; }
                    location /login { auth_basic x; auth_basic_user_file @RUN@/passwords; }
                    location /socket { proxy_pass http://unix:@ROOT@/shut/socket; }
                }
            }
            """;
    private static final String APACHE = """
            ServerName localhost
            Listen 127.0.0.1:@PORT@
            LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
            LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
            LoadModule authz_user_module /usr/lib/apache2/modules/mod_authz_user.so
            LoadModule authn_core_module /usr/lib/apache2/modules/mod_authn_core.so
            LoadModule authn_file_module /usr/lib/apache2/modules/mod_authn_file.so
            LoadModule auth_basic_module /usr/lib/apache2/modules/mod_auth_basic.so
            LoadModule access_compat_module /usr/lib/apache2/modules/mod_access_compat.so
            LoadModule dir_module /usr/lib/apache2/modules/mod_dir.so
            LoadModule autoindex_module /usr/lib/apache2/modules/mod_autoindex.so
            LoadModule rewrite_module /usr/lib/apache2/modules/mod_rewrite.so
            LoadModule unique_id_module /usr/lib/apache2/modules/mod_unique_id.so
            LoadModule security2_module /usr/lib/apache2/modules/mod_security2.so
            @WORKER@
            ErrorLog @RUN@/error.log
            CustomLog @RUN@/access.log "%v:%p %h %l %u %t \\"%r\\" %>s %O \\"%{Referer}i\\" \\"%{User-Agent}i\\""
            DocumentRoot "@ROOT@"
            <Directory "/">
                Options FollowSymLinks
                AllowOverride None
                Require all granted
            </Directory>
            <Directory "@ROOT@">
                AllowOverride All
            </Directory>
            <Directory "@ROOT@/deny">
                Require all denied
            </Directory>
            <Directory "@ROOT@/old">
                Order deny,allow
                Deny from all
            </Directory>
            <Directory "@ROOT@/rewrite">
                Options None
            </Directory>
            <Location "/login">
                AuthType Basic
                AuthName x
                AuthUserFile @RUN@/passwords
                Require user lee
            </Location>
            RewriteEngine On
            RewriteRule ^/return - [F]
            SecRuleEngine On
            SecAuditEngine RelevantOnly
            SecAuditLogRelevantStatus "^4"
            SecAuditLogParts ABIJDEFHZ
            SecAuditLogType Serial
            SecAuditLogFormat @FORM@
            SecAuditLog @RUN@/audit.log
            SecRule ARGS "attack" "id:4711,phase:1,deny,status:403,log,auditlog,msg:'An \\"attack\\"'"
            """;

    private Path top;
    private Path run;
    private Path root;

    @BeforeEach
    void draw() throws IOException {
        Root.required();
        top = Bash.newDirectory("logs");
        run = Files.createDirectory(top.resolve("run"));
        root = Files.createDirectory(top.resolve("root"));
        for (String directory : List.of("empty", "shut", "deny", "old", "login", "links", "htaccess", "rewrite")) {
            Files.createDirectory(root.resolve(directory));
        }
        file("shut/page.html", "rw-r--r--");
        file("shut/other.html", "rw-r--r--");
        file("closed.html", "rw-------");
        file("deny/page.html", "rw-r--r--");
        file("htaccess/page.html", "rw-r--r--");
        file("htaccess/.htaccess", "rw-------");
        file("rewrite/page.html", "rw-r--r--");
        Files.writeString(file("rewrite/.htaccess", "rw-r--r--"), "RewriteEngine On\n");
        Files.createSymbolicLink(root.resolve("links/link"), Path.of("/etc/hostname"));
        Files.setPosixFilePermissions(root.resolve("shut"), PosixFilePermissions.fromString("rwx------"));
        Files.writeString(run.resolve("passwords"), "kim:{PLAIN}x\n");
    }

    @AfterEach
    void erase() throws IOException, InterruptedException {
        Bash.remove(top);
    }

    private Path file(String name, String mode) throws IOException {
        Path file = Files.writeString(root.resolve(name), "x");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    @Test
    void nginx() throws Exception {
        try (WebServer server = new WebServer(WebServer.Kind.NGINX, run, PathBytes.of(root.toString()), NGINX)) {
            for (String url : List.of(
                    "/closed.html?token=secret",
                    "/closed.html",
                    "/shut/page.html",
                    "/shut/other.html",
                    "/shut/",
                    "/empty/",
                    "/deny/page.html",
                    "/return",
                    "/links/link",
                    "/login/x",
                    "/socket",
                    "/absent",
                    "/absent%0a" + percent(FORGED) + "%0a")) {
                ask(server, url, "curl/7.88.1");
            }
            assertEquals(403, ask(server, "/nofile/x", "x", "Authorization: Basic " + base64("kim:x")));
            ask(server, "/deny/page.html", "Mozilla/5.0 (X11) \"quoted\\ \u00e9");
            ask(server, "/login/x", "x", "Authorization: Basic " + base64("kim:wrong"));
        }
        AuditJar.Result result = log("error.log", "access.log");

        assertEquals(1, result.status(), result::err);
        assertEquals(
                Map.of(
                        "mode " + root + "/closed.html",
                        2,
                        "search " + root + "/shut",
                        4,
                        "missing-index " + root + "/empty",
                        1,
                        "deny-rule /deny/page.html",
                        2,
                        "symlink " + root + "/links/link",
                        1,
                        "auth " + run + "/nowhere",
                        1,
                        "unexplained /return",
                        1,
                        "challenge /login/x",
                        2),
                causes(result.json()));
        assertNothingOfVisitors(result);
        assertFalse(result.text().contains("shadow"), result::text);
        assertEquals(
                causes(result.json()),
                causes(log(
                                "error.log",
                                "access.json",
                                "--log-format",
                                "{\"t\":\"$time_iso8601\",\"a\":\"$remote_addr\",\"r\":\"$request\",\"s\":$status,\"ua\":\"$http_user_agent\"}")
                        .json()));
    }

    @Test
    void apache_with_a_firewall() throws Exception {
        askApache("Native");

        AuditJar.Result result = log("error.log", "audit.log", "access.log");

        assertEquals(1, result.status(), result::err);
        assertEquals(
                Map.of(
                        "mode " + root + "/closed.html",
                        2,
                        "search " + root + "/shut",
                        2,
                        "missing-index " + root + "/empty",
                        1,
                        "deny-rule " + root + "/deny/page.html",
                        1,
                        "deny-rule " + root + "/old/page.html",
                        1,
                        "mode " + root + "/htaccess/.htaccess",
                        1,
                        "rewrite " + root + "/rewrite/page.html",
                        1,
                        "waf 4711",
                        2,
                        "unexplained /return",
                        1,
                        "challenge /login/x",
                        2),
                causes(result.json()));
        assertTrue(result.text().contains("\"message\": \"An \\\"attack\\\"\""), result::text);
        assertNothingOfVisitors(result);
        Map<String, Integer> whole = causes(result.json());
        assertEquals(2, causes(log("audit.log").json()).get("waf 4711"));
        assertEquals(whole, compressed(LogsIT::gzip), "the same from compressed logs");
    }

    @Test
    void a_firewall_that_writes_JSON() throws Exception {
        askApache("JSON");

        AuditJar.Result result = log("audit.log");

        assertEquals("modsecurity-json", result.json().objects("files").get(0).text("log"));
        assertEquals(Map.of("waf 4711", 2), causes(result.json()));
        assertNothingOfVisitors(result);
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void what_cannot_be_read_is_told_and_the_rest_is_read() throws Exception {
        String line = "192.0.2.1 - - [26/Nov/2026:00:00:01 +0000] \"GET /a HTTP/1.1\" 403 5 \"-\" \"x\"\n";
        Path whole = Files.writeString(run.resolve("whole.log"), line);
        Files.writeString(run.resolve("cut.log"), line.repeat(100_000));
        gzip(run.resolve("cut.log"));
        Bash.run("cd " + run + " && mkfifo fifo && truncate -s 500 cut.log.2.gz && echo nothing > other");

        AuditJar.Result result = log(whole.toString(), "cut.log.2.gz", run + "/fifo", "other", run + "/missing");

        assertEquals(4, result.status(), result::err);
        assertEquals(
                List.of(
                        run + "/fifo cannot be read: it is no regular file",
                        run + "/missing cannot be read: no such file or directory",
                        run + "/cut.log.2.gz was read in part only: it ends early, or is damaged",
                        run + "/other is no log that is known: if it is an access log, --log-format names its format"),
                result.json().texts("failures"));
        assertTrue(result.json().object("answers").number("refused") > 1, result::text);
    }

    private void askApache(String form) throws Exception {
        try (WebServer server = new WebServer(
                WebServer.Kind.APACHE, run, PathBytes.of(root.toString()), APACHE.replace("@FORM@", form))) {
            for (String url : List.of(
                    "/closed.html?token=secret",
                    "/closed.html",
                    "/shut/page.html",
                    "/shut/other.html",
                    "/empty/",
                    "/deny/page.html",
                    "/old/page.html",
                    "/htaccess/page.html",
                    "/rewrite/page.html",
                    "/return",
                    "/?q=attack",
                    "/a?q=attack",
                    "/login/x",
                    "/absent",
                    "/absent%0a" + percent(FORGED) + "%0a")) {
                ask(server, url, "AH00132: file permissions deny server access: /etc/shadow \"");
            }
            ask(server, "/login/x", "x", "Authorization: Basic " + base64("kim:wrong"));
        }
    }

    private AuditJar.Result log(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("log", "--as", "www-data", "--format", "json"));
        for (String word : words) {
            Path file = run.resolve(word.startsWith("{") ? "." : word);
            command.add(Files.isRegularFile(file) ? file.toString() : word);
        }
        return AuditJar.run(command.toArray(String[]::new));
    }

    private interface Change {
        void of(Path file) throws IOException;
    }

    private Map<String, Integer> compressed(Change change) throws Exception {
        for (String log : List.of("error.log", "audit.log", "access.log")) {
            change.of(run.resolve(log));
        }
        return causes(AuditJar.run("log", "--as", "www-data", "--format", "json", "--rotated", run.toString())
                .json());
    }

    private static void gzip(Path file) throws IOException {
        try (OutputStream out =
                new GZIPOutputStream(Files.newOutputStream(file.resolveSibling(file.getFileName() + ".2.gz")))) {
            Files.copy(file, out);
        }
        Files.delete(file);
    }

    private static Map<String, Integer> causes(Json report) {
        Map<String, Integer> causes = new TreeMap<>();
        for (Json cause : report.objects("causes")) {
            causes.put(cause.text("cause") + " " + what(cause), cause.number("requests"));
        }
        for (String list : List.of("unexplained", "challenges")) {
            for (Json cause : report.objects(list)) {
                causes.merge(list.replaceAll("s$", "") + " " + what(cause), cause.number("requests"), Integer::sum);
            }
        }
        return causes;
    }

    private static String what(Json cause) {
        Json blame = cause.object("blame");
        return blame.has("path") ? blame.text("path") : blame.has("url") ? blame.text("url") : cause.text("code");
    }

    private static void assertNothingOfVisitors(AuditJar.Result result) {
        for (String word : List.of("127.0.0.1", "203.0.113", "token", "secret", "curl", "Mozilla", "q=", "kim")) {
            assertFalse(result.text().contains(word), () -> word + " in " + result.text());
        }
    }

    private int ask(WebServer server, String url, String agent, String... headers) throws IOException {
        Path log = run.resolve("access.log");
        long before = Files.exists(log) ? Files.size(log) : 0;
        String head = "GET " + url
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nReferer: http://r/?s=secret\r\nUser-Agent: "
                + agent + "\r\n" + String.join("\r\n", headers) + (headers.length > 0 ? "\r\n" : "") + "\r\n";
        String answer;
        try (Socket socket = server.connect()) {
            socket.getOutputStream().write(head.getBytes(ISO_8859_1));
            answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
        // logged when the connection has been served
        Awaitility.await("a line in " + log).until(() -> Files.exists(log) && Files.size(log) > before);

        return Integer.parseInt(answer.split(" ", 3)[1]);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private static String percent(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte b : text.getBytes(UTF_8)) {
            String one = Character.isLetterOrDigit(b) || b == '/'
                    ? (char) b + ""
                    : String.format(java.util.Locale.ROOT, "%%%02X", b);
            out.writeBytes(one.getBytes(UTF_8));
        }
        return out.toString(UTF_8);
    }
}
