package docrootaudit.endtoend;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A process whose output is drained from the start. */
final class Running implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 240;

    private final Process process;
    private final CompletableFuture<byte[]> out;
    private final CompletableFuture<byte[]> err;

    private Running(Process process) {
        this.process = process;
        out = drained(process.getInputStream());
        err = drained(process.getErrorStream());
    }

    static Running start(String script) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("/bin/bash", "-c", script);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().put("LC_ALL", "C.UTF-8");
        return new Running(builder.start());
    }

    private static CompletableFuture<byte[]> drained(InputStream stream) {
        CompletableFuture<byte[]> whole = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            try {
                whole.complete(stream.readAllBytes());
            } catch (IOException e) {
                whole.completeExceptionally(new UncheckedIOException(e));
            }
        });
        reader.setDaemon(true);
        reader.start();
        return whole;
    }

    /** Its standard input. */
    OutputStream in() {
        return process.getOutputStream();
    }

    long pid() {
        return process.pid();
    }

    /** Waits until it has become that program, with whatever the one before it changed on the way. */
    Running becomes(String program) {
        await().until(() -> Files.readString(Path.of("/proc", Long.toString(pid()), "comm"))
                .strip()
                .equals(program));
        return this;
    }

    /** Waits until it has something open at or below a path; false if it ended before. */
    boolean opens(String path) {
        return await().pollInterval(Duration.ofMillis(2)).until(() -> hasOpen(path) || !process.isAlive(), over -> over)
                && process.isAlive();
    }

    private boolean hasOpen(String path) throws IOException {
        try (DirectoryStream<Path> descriptors =
                Files.newDirectoryStream(Path.of("/proc", Long.toString(pid()), "fd"))) {
            for (Path descriptor : descriptors) {
                if (Files.readSymbolicLink(descriptor).toString().startsWith(path)) {
                    return true;
                }
            }
            return false;
        } catch (NoSuchFileException e) {
            return false; // closed, or the process ended, while we looked
        }
    }

    /** Lets it run for some time, or to its end if that comes first: for signals at moments nobody chose. */
    void runsFor(long micros) throws InterruptedException {
        process.waitFor(micros, TimeUnit.MICROSECONDS);
    }

    /** Sends a signal by its name. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** Waits for its end. */
    Answer end() throws IOException, InterruptedException {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // it is gone already
        }
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("still running after " + PATIENCE_SECONDS + " s");
        }
        return new Answer(process.exitValue(), out.join(), err.join());
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
