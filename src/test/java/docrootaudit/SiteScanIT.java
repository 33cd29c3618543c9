package docrootaudit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code audit now --server}, beside real servers. */
class SiteScanIT {
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
                    location ~ /\\. { deny all; }
                    location /news/ {
                        #here
                    }
                    location ~ [.]png$ { expires 1d; }
                    location ~ ^/files/.*[.]pdf$ { return 403; }
                    location /keys/ { auth_basic keys; auth_basic_user_file @DIR@/passwords; }
                }
            }
            """;
    private static final String APACHE = """
            ServerName shop.test
            Listen 127.0.0.1:@PORT@
            LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
            LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
            LoadModule authz_host_module /usr/lib/apache2/modules/mod_authz_host.so
            LoadModule autoindex_module /usr/lib/apache2/modules/mod_autoindex.so
            LoadModule dir_module /usr/lib/apache2/modules/mod_dir.so
            User www-data
            Group www-data
            PidFile @DIR@/run/pid
            DefaultRuntimeDir @DIR@/run
            ErrorLog @DIR@/run/error.log
            Mutex posixsem
            DocumentRoot "@DIR@/site"
            <Directory "@DIR@/site">
                AllowOverride All
            </Directory>
            <FilesMatch "^[.]">
                Require all denied
            </FilesMatch>
            <LocationMatch "^/files/.*[.]pdf$">
                Require all denied
            </LocationMatch>
            <Directory "@DIR@/site/news">
                #here
            </Directory>
            """;

    private Path directory;
    private Path configuration;

    @BeforeEach
    void grow() throws Exception {
        Root.required();
        directory = Bash.newDirectory("sites");
        configuration = directory.resolve("server.conf");
        Bash.run("umask 022; cd " + directory + "; mkdir -p site/news site/files site/keys site/img site/shop;"
                + " for f in index.html news/index.html news/one.html news/two.txt files/a.pdf files/b.pdf files/c.txt"
                + " keys/k.html img/x.png img/y.png shop/index.php .env .hidden; do echo $f > site/$f; done;"
                + " ln -s ../news/one.html site/img/link.html; touch passwords");
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

    private AuditJar.Result now(String program, String... more) throws Exception {
        List<String> words =
                new ArrayList<>(List.of("now", "--server=" + program, "--server-config", configuration.toString()));
        words.addAll(List.of(more));
        return AuditJar.run(new byte[0], words.toArray(String[]::new));
    }

    private Json scan(String program) throws Exception {
        AuditJar.Result result = now(
                program,
                "--format",
                "json",
                "--store",
                directory.resolve("store").toString());
        assertEquals("", result.err());
        return result.json();
    }

    /** Puts a line into the server's configuration, and has the server go by it. */
    private void edit(CaseServer running, String place, String replacement) throws Exception {
        Files.writeString(configuration, Files.readString(configuration).replace(place, replacement));
        running.reload();
    }

    private static String denial(String program) {
        return program.equals("nginx") ? "deny all;" : "Require all denied";
    }

    private static Json blaming(List<Json> causes, String line) {
        return causes.stream()
                .filter(c -> c.object("blame").has("source")
                        && c.object("blame").text("source").endsWith(line))
                .findFirst()
                .orElseThrow(() -> new AssertionError(line + " in " + causes));
    }

    private String line(String text) throws IOException {
        List<String> lines = Files.readAllLines(configuration);
        for (int i = lines.size(); i > 0; i--) {
            if (lines.get(i - 1).contains(text)) {
                return "server.conf:" + i;
            }
        }
        throw new AssertionError(text);
    }

    private static List<String> unintended(Json scan) {
        return scan.objects("causes").stream()
                .filter(c -> !c.is("intended"))
                .map(c -> c.text("cause"))
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "apache"})
    void a_rule_that_comes_up_is_new_and_its_fix_makes_it_recover(String program) throws Exception {
        try (CaseServer running = server(program)) {
            Json first = scan(program);
            String mark = denial(program) + " #here";

            edit(running, "#here", denial(program) + "\n#here");
            assertEquals(403, status(running, "/news/one.html"));
            Json second = scan(program);
            Json cause = blaming(
                    second.objects("causes").stream()
                            .filter(c -> c.text("state").equals("new"))
                            .toList(),
                    lineBefore("#here"));
            assertEquals("deny-rule", cause.text("cause"), mark);
            assertEquals(4, cause.number("count"));
            assertEquals(false, cause.is("intended"));
            Bash.run(cause.objects("fixes").get(0).text("command"));
            running.reload();

            assertEquals(200, status(running, "/news/one.html"));
            Json third = scan(program);
            assertEquals(unintended(first), unintended(third));
            assertEquals(
                    List.of("deny-rule"),
                    third.objects("recovered").stream()
                            .map(c -> c.text("cause"))
                            .toList());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "apache"})
    void a_rule_behind_what_permissions_refuse_has_not_recovered(String program) throws Exception {
        try (CaseServer running = server(program)) {
            edit(running, "#here", denial(program) + "\n#here");
            Json first = scan(program);

            Bash.run("chmod 700 " + directory + "/site/news");
            assertEquals(List.of(), scan(program).objects("recovered"));
            Bash.run("chmod 755 " + directory + "/site/news");
            Json third = scan(program);

            assertEquals(unintended(first), unintended(third));
            assertEquals(List.of(), told(third, "new"));
            assertEquals(
                    List.of("search"),
                    third.objects("recovered").stream()
                            .map(c -> c.text("cause"))
                            .toList());
        }
    }

    @Test
    void a_rule_behind_another_has_not_recovered() throws Exception {
        try (CaseServer running = server("nginx")) {
            edit(running, "#here", denial("nginx") + "\n#here");
            scan("nginx");
            edit(running, "location ~ /", "return 403;\nlocation ~ /");

            Json second = scan("nginx");
            assertEquals(List.of("deny-rule"), told(second, "new"));
            assertEquals(List.of(), second.objects("recovered"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "apache"})
    void a_scan_that_asks_no_server_changes_nothing_of_what_servers_refuse(String program) throws Exception {
        try (CaseServer running = server(program)) {
            edit(running, "#here", denial(program) + "\n#here");
            Json first = scan(program);
            AuditJar.Result plain = AuditJar.run(
                    new byte[0],
                    "now",
                    "--format",
                    "json",
                    "--store",
                    directory.resolve("store").toString(),
                    directory.resolve("site").toString());
            assertEquals(List.of(), plain.json().objects("recovered"));
            Json third = scan(program);

            assertEquals(unintended(first), unintended(third));
            assertEquals(List.of(), told(third, "new"));
            assertEquals(List.of(), third.objects("recovered"));
        }
    }

    private static List<String> told(Json scan, String state) {
        return scan.objects("causes").stream()
                .filter(c -> c.text("state").equals(state) && !c.is("intended"))
                .map(c -> c.text("cause"))
                .toList();
    }

    private static int status(CaseServer running, String target) throws Exception {
        return running.ask("127.0.0.1", "GET", target, Map.of("Host", "shop.test"), "", "")
                .status();
    }

    private String lineBefore(String text) throws IOException {
        String[] parts = line(text).split(":");
        return parts[0] + ":" + (Integer.parseInt(parts[1]) - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "apache"})
    void what_is_meant_stands_apart_and_a_line_above_changes_nothing(String program) throws Exception {
        try (CaseServer running = server(program)) {
            Json first = scan(program);
            Files.writeString(configuration, "# a line above\n" + Files.readString(configuration));
            running.reload();
            Json second = scan(program);

            Json dots = first.objects("causes").stream()
                    .filter(c -> c.is("intended") && c.text("cause").equals("deny-rule"))
                    .filter(c -> c.objects("examples").get(0).text("url").endsWith("/.env"))
                    .findFirst()
                    .orElseThrow();
            assertEquals(2, dots.number("count"));
            assertEquals(
                    List.of("known"),
                    second.objects("causes").stream()
                            .map(c -> c.text("state"))
                            .distinct()
                            .toList());
            assertEquals(List.of(), second.objects("recovered"));
            assertEquals(ids(first), ids(second));
        }
    }

    private static Set<String> ids(Json scan) {
        return scan.objects("causes").stream().map(c -> c.text("id")).collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "apache"})
    void an_index_is_missed_where_a_file_is_called_like_one(String program) throws Exception {
        try (CaseServer running = server(program)) {
            Json scan = scan(program);

            List<String> missed = scan.objects("causes").stream()
                    .filter(c -> c.text("cause").equals("missing-index") && !c.is("intended"))
                    .map(c -> c.object("blame").text("path"))
                    .toList();
            assertEquals(List.of(directory.resolve("site/shop").toString()), missed, running::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "apache"})
    void what_is_refused_is_what_the_server_refuses(String program) throws Exception {
        try (CaseServer running = server(program)) {
            AuditJar.Result each = now(program, "--each", "--no-store");
            Set<String> refused = new TreeSet<>(each.text().lines().toList());

            Map<String, Integer> answered = new HashMap<>();
            for (String path : Bash.run("cd " + directory + "/site; find . -printf '%P%y\\n'")
                    .lines()
                    .toList()) {
                String name = path.substring(0, path.length() - 1);
                boolean isDirectory = path.endsWith("d");
                String url = "/" + name + (isDirectory && !name.isEmpty() ? "/" : "");
                String file = directory + "/site" + (name.isEmpty() ? "" : "/" + name);
                answered.put(file, status(running, url));
            }
            Set<String> real = answered.entrySet().stream()
                    .filter(e -> e.getValue() >= 400)
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(real, refused);
            assertTrue(real.size() >= 6, real::toString);
        }
    }
}
