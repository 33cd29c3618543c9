package docrootaudit.audit;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.Remedies;
import docrootaudit.walk.Entry;
import docrootaudit.walk.SourceException;
import java.util.List;

/**
 * What web servers refuse by rules of their own of what a walk finds granted: a configuration's denials, credentials,
 * links that are not followed, a missing index. Whoever knows the servers answers; a scan asks about every entry. Safe
 * for several threads.
 */
public interface ServerRules {
    /** What is asked, in a word or two: scans that asked something else are not comparable. */
    String word();

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

        /** A regular file that may be read. */
        List<Ruling> file(Entry entry) throws SourceException;

        /** A link that leads to what may be read or searched. */
        List<Ruling> link(Entry entry);

        /** The directory itself, once all its entries were seen; asked only where it may be searched. */
        List<Ruling> directory();

        /** A URL of an entry of the directory, or of itself with an empty name, to which something was said. */
        PathBytes url(Ruling ruling, PathBytes name);
    }

    /** What is said to an entry under one of its URLs; nothing is said where it is served. */
    sealed interface Ruling {
        /**
         * It is refused.
         *
         * @param site of what is said which, for whoever said it
         */
        record Refused(ServerCause cause, Object site) implements Ruling {}

        /** Nobody but the server can tell. */
        record Unknown(String why) implements Ruling {}
    }
}
