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
 */
public record Event(
        Kind kind,
        Instant at,
        Optional<Instant> previous,
        View view,
        Culprit culprit,
        Likeness likeness,
        Refused refused,
        Mending mending) {
    /** So many paths are told of. */
    public static final int EXAMPLES = 50;

    /** In place of the name of a kind of cause: of many causes, too many to tell each. */
    public static final String MANY = "many";

    private static final Pattern OF_LINE = Pattern.compile(":[0-9]+$");

    /**
     * Whose access to what is judged, and by which rules.
     *
     * @param root the root, as configured
     * @param user the label of whose access, such as {@code www-data}; empty: of nobody, for the audit is blind
     * @param uid the same as a number (unsigned)
     * @param server the web server whose rules refuse it; empty: permissions do
     */
    public record View(PathBytes root, String user, int uid, String server) {
        /** What cannot be seen for one account cannot for another. */
        public static View ofNobody(PathBytes root) {
            return new View(root, "", 0, "");
        }
    }

    /**
     * What is to blame.
     *
     * @param cause the id of the cause, or of the group of causes that are alike
     * @param blamed the path; of a group of names, the directory that holds them; of a rule, FILE:LINE
     * @param names how many names are to blame, 1 unless it is a group
     * @param word the name of the kind of cause, such as {@code search}, or {@link #MANY}
     * @param rule the entry that decided, such as {@code other::---}
     */
    public record Culprit(String cause, PathBytes blamed, int names, String word, String rule) {
        private Culprit of(long all) {
            return new Culprit(cause, blamed, (int) Math.min(all, Integer.MAX_VALUE), word, rule);
        }
    }

    /**
     * What it is like: type, mode, owner and group, as {@code drwxr-xr-x root:root}, with the ACL behind it if there is
     * one.
     *
     * @param before when it was last seen granted; empty if that is not known
     * @param beside files in the directory of one, which were granted when they were last seen; of one or two kinds, not
     *     each of them was known; empty if that is not known
     * @param now at this scan; empty if that is not known
     */
    public record Likeness(Optional<String> before, Optional<String> beside, String now) {
        public static final Likeness UNKNOWN = of("");

        /** Of which nothing is known but how it is now. */
        public static Likeness of(String now) {
            return new Likeness(Optional.empty(), Optional.empty(), now);
        }
    }

    /**
     * What is refused by it.
     *
     * @param paths how many refused paths stand behind it
     * @param examples at most {@link #EXAMPLES} of these
     */
    public record Refused(long paths, List<PathBytes> examples) {
        public static final Refused NOTHING = of(0);

        public Refused {
            examples = List.copyOf(examples);
        }

        /** So many, of which none is told. */
        public static Refused of(long paths) {
            return new Refused(paths, List.of());
        }
    }

    /**
     * What can be done.
     *
     * @param fixes commands that mend it, least first
     * @param advice what can be done where no command can be given
     * @param listing the command that lists all of the paths; empty if there is none
     */
    public record Mending(List<Fix> fixes, Optional<String> advice, Optional<String> listing) {
        public static final Mending NONE = new Mending(List.of(), Optional.empty(), Optional.empty());

        public Mending {
            fixes = List.copyOf(fixes);
        }
    }

    /**
     * A command that mends.
     *
     * @param command one line for a shell
     * @param alsoAllows what else it opens, in words; empty if nothing
     */
    public record Fix(String command, String alsoAllows) {}

    PathBytes root() {
        return view.root();
    }

    String cause() {
        return culprit.cause();
    }

    int names() {
        return culprit.names();
    }

    long paths() {
        return refused.paths();
    }

    /** Whether the rules of a web server refuse it. */
    boolean isOfServer() {
        return !view.server().isEmpty();
    }

    /** Whether a line of a configuration is to blame. */
    boolean isOfLine() {
        return isOfServer() && OF_LINE.matcher(culprit.blamed().toString()).find();
    }

    /** Whether it happened to the audit itself, whoever it scans for. */
    boolean isOfNobody() {
        return view.user().isEmpty();
    }

    /** The same of another kind. */
    Event as(Kind other) {
        return new Event(other, at, previous, view, culprit, likeness, refused, mending);
    }

    /** The same about so many names. */
    Event ofNames(long count) {
        return new Event(kind, at, previous, view, culprit.of(count), likeness, refused, mending);
    }

    /** What tells of the names of this one and of others of the same group together. */
    Event grown(Event more, long allNames, long allPaths) {
        PathBytes last = more.culprit.blamed();
        PathBytes directory = more.names() > 1 ? last : last.parent().orElse(last);
        PathBytes blamed = culprit.word().equals(MANY) ? root() : directory;
        List<PathBytes> both = Stream.concat(refused.examples().stream(), more.refused.examples().stream())
                .distinct()
                .limit(EXAMPLES)
                .toList();
        Optional<String> before =
                likeness.before().filter(was -> more.likeness.before().equals(likeness.before()));
        return new Event(
                more.kind,
                more.at,
                more.previous,
                view,
                new Culprit(cause(), blamed, 0, more.culprit.word(), more.culprit.rule()).of(allNames),
                new Likeness(before, more.likeness.beside(), more.likeness.now()),
                new Refused(allPaths, both),
                more.mending);
    }

    /** What tells that this one is over, by the event that says so. */
    Event closed(Event end, long allNames, long allPaths) {
        Optional<String> before = Optional.of(likeness.now()).filter(text -> !text.isEmpty());
        return new Event(
                end.kind,
                end.at,
                end.previous,
                view,
                culprit.of(allNames),
                new Likeness(before, Optional.empty(), end.likeness.now()),
                new Refused(allPaths, refused.examples()),
                Mending.NONE);
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
}
