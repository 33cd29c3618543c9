package docrootaudit;

import static java.nio.charset.StandardCharsets.UTF_8;

import docrootaudit.access.PathBytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A real server of our own: its master is root, its workers are www-data, everything it writes is in one directory. */
final class WebServer implements AutoCloseable {
    /** Where nginx puts what is on its way. */
    private static final String TEMP = Stream.of("client_body", "fastcgi", "proxy", "scgi", "uwsgi")
            .map(what -> what + "_temp_path @RUN@/" + what + ";")
            .collect(Collectors.joining(" "));
    /** Whom Apache runs as, and where it puts what it needs to run. */
    private static final String WORKER = """
            User www-data
            Group www-data
            PidFile @RUN@/pid
            DefaultRuntimeDir @RUN@
            Mutex posixsem
            """;

    private static final String NGINX = """
            user www-data;
            worker_processes 1;
            pid @RUN@/pid;
            error_log @RUN@/error.log crit;
            events { worker_connections 64; }
            http {
                access_log off;
                keepalive_requests 1000000;
                keepalive_timeout 300;
                @TEMP@
                server {
                    listen 127.0.0.1:@PORT@;
                    root @ROOT@;
                    autoindex off;
                }
            }
            """;
    private static final String APACHE = """
            ServerName localhost
            Listen 127.0.0.1:@PORT@
            LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
            LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
            @WORKER@
            ErrorLog @RUN@/error.log
            LogLevel crit
            MaxKeepAliveRequests 0
            KeepAliveTimeout 300
            <Directory "/">
                Options FollowSymLinks
                AllowOverride None
                Require all granted
            </Directory>
            DocumentRoot "@ROOT@"
            """;

    private final Process process;
    private final Path run;
    private final int port;

    /** Which program. */
    enum Kind {
        NGINX,
        APACHE
    }

    /**
     * Starts one.
     *
     * @param run an empty directory for what it writes
     */
    WebServer(Kind kind, Path run, PathBytes root) throws IOException {
        this(kind, run, root, kind == Kind.NGINX ? NGINX : APACHE);
    }

    /**
     * Starts one with a configuration of its own.
     *
     * @param run an empty directory for what it writes
     * @param configuration in which {@code @RUN@}, {@code @PORT@} and {@code @ROOT@} stand for these, {@code @TEMP@} for nginx's
     *     temporary directories and {@code @WORKER@} for Apache's account and runtime
     */
    WebServer(Kind kind, Path run, PathBytes root, String configuration) throws IOException {
        this.run = run;
        this.port = freePort();
        Path file = run.resolve("conf");
        Path log = run.resolve("error.log");
        Files.writeString(
                file,
                configuration
                        .replace("@TEMP@", TEMP)
                        .replace("@WORKER@", WORKER)
                        .replace("@RUN@", run.toString())
                        .replace("@PORT@", Integer.toString(port))
                        .replace("@ROOT@", root.utf8().orElseThrow()));
        List<String> command = kind == Kind.NGINX
                ? List.of(
                        "/usr/sbin/nginx",
                        "-e",
                        log.toString(),
                        "-p",
                        run.toString(),
                        "-c",
                        file.toString(),
                        "-g",
                        "daemon off;")
                : List.of("/usr/sbin/apache2", "-d", run.toString(), "-f", file.toString(), "-DFOREGROUND");
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(run.resolve("output").toFile())
                .start();
        Awaitility.await(kind + " listens")
                .atMost(Duration.ofSeconds(30))
                .failFast(kind + " runs", () -> {
                    if (!process.isAlive()) {
                        throw new AssertionError(kind + " ended: " + output());
                    }
                })
                .ignoreExceptions()
                .until(() -> {
                    connect().close();
                    return true;
                });
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    Socket connect() throws IOException {
        return connect("127.0.0.1");
    }

    /** From an address of this machine. */
    Socket connect(String from) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(from, 0));
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(30_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    private String output() throws IOException {
        String text = Files.readString(run.resolve("output"));
        Path log = run.resolve("error.log");
        return Files.exists(log) ? text + new String(Files.readAllBytes(log), UTF_8) : text;
    }

    @Override
    public void close() throws InterruptedException {
        List<ProcessHandle> workers = process.descendants().toList();
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        workers.forEach(ProcessHandle::destroyForcibly);
    }
}
