package docrootaudit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** The real server of a case, with the case's whole configuration. */
final class CaseServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path directory;
    private final List<String> command;
    private final boolean nginx;
    private final int port;
    private Process process;

    /** What was answered. */
    record Response(int status, String body) {}

    /**
     * Starts it.
     *
     * @param program nginx or apache
     * @param configuration with {@code @DIR@} and {@code @PORT@} in it
     * @param launch words before the server's own
     */
    CaseServer(String program, Path configuration, Path directory, List<String> launch) throws IOException {
        this.directory = directory;
        this.nginx = program.equals("nginx");
        this.port = freePort();
        Path run = Files.createDirectories(directory.resolve("run"));
        Path file = directory.resolve("server.conf");
        Files.writeString(file, here(Files.readString(configuration)));
        // a prefork Apache that ends takes its whole process group with it, which else were ours
        command = new ArrayList<>(List.of("setsid"));
        launch.stream().map(this::here).forEach(command::add);
        command.addAll(
                nginx
                        ? List.of("/usr/sbin/nginx", "-p", run.toString(), "-c", file.toString(), "-g", "daemon off;")
                        : List.of("/usr/sbin/apache2", "-d", run.toString(), "-f", file.toString(), "-DFOREGROUND"));
        start();
    }

    String here(String text) {
        return text.replace("@DIR@", directory.toString()).replace("@PORT@", Integer.toString(port));
    }

    int port() {
        return port;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    void start() throws IOException {
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("run/output").toFile())
                .start();
        Awaitility.await("the server listens")
                .atMost(PATIENCE)
                .failFast("the server runs", () -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("it ended: " + Files.readString(directory.resolve("run/output")));
                    }
                })
                .ignoreExceptions()
                .until(this::listens);
        // Apache listens before it has children
        Awaitility.await("the server has workers")
                .atMost(PATIENCE)
                .until(() -> process.children().findAny().isPresent());
    }

    private boolean listens() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        }
    }

    /** Stops and starts it. */
    void restart() throws IOException {
        stop();
        start();
    }

    /** Has it read its configuration anew, and waits until none of the old workers is left. */
    void reload() throws Exception {
        Set<Long> before = children();
        Bash.run("kill -" + (nginx ? "HUP " : "USR1 ") + process.pid());
        awaitOthers(before);
    }

    Set<Long> children() {
        return process.children().map(ProcessHandle::pid).collect(Collectors.toCollection(TreeSet::new));
    }

    void awaitOthers(Set<Long> before) {
        Awaitility.await("the old workers are gone").atMost(PATIENCE).until(() -> {
            Set<Long> now = children();
            now.retainAll(before);
            return now.isEmpty() && !children().isEmpty();
        });
        Awaitility.await("the server listens again")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(this::listens);
    }

    /** Asks, from an address of this machine. */
    Response ask(String from, String method, String target, Map<String, String> headers, String user, String body)
            throws IOException {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nConnection: close\r\n");
        headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        if (!user.isEmpty()) {
            head.append("Authorization: Basic " + Base64.getEncoder().encodeToString(user.getBytes(UTF_8)) + "\r\n");
        }
        if (!body.isEmpty()) {
            head.append("Content-Length: " + body.length() + "\r\n");
        }
        try (Socket socket = new Socket()) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.bind(new InetSocketAddress(from, 0));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.getOutputStream().write((head + "\r\n" + body).getBytes(ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            return new Response(
                    Integer.parseInt(answer.split(" ", 3)[1]), answer.substring(answer.indexOf("\r\n\r\n") + 4));
        }
    }

    private void stop() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
    }
}
