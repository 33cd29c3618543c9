package docrootaudit.server;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression as the servers write them (pcre2pattern(3)), run by Java's engine on {@link ByteText}.
 *
 * <p>Both understand the same language but for details, which are translated ({@link PcreTranslation}). A match stops
 * after a bounded number of steps: a tenant's expression can be made to take for ever.
 */
public final class Pcre {
    /** How it is compiled. */
    public enum Option {
        /** Letters of ASCII match in either case. */
        CASELESS,
        /** A dot matches a newline too; httpd's default. */
        DOTALL,
        /** A dollar matches at the very end only, not before a last newline; httpd's default. */
        DOLLAR_ENDONLY
    }

    /** What a match came to. */
    public sealed interface Result {
        /**
         * It matches.
         *
         * @param groups the captured texts, the whole at 0; empty where a group took no part
         * @param named those that have a name
         */
        record Match(List<String> groups, Map<String, String> named) implements Result {
            /** The text of a group; empty if it took no part or there is none of that number. */
            public String group(int n) {
                return n < groups.size() ? groups.get(n) : "";
            }
        }

        /** It does not. */
        record NoMatch() implements Result {}

        /** Nobody here knows. */
        record Undecided(String why) implements Result {}
    }

    /** PCRE's own default ({@code MATCH_LIMIT}) is ten million of steps that are somewhat smaller. */
    private static final int MOST_STEPS = 3_000_000;

    private final String written;
    private final Pattern pattern;
    private final Map<String, Integer> names;
    /** Made where many texts come; empty where there is none. */
    private volatile Optional<Automaton> automaton;

    private Pcre(String written, Pattern pattern, Map<String, Integer> names) {
        this.written = written;
        this.pattern = pattern;
        this.names = names;
    }

    /** Compiles an expression; empty if it is none, or uses what Java's engine cannot do (recursion, verbs). */
    public static Optional<Pcre> compile(String written, Set<Option> options) {
        int flags = Pattern.UNIX_LINES;
        if (options.contains(Option.CASELESS)) {
            flags |= Pattern.CASE_INSENSITIVE;
        }
        if (options.contains(Option.DOTALL)) {
            flags |= Pattern.DOTALL;
        }
        PcreTranslation translation = new PcreTranslation(written, options.contains(Option.DOLLAR_ENDONLY));
        try {
            return translation.java().isPresent()
                    ? Optional.of(new Pcre(
                            written,
                            Pattern.compile(translation.java().get(), flags),
                            new LinkedHashMap<>(translation.names())))
                    : Optional.empty();
        } catch (PatternSyntaxException | StackOverflowError e) {
            return Optional.empty();
        }
    }

    /** Whether an expression is none, for PCRE as for Java: a parenthesis that is not closed, say. */
    public static boolean isInvalid(String written) {
        PcreTranslation translation = new PcreTranslation(written, true);
        if (translation.java().isEmpty()) {
            return translation.isInvalid();
        }
        try {
            Pattern.compile(translation.java().get(), Pattern.UNIX_LINES);
            return false;
        } catch (PatternSyntaxException e) {
            return true;
        } catch (StackOverflowError e) {
            return false;
        }
    }

    /** As httpd compiles them. */
    public static Optional<Pcre> httpd(String written, Option... more) {
        Set<Option> options = EnumSet.of(Option.DOTALL, Option.DOLLAR_ENDONLY);
        options.addAll(Set.of(more));
        return compile(written, options);
    }

    /** Looks for it anywhere in a text. */
    public Result match(String text) {
        Matcher matcher = pattern.matcher(new Counted(text, new int[] {MOST_STEPS}));
        try {
            if (!matcher.find()) {
                return new Result.NoMatch();
            }
        } catch (TooManyStepsException | StackOverflowError e) {
            return new Result.Undecided("the expression takes too many steps on this text");
        }
        List<String> groups = new ArrayList<>();
        for (int i = 0; i <= matcher.groupCount(); i++) {
            groups.add(matcher.start(i) < 0 ? "" : text.substring(matcher.start(i), matcher.end(i)));
        }
        Map<String, String> named = new LinkedHashMap<>();
        names.forEach((name, number) -> named.put(name, groups.get(number)));
        return new Result.Match(groups, named);
    }

    /** Whether it may be anywhere in a text: false only if it is known not to be. */
    public boolean mayBeIn(String text) {
        try {
            return pattern.matcher(new Counted(text, new int[] {MOST_STEPS})).find();
        } catch (TooManyStepsException | StackOverflowError e) {
            return true;
        }
    }

    /** What does the work of {@link #mayBeIn} for many texts; empty where nothing else can. */
    Optional<Automaton> automaton() {
        if (automaton == null) {
            automaton = Automaton.of(pattern.pattern(), pattern.flags(), MOST_STEPS);
        }
        return automaton;
    }

    /** The names of groups and their numbers. */
    public Map<String, Integer> names() {
        return Map.copyOf(names);
    }

    /** The expression as written. */
    @Override
    public String toString() {
        return written;
    }

    private static final class TooManyStepsException extends RuntimeException {
        TooManyStepsException() {
            super("too many steps", null, false, false);
        }
    }

    /** Counts how often the engine looks at a character. */
    @SuppressWarnings("ArrayRecordComponent") // one count for all parts of a text, used by one thread
    private record Counted(String text, int[] left) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (--left[0] < 0) {
                throw new TooManyStepsException();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text.substring(start, end), left);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
