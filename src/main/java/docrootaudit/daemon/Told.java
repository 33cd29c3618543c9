package docrootaudit.daemon;

import docrootaudit.access.PathBytes;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** What the journal says of paths, times and errors. */
final class Told {
    private Told() {}

    static String path(Path path) {
        return PathBytes.of(path.toString()).toString();
    }

    static String why(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        } else if (e instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return PathBytes.of(message.lines().findFirst().orElse("")).toString();
    }

    static String counted(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
