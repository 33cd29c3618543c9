package docrootaudit.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PressureIT {
    @Test
    void is_what_this_kernel_tells() {
        boolean told = Files.isReadable(Path.of("/proc/pressure/cpu"));
        List<Duration> before = Pressure.waited();
        List<Duration> after = Pressure.waited();

        assertEquals(told ? 2 : 0, before.size());
        for (int i = 0; i < before.size(); i++) {
            assertTrue(after.get(i).compareTo(before.get(i)) >= 0, after + " after " + before);
            assertTrue(before.get(i).compareTo(uptime()) < 0, before::toString);
        }
    }

    /** Of this JVM's machine, by the clock that the kernel began to count with. */
    private static Duration uptime() {
        try {
            String seconds = Files.readString(Path.of("/proc/uptime")).split(" ")[0];
            return Duration.ofMillis((long) (Double.parseDouble(seconds) * 1000) + 1000);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
