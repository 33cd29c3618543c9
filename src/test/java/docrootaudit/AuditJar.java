package docrootaudit;

import static java.nio.charset.StandardCharsets.UTF_8;

import docrootaudit.access.PathBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The packaged command, in a process of its own. */
final class AuditJar {
    private AuditJar() {}

    /** What a run left behind. */
    static final class Result {
        private final int status;
        private final byte[] out;
        private final String err;

        private Result(int status, byte[] out, String err) {
            this.status = status;
            this.out = out;
            this.err = err;
        }

        int status() {
            return status;
        }

        String err() {
            return err;
        }

        String text() {
            return new String(out, UTF_8);
        }

        Json json() throws IOException {
            return Json.parse(out);
        }

        List<Json> lines() throws IOException {
            List<Json> lines = new ArrayList<>();
            for (byte[] line : split('\n')) {
                lines.add(Json.parse(line));
            }
            return lines;
        }

        List<PathBytes> paths() {
            return split('\0').stream().map(PathBytes::of).toList();
        }

        private List<byte[]> split(char end) {
            List<byte[]> parts = new ArrayList<>();
            ByteArrayOutputStream part = new ByteArrayOutputStream();
            for (byte b : out) {
                if (b == end) {
                    parts.add(part.toByteArray());
                    part.reset();
                } else {
                    part.write(b);
                }
            }
            if (part.size() > 0) {
                throw new AssertionError("the output breaks off: " + part.toString(UTF_8));
            }
            return parts;
        }
    }

    static Result run(String... words) throws IOException, InterruptedException {
        return run(new byte[0], words);
    }

    static Result run(byte[] in, String... words) throws IOException, InterruptedException {
        Path input = Files.write(Files.createTempFile("audit", ".in"), in);
        Path errors = Files.createTempFile("audit", ".err");
        try {
            Process process = builder(words)
                    .redirectInput(input.toFile())
                    .redirectError(errors.toFile())
                    .start();
            byte[] out = process.getInputStream().readAllBytes();
            return new Result(process.waitFor(), out, Files.readString(errors));
        } finally {
            Files.delete(input);
            Files.delete(errors);
        }
    }

    private static ProcessBuilder builder(String... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                System.getProperty("audit.jar")));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command);
        // commands in ASCII alone, whoever runs the tests
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    /** {@code explain -}: asks, and waits for the answer, as often as one likes. */
    static final class Interview implements AutoCloseable {
        private final Process process;

        Interview() throws IOException {
            process = builder("explain", "-", "--format", "jsonl")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        }

        Json ask(PathBytes target, String need, String as) throws IOException {
            process.getOutputStream().write(Json.question(target, need, as));
            process.getOutputStream().flush();
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            InputStream in = process.getInputStream();
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) {
                    throw new AssertionError("no answer about " + target);
                }
                line.write(b);
            }
            Json answer = Json.parse(line.toByteArray());
            if (!answer.text("kind").equals("explain")) {
                throw new AssertionError(target + ": " + answer);
            }
            return answer;
        }

        @Override
        public void close() throws IOException {
            process.getOutputStream().close();
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
