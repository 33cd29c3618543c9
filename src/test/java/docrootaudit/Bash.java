package docrootaudit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What an administrator does in a shell: commands pasted as they are printed, as root. */
final class Bash {
    private Bash() {}

    /** Runs a command line; one that fails is an error. */
    static String run(String line) throws IOException, InterruptedException {
        return run("-c", line);
    }

    static String script(Path file, String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(file.toAbsolutePath().toString()));
        words.addAll(List.of(arguments));
        return run(words.toArray(String[]::new));
    }

    private static String run(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bash"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .directory(Path.of("/").toFile())
                .redirectInput(Path.of("/dev/null").toFile());
        builder.environment().put("LC_ALL", "C");
        builder.environment().merge("PATH", "/usr/sbin:/sbin", (path, sbin) -> path + ":" + sbin);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        int status = process.waitFor();
        if (status != 0) {
            throw new AssertionError(String.join(" ", command) + "\nended with " + status + ": " + output);
        }
        return output;
    }

    /** A new directory that everybody may search, where ACLs work. */
    static Path newDirectory(String prefix) throws IOException {
        Path directory = Files.createTempDirectory(Path.of("/var/tmp"), prefix);
        Files.setAttribute(directory, "unix:mode", 0755);
        return directory;
    }

    /** Removes a directory, unless something is still mounted below it. */
    static void remove(Path directory) throws IOException, InterruptedException {
        try (var mounts = Files.lines(Path.of("/proc/self/mounts"))) {
            if (mounts.anyMatch(line -> line.split(" ")[1].startsWith(directory.toString()))) {
                throw new AssertionError("something is still mounted below " + directory);
            }
        }
        run("rm -rf --one-file-system -- " + directory);
    }
}
