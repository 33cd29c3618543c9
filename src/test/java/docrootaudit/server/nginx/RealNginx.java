package docrootaudit.server.nginx;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** nginx of the distribution with a configuration of ours; its workers are www-data. */
final class RealNginx implements AutoCloseable {
    private final Process process;
    private final Path run;
    private final int port;

    /**
     * Starts it and waits until it answers.
     *
     * @param run a directory that holds {@code nginx.conf}, and for what nginx writes
     */
    RealNginx(Path run, int port) throws IOException {
        this.run = run;
        this.port = port;
        process = new ProcessBuilder(List.of(
                        "/usr/sbin/nginx",
                        "-e",
                        run.resolve("error.log").toString(),
                        "-p",
                        run.toString(),
                        "-c",
                        run.resolve("nginx.conf").toString(),
                        "-g",
                        "daemon off;"))
                .redirectErrorStream(true)
                .redirectOutput(run.resolve("output").toFile())
                .start();
        Awaitility.await("nginx answers")
                .pollInterval(Duration.ofMillis(10))
                .failFast("nginx runs", () -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("nginx ended: " + log());
                    }
                })
                .ignoreExceptions()
                // an answer: the workers are there, and all sockets are
                .until(() -> ask(Asked.of("GET /", "none.test")) != 0);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    String log() throws IOException {
        String output = Files.readString(run.resolve("output"));
        Path log = run.resolve("error.log");
        return Files.exists(log) ? output + Files.readString(log, StandardCharsets.ISO_8859_1) : output;
    }

    /** The status of the answer to a request; 0 if the connection is closed without one. */
    int ask(Asked asked) throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(asked.from()), 0));
            socket.setSoTimeout(60_000);
            socket.connect(new InetSocketAddress(InetAddress.getByName(asked.to()), port));
            socket.getOutputStream().write(asked.wire().getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1);
            return answer.startsWith("HTTP/1.") && answer.length() == 12 ? Integer.parseInt(answer.substring(9)) : 0;
        }
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
