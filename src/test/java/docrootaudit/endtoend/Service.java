package docrootaudit.endtoend;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.PathBytes;
import docrootaudit.daemon.ControlClient;
import docrootaudit.daemon.Request;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/**
 * {@code audit daemon} on a ground, as a service manager starts it: somebody takes its notifications at a real datagram
 * socket, and what it logs goes to a file.
 */
final class Service implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String MANAGER =
            "socket(my $s, AF_UNIX, SOCK_DGRAM, 0) or die; my $a = $ARGV[0]; $a =~ s/^@/\\0/;"
                    + " bind($s, pack_sockaddr_un($a)) or die; $| = 1; print \"bound\\n\";"
                    + " while (defined(recv($s, my $m, 8192, 0))) { $m =~ s/\\n/ /g; print \"$m\\n\"; }";

    private final Ground ground;
    private final Running manager;
    private final Running daemon;

    private Service(Ground ground, Running manager, Running daemon) {
        this.ground = ground;
        this.manager = manager;
        this.daemon = daemon;
    }

    /** The words of a configuration that has socket and store on the ground, and these in their places. */
    static String configuration(Ground ground, String defaults, String daemon) {
        return "user = \"33\"\nstore = \"" + ground.store() + "\"\nthreads = 1\n[defaults]\njitter = \"0 s\"\n"
                + defaults
                + "\n[daemon]\nsocket = \"" + socket(ground) + "\"\n" + daemon
                + "\n[[root]]\npath = \"$WWW\"\n";
    }

    static Path socket(Ground ground) {
        return ground.path().resolve("run/control.sock");
    }

    /** Starts it with the configuration that is there, and waits until it says that it is ready. */
    static Service start(Ground ground) throws Exception {
        return launch(ground, Jar.audit(), ground.path().resolve("notify").toString())
                .ready();
    }

    static Service start(Ground ground, Jar jar) throws Exception {
        return launch(ground, jar, ground.path().resolve("notify").toString()).ready();
    }

    /** Starts it, and waits for nothing but that somebody listens to it. */
    static Service launch(Ground ground, Jar jar, String notify) throws Exception {
        return launch(
                ground,
                jar,
                notify,
                "daemon",
                "--config",
                ground.path().resolve("audit.toml").toString());
    }

    /** Starts it as it is installed. */
    static Service launchUnconfigured(Ground ground, Jar jar) throws Exception {
        return launch(ground, jar, ground.path().resolve("notify").toString(), "daemon");
    }

    private static Service launch(Ground ground, Jar jar, String notify, String... command) throws Exception {
        Path told = ground.path().resolve("told");
        Files.deleteIfExists(told);
        Files.deleteIfExists(ground.path().resolve("notify"));
        Running manager = Running.start("umask 0; exec perl -MSocket -e '" + MANAGER + "' " + notify + " > " + told);
        await().atMost(PATIENCE).until(() -> Files.exists(told) && Files.size(told) > 0);
        Jar service = jar.after("export NOTIFY_SOCKET=" + notify
                + " WATCHDOG_USEC=2000000 JOURNAL_STREAM=1:1; umask 077; exec 2>> " + ground.path() + "/journal;");
        return new Service(ground, manager, service.start(command));
    }

    /** Waits until it is; one that does not become it is not left behind. */
    Service ready() throws InterruptedException {
        try {
            return told("READY=1");
        } catch (ConditionTimeoutException e) {
            close();
            throw e;
        }
    }

    Running process() {
        return daemon;
    }

    /** What it told its manager. */
    List<String> told() throws IOException {
        return Files.readAllLines(ground.path().resolve("told"));
    }

    /** Waits until it has told its manager this. */
    Service told(String message) {
        await(message).atMost(PATIENCE).until(() -> told().stream().anyMatch(m -> m.contains(message)));
        return this;
    }

    List<String> journal() throws IOException {
        return Files.readAllLines(ground.path().resolve("journal"));
    }

    long logged(String words) throws IOException {
        return journal().stream().filter(l -> l.contains(words)).count();
    }

    /** Waits until the journal has a line with these words, so many times. */
    Service logs(String words, int times) throws IOException {
        await(words).atMost(PATIENCE).until(() -> logged(words) >= times);
        return this;
    }

    Service logs(String words) throws IOException {
        return logs(words, 1);
    }

    /** Waits for so many scans more. */
    Service scans(int more) throws IOException {
        return logs("scanned " + ground.www(), Math.toIntExact(logged("scanned " + ground.www())) + more);
    }

    /** Waits until scans see so many paths refused. */
    Service sees(String words) throws IOException {
        await(words).atMost(PATIENCE).until(() -> {
            List<String> scans = journal().stream()
                    .filter(l -> l.contains("scanned " + ground.www()))
                    .toList();
            return !scans.isEmpty() && scans.get(scans.size() - 1).contains(words);
        });
        return this;
    }

    /** A command of root's that is sent to it; how it ends. */
    int ask(OutputStream out, OutputStream err, String... arguments) throws IOException {
        var answer = ControlClient.ask(socket(ground), () -> request(arguments), out, err);
        return ((docrootaudit.daemon.Answer.Ended) answer).status();
    }

    static Request request(String... arguments) {
        return new Request(
                Stream.of(arguments)
                        .map(a -> a.getBytes(StandardCharsets.UTF_8))
                        .toList(),
                PathBytes.of("/"),
                "UTF-8",
                "UTC",
                false,
                false,
                Map.of());
    }

    /** Ends it as its manager would. */
    Answer stop() throws Exception {
        daemon.signal("TERM");
        return daemon.end();
    }

    /** Nothing in the journal is a fault of the program, and each line has its priority. */
    void isClean() throws IOException {
        for (String line : journal()) {
            assertTrue(line.matches("<[3467]>.*"), line);
            assertTrue(!line.contains("fault") && !line.contains("Exception"), line);
        }
    }

    @Override
    public void close() throws InterruptedException {
        daemon.close();
        manager.close();
    }
}
