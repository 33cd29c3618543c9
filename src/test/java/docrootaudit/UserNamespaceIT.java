package docrootaudit;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A process in a user namespace of its own, such as a container's: its capabilities end at the ids mapped there. */
class UserNamespaceIT {
    private static final List<String> NAMESPACE = List.of("unshare", "--user", "--map-root-user");

    @Test
    void capabilities_end_where_the_namespace_does() throws Exception {
        Root.required();
        Path directory = Bash.newDirectory("namespace");
        Process process = new ProcessBuilder(words("sleep", "120")).start();
        try {
            Path tenants = Files.writeString(directory.resolve("tenants"), "x");
            Path roots = Files.writeString(directory.resolve("roots"), "x");
            Bash.run("cd " + directory + "; chown 61001:61001 tenants; chmod 0600 tenants; chmod 0 roots");
            Path map = Path.of("/proc", Long.toString(process.pid()), "uid_map");
            await().until(() -> !Files.readString(map).contains("4294967295"));

            assertEquals(List.of("denied", "allowed"), List.of(verdict(process, tenants), verdict(process, roots)));
            assertEquals(List.of(1, 0), List.of(kernel(tenants), kernel(roots)));
            AuditJar.Result now = AuditJar.run(
                    "now", "--no-store", "--as-pid", "" + process.pid(), "--each", "-0", directory.toString());
            assertEquals(
                    List.of(tenants.toString()),
                    now.paths().stream().map(Object::toString).toList());
            AuditJar.Result prove = AuditJar.run("prove", "--as-pid", "" + process.pid(), directory.toString());
            assertEquals(4, prove.status());
            assertTrue(prove.err().contains("another user namespace"), prove.err());
        } finally {
            process.destroy();
            Bash.remove(directory);
        }
    }

    private static String verdict(Process process, Path file) throws Exception {
        return AuditJar.run("explain", "--as-pid", "" + process.pid(), "--format", "json", file.toString())
                .json()
                .text("verdict");
    }

    /** cat(1)'s exit status in such a namespace. */
    private static int kernel(Path file) throws Exception {
        return new ProcessBuilder(words("cat", file.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private static String[] words(String... command) {
        List<String> words = new java.util.ArrayList<>(NAMESPACE);
        words.addAll(List.of(command));
        return words.toArray(String[]::new);
    }
}
