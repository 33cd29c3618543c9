package docrootaudit.finding;

import docrootaudit.access.Errno;
import docrootaudit.access.PathBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Why a request is refused.
 *
 * @param kind what sort of refusal it is
 * @param blame the one thing that decides
 * @param rule the directive as written, or the entry that decided; empty where none did
 * @param status what the server answers for it
 * @param errno what the system call returns, where one fails
 * @param via the link by which one got to the blamed path
 */
public record UrlCause(
        CauseKind kind, Blame blame, String rule, int status, Optional<Errno> errno, Optional<PathBytes> via) {
    /** What is to blame. */
    public sealed interface Blame {
        /** What it is called in the JSON documents. */
        String key();

        /** The bytes of its value there. */
        PathBytes value();

        /** A file or directory, canonical. */
        record File(PathBytes path) implements Blame {
            @Override
            public String key() {
                return "path";
            }

            @Override
            public PathBytes value() {
                return path;
            }
        }

        /** A line of a configuration, counted from 1. */
        record Line(PathBytes file, int line) implements Blame {
            @Override
            public String key() {
                return "source";
            }

            @Override
            public PathBytes value() {
                byte[] number = (":" + line).getBytes(StandardCharsets.US_ASCII);
                byte[] bytes = Arrays.copyOf(file.bytes(), file.length() + number.length);
                System.arraycopy(number, 0, bytes, file.length(), number.length);
                return PathBytes.of(bytes);
            }
        }

        /** A running process, in words. */
        record Worker(String name) implements Blame {
            @Override
            public String key() {
                return "process";
            }

            @Override
            public PathBytes value() {
                return PathBytes.of(name);
            }
        }

        /** The request itself, by its first line. */
        record Request(PathBytes line) implements Blame {
            @Override
            public String key() {
                return "request";
            }

            @Override
            public PathBytes value() {
                return line;
            }
        }
    }
}
