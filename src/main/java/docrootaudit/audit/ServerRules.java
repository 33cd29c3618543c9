package docrootaudit.audit;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.Remedies;
import docrootaudit.finding.Unseen;
import docrootaudit.walk.Entry;
import docrootaudit.walk.SourceException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What web servers refuse by rules of their own of what a walk finds granted: a configuration's denials, credentials,
 * links that are not followed, a missing index. Whoever knows the servers answers; a scan asks about every entry. Safe
 * for several threads.
 */
public interface ServerRules {
    /** Scans that begin together may share what was read; it is no older than this when they begin. */
    Duration SHARED = Duration.ofMinutes(1);

    /**
     * The servers whose configurations were read, and what is asked of them, in a few words each. The causes of each have
     * a history of their own: scans that did not ask a server, or asked something else, are not comparable.
     */
    List<String> servers();

    /** Whether they are asked as the schedule asks: those that run, by a visitor from anywhere who shows no credentials. */
    boolean isUsual();

    /** Whether a server serves anything in a directory or from above it. */
    boolean serves(String server, PathBytes root);

    /** The servers that run and of which nothing can be said. */
    List<Unseen> unseen();

    /**
     * Whether a rule that was seen to refuse still stands in a configuration: if it does not, it is over, however little
     * is known of the rest.
     *
     * @param blamed as {@link ServerCause.Blamed} has it, a directory and a name in it
     */
    boolean mayStand(String server, PathBytes blamed);

    /** When what a server's configuration says of a cause was written last, as far as can be known. */
    Instant written(ServerCause cause);

    /** The questions of one thread. */
    Questions questions();

    /**
     * What mends a cause, tried out before it is told.
     *
     * @param url one that is refused by it
     */
    Remedies remedies(ServerCause cause, PathBytes url);

    /** Asks about the entries of one directory after the other. Used by one thread. */
    interface Questions {
        /**
         * A directory whose entries come next.
         *
         * @param path as walked
         * @param canonical the same without links
         * @param self its attributes
         */
        void enter(PathBytes path, PathBytes canonical, Entry self);

        /** Whatever is in the directory, before more is asked of it. */
        void sees(Entry entry);

        /** A regular file. */
        List<Ruling> file(Entry entry, Standing standing) throws SourceException;

        /** A link that leads to a regular file or a directory. */
        List<Ruling> link(Entry entry, Standing standing);

        /** The directory itself, once all its entries were seen. */
        List<Ruling> directory(Standing standing);

        /** A URL of an entry of the directory, or of itself with an empty name, to which something was said. */
        PathBytes url(Ruling ruling, PathBytes name);
    }

    /** Whether permissions have refused an entry already. */
    enum Standing {
        GRANTED,
        /** Then what a server would say stands behind that, and it is asked as if its worker might do everything. */
        REFUSED
    }

    /** What is said to an entry under one of its URLs; nothing is said where it is served. */
    sealed interface Ruling {
        /**
         * It is refused.
         *
         * @param site of what is said which, for whoever said it
         */
        record Refused(ServerCause cause, Object site) implements Ruling {}

        /** It would be, if what refuses it were mended. */
        record Behind(ServerCause cause, Object site) implements Ruling {}

        /** Nobody but the server can tell. */
        record Unknown(String why, String server) implements Ruling {}
    }
}
