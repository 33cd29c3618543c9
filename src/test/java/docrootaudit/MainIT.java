package docrootaudit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MainIT {
    @Test
    void the_packaged_jar_tells_its_version() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(java, "-jar", System.getProperty("audit.jar"), "--version")
                .redirectErrorStream(true)
                .start();

        assertEquals(
                "docroot-audit 0.1.0\n", new String(process.getInputStream().readAllBytes(), UTF_8));
        assertEquals(0, process.waitFor());
    }
}
