package docrootaudit.server;

import docrootaudit.access.Errno;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import java.util.Optional;

/**
 * One refusal that a request meets.
 *
 * @param reason its kind
 * @param blame the one thing that decides
 * @param rule the directive as written or a rule's id; empty where the file system decides. Of a file under a tenant's
 *     hand the directive's name only
 * @param status what the server answers for it, were it not hidden by an error page or a fallback
 * @param file the file or directory that the request had been mapped to, if it had
 * @param meant whether the rule reads as written on purpose: a denial of dot files, of backups, of scripts in uploads
 */
public record Refusal(Reason reason, Blame blame, String rule, int status, Optional<PathBytes> file, Meaning meant) {
    /** What is to blame. */
    public sealed interface Blame {
        /** A line of the configuration. */
        record Line(Source source) implements Blame {}

        /**
         * A path on the disk, to be judged for the worker by the file system's own rules.
         *
         * @param path as the server asked for it
         * @param need what for
         * @param errno what the call returned
         */
        record File(PathBytes path, Need need, Errno errno) implements Blame {}

        /**
         * A path on the disk whatever its permissions: a directory without index, a fifo, a target that is not there.
         *
         * @param path as the server asked for it
         * @param line the line that has something else be looked for there, if one does
         */
        record Place(PathBytes path, Optional<Source> line) implements Blame {
            public Place(PathBytes path) {
                this(path, Optional.empty());
            }
        }

        /** Nothing but the request itself. */
        record Request() implements Blame {}
    }

    /** Whether somebody wanted it. */
    public enum Meaning {
        ACCIDENT,
        ON_PURPOSE
    }
}
