package docrootaudit.linux;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessesIT {
    @TempDir
    private Path directory;

    /** Where the first process of a container asks none of its children how they ended, they stay. */
    @Test
    void one_that_has_ended_is_none_though_nobody_has_asked_how() throws Exception {
        Process parent = new ProcessBuilder(
                        "bash", "-c", "cp $(command -v sleep) nginx; ./nginx 0 & ./nginx 600 & exec sleep 600")
                .directory(directory.toFile())
                .start();
        try {
            await().until(() -> states(parent).equals(List.of("S", "Z")));
            Set<Long> servers = parent.children().map(ProcessHandle::pid).collect(Collectors.toSet());

            assertEquals(
                    1,
                    new ServerProcesses()
                            .masters().stream()
                                    .filter(m -> servers.contains(m.pid()))
                                    .count());
        } finally {
            parent.descendants().forEach(ProcessHandle::destroyForcibly);
            parent.destroyForcibly().waitFor();
        }
    }

    private static List<String> states(Process parent) {
        return parent.children()
                .map(child -> {
                    try {
                        return Files.readString(Path.of("/proc/" + child.pid() + "/stat"));
                    } catch (java.io.IOException e) {
                        return "";
                    }
                })
                .filter(stat -> stat.contains("(nginx)"))
                .map(stat -> stat.replaceFirst("(?s).*\\) (.).*", "$1"))
                .sorted()
                .toList();
    }
}
