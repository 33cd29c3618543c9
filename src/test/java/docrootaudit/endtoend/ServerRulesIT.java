package docrootaudit.endtoend;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The service asks real web servers for their rules, and people hear of these by mail. Others may run on this machine,
 * and be in any state: only what is told of this one counts.
 */
class ServerRulesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String NGINX = """
            user www-data;
            pid @DIR@/run/server.pid;
            error_log @DIR@/run/error.log;
            events { }
            http {
                access_log off;
                server {
                    listen 127.0.0.1:@PORT@;
                    server_name shop.test;
                    root @DIR@/www;
                    #hidden
                    location /news/ {
                        #here
                    }
                }
            }
            """;
    private static final String APACHE = """
            ServerName shop.test
            Listen 127.0.0.1:@PORT@
            LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
            LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
            LoadModule authz_host_module /usr/lib/apache2/modules/mod_authz_host.so
            LoadModule dir_module /usr/lib/apache2/modules/mod_dir.so
            User www-data
            Group www-data
            PidFile @DIR@/run/server.pid
            DefaultRuntimeDir @DIR@/run
            ErrorLog @DIR@/run/error.log
            Mutex posixsem
            DocumentRoot "@DIR@/www"
            #hidden
            <Directory "@DIR@/www/news">
                #here
            </Directory>
            """;

    private Ground ground;
    private PostOffice office;
    private boolean nginx;
    private Optional<Process> server = Optional.empty();

    @BeforeEach
    void make_a_site() throws Exception {
        ground = Ground.make();
        office = new PostOffice();
        ground.bash("mkdir ../run news shop; touch index.html news/index.html news/one.html shop/index.html .env");
    }

    @AfterEach
    void remove_it() throws Exception {
        stop();
        office.close();
        ground.close();
    }

    private Path config() {
        return ground.path().resolve("server.conf");
    }

    private void start(String program) throws Exception {
        nginx = program.equals("nginx");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.writeString(
                    config(),
                    (nginx ? NGINX : APACHE)
                            .replace("@DIR@", ground.path().toString())
                            .replace("@PORT@", Integer.toString(free.getLocalPort())));
        }
        start();
    }

    private void start() throws Exception {
        String words = nginx
                ? "nginx -p " + ground.path() + "/run -c " + config() + " -g 'daemon off;'"
                : "apache2 -d " + ground.path() + "/run -f " + config() + " -DFOREGROUND";
        // a prefork Apache that ends takes its whole process group with it, which else were ours
        server = Optional.of(new ProcessBuilder("bash", "-c", "exec setsid " + words).start());
        await("workers")
                .atMost(PATIENCE)
                .until(() -> server.get().children().findAny().isPresent());
    }

    private void stop() throws Exception {
        if (server.isPresent()) {
            server.get().destroy();
            server.get().waitFor();
            server = Optional.empty();
        }
    }

    /** Puts lines in a place of the configuration, and has the server go by it. */
    private void write(String place, String lines) throws Exception {
        Files.writeString(config(), Files.readString(config()).replace(place, lines + "\n" + place));
        reload();
    }

    private void reload() throws Exception {
        List<Long> before =
                server.orElseThrow().children().map(ProcessHandle::pid).toList();
        Shell.bash("kill -" + (nginx ? "HUP " : "USR1 ") + server.get().pid());
        await("new workers").atMost(PATIENCE).until(() -> {
            List<Long> now = server.get().children().map(ProcessHandle::pid).toList();
            return !now.isEmpty() && now.stream().noneMatch(before::contains);
        });
    }

    private Service serve() throws Exception {
        ground.config("user = \"33\"\nstore = \"" + ground.store()
                + "\"\nthreads = 1\n[defaults]\njitter = \"0 s\"\nevery = \"1 s\"\nserver-rules = true\n"
                + "[daemon]\nsocket = \"" + Service.socket(ground) + "\"\n" + office.configuration()
                + "[[root]]\npath = \"$WWW\"\n");
        return Service.start(ground);
    }

    private String denial() {
        return nginx ? "deny all;" : "Require all denied";
    }

    private int lineOf(String words) throws Exception {
        List<String> lines = Files.readAllLines(config());
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(words)) {
                return i + 1;
            }
        }
        throw new AssertionError(words);
    }

    private String place(int line) {
        return config() + ":" + line;
    }

    private List<LetterTaken> telling(String what) {
        return office.taken().stream()
                .distinct()
                .filter(mail -> mail.tells().contains(what))
                .toList();
    }

    private LetterTaken told(String what) {
        await(what).atMost(PATIENCE).until(() -> !telling(what).isEmpty());
        return telling(what).get(0);
    }

    /** Kinds and places of all that was told of rules of this server. */
    private List<String> toldOfRules() {
        return office.told().stream()
                .filter(line -> line.contains(config().toString()))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "apache"})
    void a_rule_is_told_and_its_end_as_a_reply(String program) throws Exception {
        start(program);
        try (Service service = serve()) {
            service.scans(2);
            write("#here", denial());
            String rule = place(lineOf("#here") - 1);

            LetterTaken alert = told("OPENED " + rule);
            assertTrue(alert.subject().startsWith("1 new refusal by configuration under "), alert.subject());
            assertTrue(alert.text().contains(denial().replace(";", "") + " refuses"), alert.text());
            assertTrue(alert.text().contains(ground.www("news/one.html")), alert.text());
            Shell.bash(command(alert.text()));
            LetterTaken end = told("RECOVERED " + rule);
            service.scans(2);

            assertEquals(Optional.of(alert.id()), end.inReplyTo());
            assertTrue(end.subject().startsWith("1 refusal by configuration over under "), end.subject());
            assertEquals(List.of("OPENED " + rule, "RECOVERED " + rule), toldOfRules());
            service.stop().ended(0);
            service.isClean();
        }
    }

    /** The line behind that which announces it. */
    private static String command(String text) {
        List<String> lines = text.lines().map(String::strip).toList();
        return lines.subList(lines.indexOf("Mend it with") + 1, lines.size()).stream()
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElseThrow(() -> new AssertionError(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "apache"})
    void what_is_closed_on_purpose_is_told_once_and_not_for_each_file(String program) throws Exception {
        start(program);
        try (Service service = serve()) {
            service.scans(2);
            write(
                    "#hidden",
                    nginx
                            ? "location ~ /\\. {\n deny all;\n}"
                            : "<FilesMatch \"^[.]\">\n Require all denied\n</FilesMatch>");
            String rule = place(lineOf("#hidden") - 2);
            LetterTaken mail = told("CLOSED " + rule);
            assertTrue(mail.subject().startsWith("1 new refusal on purpose under "), mail.subject());

            ground.bash("touch .hidden shop/.secret");
            service.scans(3);

            assertEquals(List.of("CLOSED " + rule), toldOfRules());
            service.stop().ended(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "apache"})
    void what_cannot_be_seen_of_a_server_has_not_recovered(String program) throws Exception {
        start(program);
        try (Service service = serve()) {
            service.scans(2);
            write("#here", denial());
            String rule = place(lineOf("#here") - 1);
            told("OPENED " + rule);

            String good = Files.readString(config());
            Files.writeString(config(), nginx ? "http {\n" : "<Directory />\n");
            service.logs("not seen: the rules of " + program + " (" + config() + "): " + config() + ":");
            ground.bash("chmod 700 shop");
            told("OPENED " + ground.www("shop"));
            service.scans(2);
            String status = Jar.audit()
                    .run("status", "--config", ground.path() + "/audit.toml")
                    .text();
            assertTrue(status.contains("not seen   the rules of " + program + " (" + config() + ")"), status);
            await("blindness is told")
                    .atMost(PATIENCE)
                    .until(() -> office.taken().stream()
                            .anyMatch(mail -> mail.text().contains("the rules of " + program + " (" + config() + ")")));

            stop();
            service.scans(2);
            Files.writeString(config(), good);
            start();
            service.scans(3);

            assertEquals(List.of("OPENED " + rule), toldOfRules());
            service.stop().ended(0);
            service.isClean();
        }
    }
}
