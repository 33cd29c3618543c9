package docrootaudit.alert;

import docrootaudit.access.PathBytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Something that happened to one cause of refusals in one root and that somebody may have to be told. It is stored in
 * the transaction of the scan that saw it and holds everything its wording needs: what it tells of may be gone by then.
 *
 * @param kind what happened
 * @param at start of the scan that saw it
 * @param previous start of the scan that had not seen it yet; empty for a baseline
 * @param root the root, as configured
 * @param user the label of whose access is judged, such as {@code www-data}; empty: of nobody, for the audit is blind
 * @param uid the same as a number (unsigned)
 * @param cause the id of the cause, or of the group of causes that are alike
 * @param blamed the path to blame; of a group of names, the directory that holds them; of a rule, FILE:LINE
 * @param names how many names are to blame, 1 unless it is a group
 * @param word the name of the kind of cause, such as {@code search}, or {@link #MANY}
 * @param rule the entry that decided, such as {@code other::---}
 * @param before type, mode, owner and group when it was last seen granted, as {@code drwxr-xr-x root:root}, with the ACL
 *     behind it if there was one; empty if that is not known
 * @param beside the same of files in the directory of one, which were granted when they were last seen; of one or two
 *     kinds, not each of them was known; empty if that is not known
 * @param now the same at this scan
 * @param paths how many refused paths stand behind it
 * @param examples at most {@link #EXAMPLES} of these
 * @param fixes commands that mend it, least first
 * @param advice what can be done where no command can be given
 * @param listing the command that lists all of the paths; empty if there is none
 * @param server the web server whose rules refuse it; empty: permissions do
 */
public record Event(
        Kind kind,
        Instant at,
        Optional<Instant> previous,
        PathBytes root,
        String user,
        int uid,
        String cause,
        PathBytes blamed,
        int names,
        String word,
        String rule,
        Optional<String> before,
        Optional<String> beside,
        String now,
        long paths,
        List<PathBytes> examples,
        List<Fix> fixes,
        Optional<String> advice,
        Optional<String> listing,
        String server) {
    /** So many paths are told of. */
    public static final int EXAMPLES = 50;

    /** In place of the name of a kind of cause: of many causes, too many to tell each. */
    public static final String MANY = "many";

    private static final Pattern OF_LINE = Pattern.compile(":[0-9]+$");

    public Event {
        examples = List.copyOf(examples);
        fixes = List.copyOf(fixes);
    }

    /** Beside which there is nothing. */
    public Event(
            Kind kind,
            Instant at,
            Optional<Instant> previous,
            PathBytes root,
            String user,
            int uid,
            String cause,
            PathBytes blamed,
            int names,
            String word,
            String rule,
            Optional<String> before,
            String now,
            long paths,
            List<PathBytes> examples,
            List<Fix> fixes,
            Optional<String> advice,
            Optional<String> listing) {
        this(
                kind,
                at,
                previous,
                root,
                user,
                uid,
                cause,
                blamed,
                names,
                word,
                rule,
                before,
                Optional.empty(),
                now,
                paths,
                examples,
                fixes,
                advice,
                listing,
                "");
    }

    /** The same by the rules of a web server. */
    public Event byRulesOf(String program) {
        return new Event(
                kind, at, previous, root, user, uid, cause, blamed, names, word, rule, before, beside, now, paths,
                examples, fixes, advice, listing, program);
    }

    /** Whether a line of a configuration is to blame. */
    boolean isOfLine() {
        return !server.isEmpty() && OF_LINE.matcher(blamed.toString()).find();
    }

    /** The same with what files beside it were like. */
    public Event beside(Optional<String> files) {
        return new Event(
                kind, at, previous, root, user, uid, cause, blamed, names, word, rule, before, files, now, paths,
                examples, fixes, advice, listing, server);
    }

    /** The same of another kind. */
    Event as(Kind other) {
        return new Event(
                other, at, previous, root, user, uid, cause, blamed, names, word, rule, before, beside, now, paths,
                examples, fixes, advice, listing, server);
    }

    /** Whether it happened to the audit itself, whoever it scans for. */
    boolean isOfNobody() {
        return user.isEmpty();
    }

    /** The same about so many names. */
    Event ofNames(int count) {
        return new Event(
                kind, at, previous, root, user, uid, cause, blamed, count, word, rule, before, beside, now, paths,
                examples, fixes, advice, listing, server);
    }

    /** What tells of the names of this one and of others of the same group together. */
    Event grown(Event more, long allNames, long allPaths) {
        List<PathBytes> both = Stream.concat(examples.stream(), more.examples.stream())
                .distinct()
                .limit(EXAMPLES)
                .toList();
        return new Event(
                more.kind,
                more.at,
                more.previous,
                root,
                user,
                uid,
                cause,
                word.equals(MANY)
                        ? root
                        : more.names > 1 ? more.blamed : more.blamed.parent().orElse(more.blamed),
                (int) Math.min(allNames, Integer.MAX_VALUE),
                more.word,
                more.rule,
                before.equals(more.before) ? before : Optional.empty(),
                more.beside,
                more.now,
                allPaths,
                both,
                more.fixes,
                more.advice,
                more.listing,
                server);
    }

    /** What tells that this one is over, by the event that says so. */
    Event closed(Event end, long allNames, long allPaths) {
        return new Event(
                end.kind,
                end.at,
                end.previous,
                root,
                user,
                uid,
                cause,
                blamed,
                (int) Math.min(allNames, Integer.MAX_VALUE),
                word,
                rule,
                Optional.of(now).filter(text -> !text.isEmpty()),
                Optional.empty(),
                end.now,
                allPaths,
                examples,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                server);
    }

    /** What happened to a cause. */
    public enum Kind {
        /** It was there at the first scan of a root. */
        BASELINE,
        /** It opened. */
        OPENED,
        /** Somebody closed it on purpose: that is told once, and nothing follows from it. */
        CLOSED,
        /** It is over. */
        RECOVERED,
        /** The configuration leaves it out now. Nobody is told: who wrote that knows. */
        LEFT_OUT,
        /** The first scan of a root under new rules found nothing; what was known under others holds no more. Not told. */
        NOTHING,
        /** It is as before, and somebody wants to be reminded. */
        STILL,
        /** It opens and recovers again and again; nothing more will be told until it is at rest. */
        UNSTABLE,
        /** The audit itself cannot see: {@code blamed} was not looked at, and {@code rule} says why in a sentence. */
        BLIND,
        /** It sees again what it could not. */
        SEEING;

        /** Whether messages tell of it. */
        public boolean isTold() {
            return this != LEFT_OUT && this != NOTHING;
        }

        /** Whether something begins with it. */
        boolean isOpening() {
            return this == BASELINE || this == OPENED || this == BLIND;
        }

        /** Whether something ends with it. */
        boolean isClosing() {
            return this == RECOVERED || this == SEEING || this == LEFT_OUT;
        }

        /** By how much it changes what stands open of so many names. */
        long change(int names) {
            return isOpening() ? names : this == CLOSED ? 0 : -(long) names;
        }

        /** Of a kind that no message tells. */
        IllegalArgumentException untold() {
            return new IllegalArgumentException(this + " is told to nobody");
        }
    }

    /**
     * A command that mends.
     *
     * @param command one line for a shell
     * @param alsoAllows what else it opens, in words; empty if nothing
     */
    public record Fix(String command, String alsoAllows) {}
}
