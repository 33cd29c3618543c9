package docrootaudit.server;

import docrootaudit.access.PathBytes;
import java.util.Optional;

/**
 * A log that a configuration names.
 *
 * @param kind which requests or messages are in it
 * @param place where it goes
 * @param format what its lines look like, as {@code log_format}, {@code LogFormat} or {@code ErrorLogFormat} is given it;
 *     empty for the server's own
 * @param site the virtual server that alone writes there; empty where several do
 * @param source the directive
 */
public record LogFile(Kind kind, Place place, Optional<String> format, Optional<Site> site, Source source) {
    /** What is in it. */
    public enum Kind {
        ACCESS,
        ERROR
    }

    /** Where a log goes. */
    public sealed interface Place {
        /** To a file, absolute. */
        record File(PathBytes path) implements Place {}

        /** To where the server was compiled to write, for no directive says. */
        record BuiltIn() implements Place {}

        /**
         * To where nobody can read it afterwards.
         *
         * @param why a clause
         */
        record Elsewhere(String why) implements Place {}
    }
}
