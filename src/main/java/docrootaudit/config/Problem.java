package docrootaudit.config;

import docrootaudit.access.PathBytes;
import java.util.OptionalInt;

/**
 * One mistake in a configuration file.
 *
 * @param file as it was named
 * @param line counted from one; empty where the file as a whole is meant
 * @param message what is wrong; what was expected
 */
public record Problem(String file, OptionalInt line, String message) {
    /** {@code audit.toml:12: what is wrong; what was expected}, safe to print. */
    @Override
    public String toString() {
        return PathBytes.of(file) + (line.isPresent() ? ":" + line.getAsInt() : "") + ": " + message;
    }
}
