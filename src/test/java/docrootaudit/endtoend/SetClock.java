package docrootaudit.endtoend;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Locale;

/** The time of day as one process sees it, by libfaketime, while the clock that nobody sets goes on. */
final class SetClock {
    private final Path file;

    /** @param place a directory for the file from which the process learns the time */
    SetClock(Path place) throws IOException {
        file = place.resolve("clock");
        set(Duration.ZERO);
    }

    /** Sets it so far before or after the machine's. */
    void set(Duration offset) throws IOException {
        Path next = Files.writeString(
                file.resolveSibling("clock.next"), String.format(Locale.ROOT, "%+d%n", offset.toSeconds()));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The words of a shell before a program that is to see it. */
    String words() throws IOException {
        return "env LD_PRELOAD=" + library() + " FAKETIME_TIMESTAMP_FILE=" + file
                + " FAKETIME_NO_CACHE=1 FAKETIME_DONT_FAKE_MONOTONIC=1 NO_FAKE_STAT=1";
    }

    private static Path library() throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(Path.of("/usr/lib"), "*-linux-gnu*")) {
            for (Path machine : found) {
                Path library = machine.resolve("faketime/libfaketimeMT.so.1");
                if (Files.exists(library)) {
                    return library;
                }
            }
        }
        throw new IllegalStateException("libfaketime is not installed");
    }
}
