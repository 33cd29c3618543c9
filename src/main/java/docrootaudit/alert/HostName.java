package docrootaudit.alert;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The name of this machine as the kernel has it: without asking DNS, which may be slow, and no native call. */
public final class HostName {
    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

    private HostName() {}

    /** The name, or {@code localhost} if it cannot be had. */
    public static String read() {
        try {
            String name = Files.readString(KERNEL).strip();
            return name.isEmpty() || name.equals("(none)") ? "localhost" : name;
        } catch (IOException e) {
            return "localhost";
        }
    }
}
