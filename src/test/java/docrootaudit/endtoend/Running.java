package docrootaudit.endtoend;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
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
