package docrootaudit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code audit discover} and {@code audit probe}, beside real servers. */
class WebServersIT {
    private static final String NGINX = """
            user www-data;
            pid @DIR@/run/pid;
            error_log @DIR@/run/error.log;
            events { }
            http {
                access_log off;
                server {
                    listen 127.0.0.1:@PORT@;
                    server_name shop.test;
                    root @DIR@/site;
                    index start.html;
                    location /pool/ { autoindex on; }
                    location /keys/ { auth_basic keys; auth_basic_user_file @DIR@/passwords; }
                    location /shared/ { alias @DIR@/elsewhere/; disable_symlinks on; }
                    location ~ /[.] { deny all; }
                }
            }
            """;
    private static final String APACHE = """
            ServerName shop.test
            Listen 127.0.0.1:@PORT@
            LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
            LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
            LoadModule alias_module /usr/lib/apache2/modules/mod_alias.so
            LoadModule dir_module /usr/lib/apache2/modules/mod_dir.so
            LoadModule autoindex_module /usr/lib/apache2/modules/mod_autoindex.so
            LoadModule mime_module /usr/lib/apache2/modules/mod_mime.so
            User www-data
            Group www-data
            PidFile @DIR@/run/pid
            DefaultRuntimeDir @DIR@/run
            ErrorLog @DIR@/run/error.log
            Mutex posixsem
            TypesConfig /etc/mime.types
            DocumentRoot "@DIR@/site"
            DirectoryIndex start.html
            Alias /shared/ "@DIR@/elsewhere/"
            <Directory "@DIR@/site/pool">
                Options Indexes
            </Directory>
            <FilesMatch "^[.]">
                Require all denied
            </FilesMatch>
            """;

    private Path directory;

    @BeforeEach
    void grow() throws Exception {
        Root.required();
        directory = Bash.newDirectory("servers");
        Bash.run("umask 022; cd " + directory + "; mkdir -p site/pool site/keys site/shut elsewhere;"
                + " echo hello | tee site/start.html site/pool/a.html site/keys/b.html site/shut/c.html site/.env"
                + " elsewhere/d.html; chmod 700 site/shut; chmod 600 site/pool/a.html; touch passwords");
    }

    @AfterEach
    void remove() throws Exception {
        Bash.remove(directory);
    }

    private CaseServer server(String program) throws IOException {
        Path file = directory.resolve("template.conf");
        Files.writeString(file, program.equals("nginx") ? NGINX : APACHE);
        return new CaseServer(program, file, directory, List.of());
    }

    private static List<String> named(String program, Path configuration) {
        return List.of("--server", program, "--server-config", configuration.toString());
    }

    private static AuditJar.Result audit(List<String> words, List<String> more) throws Exception {
        List<String> all = new ArrayList<>(words);
        all.addAll(more);
        return AuditJar.run(new byte[0], all.toArray(String[]::new));
    }

    private static Json parsed(AuditJar.Result result) throws IOException {
        assertEquals("", result.err());
        return result.json();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "apache"})
    void the_roots_of_a_running_server_are_discovered_with_whom_it_runs_as(String program) throws Exception {
        try (CaseServer running = server(program)) {
            Json told = parsed(
                    audit(List.of("discover", "--format", "json"), named(program, directory.resolve("server.conf"))));

            Json server = told.objects("servers").get(0);
            assertEquals("www-data", server.object("as").text("user"));
            assertTrue(server.object("as").text("why").startsWith("the running "), server::toString);
            assertEquals(List.of(), server.texts("not_understood"));
            Json site = server.objects("sites").get(0);
            assertEquals(List.of("shop.test"), site.texts("names"));
            assertEquals(running.port(), site.objects("listens").get(0).number("port"));
            assertEquals(
                    List.of(directory.resolve("site"), directory.resolve("elsewhere")),
                    site.objects("roots").stream()
                            .map(r -> Path.of(r.text("directory")))
                            .filter(d -> !d.endsWith("pool") && !d.endsWith("keys"))
                            .distinct()
                            .toList());
            assertEquals(List.of("start.html"), site.objects("roots").get(0).texts("index"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "apache"})
    void a_server_that_answers_as_its_configuration_says_agrees_below_all_roots(String program) throws Exception {
        try (CaseServer running = server(program)) {
            AuditJar.Result result = audit(
                    List.of("probe", "--all", "--format", "json"), named(program, directory.resolve("server.conf")));

            Json proof = parsed(result);
            assertEquals(List.of(), proof.objects("disagreements"));
            assertEquals(List.of(), proof.texts("failures"));
            assertEquals(0, proof.number("uncertain"));
            assertTrue(proof.number("asked") >= 6, () -> running.port() + ": " + proof);
            assertEquals(0, result.status());
        }
    }

    @Test
    void a_server_that_answers_something_else_is_a_finding() throws Exception {
        try (CaseServer running = server("nginx")) {
            Path other = directory.resolve("other.conf");
            Files.writeString(
                    other,
                    Files.readString(directory.resolve("server.conf"))
                            .replace("location /pool/ {", "location = /start.html { deny all; } location /pool/ {"));
            String url = "http://127.0.0.1:" + running.port() + "/start.html";

            AuditJar.Result result = audit(List.of("probe", url, "--format", "json"), named("nginx", other));

            Json one = parsed(result).objects("disagreements").get(0);
            assertEquals(403, one.number("predicted"));
            assertEquals(200, one.number("answered"));
            assertEquals(1, result.status());
        }
    }

    @Test
    void a_refusal_that_nginx_still_remembers_is_told_from_one_that_holds() throws Exception {
        String remembering = "open_file_cache max=100;\nopen_file_cache_errors on;\nopen_file_cache_valid 1h;\n";
        Path file = directory.resolve("template.conf");
        Files.writeString(file, NGINX.replace("access_log off;\n", "access_log off;\n" + remembering));
        try (CaseServer running = new CaseServer("nginx", file, directory, List.of())) {
            List<String> server = named("nginx", directory.resolve("server.conf"));
            String url = "http://127.0.0.1:" + running.port() + "/pool/a.html";
            assertEquals(List.of(), parsed(probe(url, server)).objects("disagreements"), "refused, and remembered");
            Bash.run("chmod 644 " + directory + "/site/pool/a.html");

            Json proof = parsed(probe(url, server));

            assertEquals(1, proof.number("uncertain"));
            assertEquals(List.of(), proof.objects("disagreements"));
            Json explained = parsed(audit(List.of("explain", url, "--format", "json"), server));
            assertEquals("uncertain", explained.text("verdict"));
            assertEquals("cached", explained.text("cause"), explained::toString);
            Json discovered = parsed(audit(List.of("discover", "--format", "json"), server));
            assertTrue(
                    discovered.objects("servers").get(0).texts("notes").stream().anyMatch(n -> n.endsWith("(cached)")),
                    discovered::toString);
        }
    }

    private static AuditJar.Result probe(String url, List<String> server) throws Exception {
        return audit(List.of("probe", url, "--format", "json"), server);
    }

    @Test
    void a_server_that_does_not_run_is_no_disagreement_but_cannot_be_asked() throws Exception {
        int port;
        try (CaseServer running = server("nginx")) {
            port = running.port();
        }

        AuditJar.Result result = audit(
                List.of("probe", "http://127.0.0.1:" + port + "/start.html", "--format", "json"),
                named("nginx", directory.resolve("server.conf")));

        assertEquals(1, parsed(result).texts("failures").size());
        assertEquals(4, result.status());
    }
}
