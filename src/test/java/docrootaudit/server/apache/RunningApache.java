package docrootaudit.server.apache;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import docrootaudit.server.Address;
import docrootaudit.server.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A real apache2 of our own: its master is root, its workers are www-data. */
final class RunningApache implements AutoCloseable {
    private final Path run;
    private final Process process;
    private final int port;

    /**
     * Starts one.
     *
     * @param run a directory for what it writes
     * @param configuration where {@code @PORT@} and {@code @RUN@} are replaced
     */
    RunningApache(Path run, String configuration) throws IOException {
        this.run = run;
        this.port = freePort();
        Files.writeString(
                configurationFile(),
                configuration.replace("@PORT@", Integer.toString(port)).replace("@RUN@", run.toString()),
                ISO_8859_1);
        process = new ProcessBuilder(
                        "/usr/sbin/apache2",
                        "-d",
                        run.toString(),
                        "-f",
                        configurationFile().toString(),
                        "-DFOREGROUND")
                .redirectErrorStream(true)
                .redirectOutput(run.resolve("output").toFile())
                .start();
        Awaitility.await("apache2 listens")
                .pollInterval(Duration.ofMillis(20))
                .failFast("apache2 runs", () -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("apache2 ended: " + output());
                    }
                })
                .ignoreExceptions()
                .until(() -> {
                    connect("127.0.0.1").close();
                    return true;
                });
    }

    Path configurationFile() {
        return run.resolve("conf");
    }

    int port() {
        return port;
    }

    /** The status that it answers; 0 if it answers nothing in time. */
    int ask(Request request) throws IOException {
        try (Socket socket = connect(request.from().toString())) {
            StringBuilder head = new StringBuilder();
            head.append(request.method()).append(' ').append(request.target()).append(" HTTP/1.1\r\n");
            request.host().ifPresent(host -> head.append("Host: ").append(host).append("\r\n"));
            request.headers()
                    .forEach(h ->
                            head.append(h.name()).append(": ").append(h.value()).append("\r\n"));
            if (request.visitor() instanceof Request.Visitor.Login login) {
                String both = login.name() + ":" + login.password();
                head.append("Authorization: Basic ")
                        .append(Base64.getEncoder().encodeToString(both.getBytes(ISO_8859_1)))
                        .append("\r\n");
            }
            if (request.method().equals("POST") || request.method().equals("PUT")) {
                head.append("Content-Length: 0\r\n");
            }
            head.append("Connection: close\r\n\r\n");
            OutputStream out = socket.getOutputStream();
            out.write(head.toString().getBytes(ISO_8859_1));
            out.flush();
            return status(socket.getInputStream());
        } catch (java.net.SocketTimeoutException e) {
            return 0;
        }
    }

    private static int status(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int c = in.read();
        while (c >= 0 && c != '\n') {
            line.write(c);
            c = in.read();
        }
        String[] words = line.toString(ISO_8859_1).split(" ", 3);
        return words.length > 1 ? Integer.parseInt(words[1]) : 0;
    }

    private Socket connect(String from) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(15_000);
        byte[] address = Address.parse(from).orElseThrow().bytes();
        socket.bind(new InetSocketAddress(InetAddress.getByAddress(address), 0));
        socket.connect(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
        return socket;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private String output() throws IOException {
        Path log = run.resolve("error.log");
        String text = Files.readString(run.resolve("output"), UTF_8);
        return Files.exists(log) ? text + new String(Files.readAllBytes(log), ISO_8859_1) : text;
    }

    /** The last lines of its error log, for a message. */
    String log(int lines) throws IOException {
        List<String> all = output().lines().toList();
        return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
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
