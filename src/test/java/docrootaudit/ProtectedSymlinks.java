package docrootaudit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code fs.protected_symlinks}, set for a while; it belongs to the whole machine. */
final class ProtectedSymlinks implements AutoCloseable {
    private static final Path SYSCTL = Path.of("/proc/sys/fs/protected_symlinks");

    private final String before = Files.readString(SYSCTL).strip();
    private final String wanted;

    ProtectedSymlinks(String wanted) throws IOException {
        this.wanted = wanted;
        Files.writeString(SYSCTL, wanted);
    }

    /** What was seen meanwhile is worth nothing if somebody else has changed it. */
    void check() throws IOException {
        assertEquals(wanted, Files.readString(SYSCTL).strip(), "somebody else set fs.protected_symlinks meanwhile");
    }

    @Override
    public void close() throws IOException {
        Files.writeString(SYSCTL, before);
    }
}
