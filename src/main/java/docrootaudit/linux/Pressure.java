package docrootaudit.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long tasks of the machine have waited for it (Documentation/accounting/psi.rst). */
public final class Pressure {
    /** The first line of such a file: the time in which at least one task waited, in microseconds. */
    private static final Pattern SOME = Pattern.compile("some .*total=(\\d+)");

    private Pressure() {}

    /**
     * Since it started, for a processor and for a disk.
     *
     * @return empty where the kernel does not say
     */
    public static List<Duration> waited() {
        List<Duration> waited = new ArrayList<>();
        for (String resource : List.of("cpu", "io")) {
            try {
                Matcher some = SOME.matcher(Files.readString(Path.of("/proc/pressure", resource)));
                if (some.lookingAt()) {
                    waited.add(Duration.of(Long.parseLong(some.group(1)), ChronoUnit.MICROS));
                }
            } catch (IOException e) {
                return List.of(); // a kernel without it, or one told to have none (psi=0)
            }
        }
        return waited;
    }
}
