package docrootaudit.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * How a command ended, and what it printed on either of its outputs.
 *
 * @param status its exit status
 */
record Ran(String command, int status, String output) {
    /** Runs to the end. */
    static Ran of(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .directory(Path.of("/").toFile());
        builder.environment().merge("PATH", "/usr/sbin:/sbin", (path, sbin) -> path + ":" + sbin);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Ran(command.get(command.size() - 1), process.waitFor(), output);
    }

    /** What it printed, if it ended well. */
    String fine() {
        if (status != 0) {
            throw new AssertionError(this);
        }
        return output.strip();
    }

    @Override
    public String toString() {
        return command + "\nended with " + status + ":\n" + output;
    }
}
