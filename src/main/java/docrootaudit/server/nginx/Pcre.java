package docrootaudit.server.nginx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A regular expression of nginx, matched on bytes by {@link Pattern} as PCRE would, or not at all. */
final class Pcre {
    /** As {@code pcre_exec()} has a limit of its own; more steps than any sane pattern takes. */
    private static final int MAX_STEPS = 2_000_000;

    private final String source;
    private final Optional<Pattern> pattern;
    private final List<String> names;
    private final String problem;

    private Pcre(String source, Optional<Pattern> pattern, List<String> names, String problem) {
        this.source = source;
        this.pattern = pattern;
        this.names = names;
        this.problem = problem;
    }

    /** Whether upper and lower case are one. */
    enum Case {
        SENSITIVE,
        IGNORED
    }

    /** What came of a match. */
    sealed interface Result {
        /**
         * It matches.
         *
         * @param groups the captured texts, the whole at 0; nothing at all where the pattern captures nothing, as in
         *     {@code ngx_http_regex_exec()}
         * @param named the named ones
         */
        record Match(List<String> groups, Map<String, String> named) implements Result {}

        record NoMatch() implements Result {}

        record Undecided(String why) implements Result {}
    }

    static Pcre compile(String source, Case sensitivity) {
        PcreTranslation translation = PcreTranslation.of(source);
        if (translation.problem().isPresent()) {
            return new Pcre(
                    source, Optional.empty(), List.of(), translation.problem().get());
        }
        try {
            int flags = sensitivity == Case.IGNORED ? Pattern.CASE_INSENSITIVE : 0;
            // Java's $ is before a last newline as PCRE's is, if only that is one
            Pattern pattern = Pattern.compile(translation.java(), flags | Pattern.UNIX_LINES);
            String problem = translation.unicode() ? "the pattern is about characters, not bytes" : "";
            return new Pcre(source, Optional.of(pattern), translation.names(), problem);
        } catch (PatternSyntaxException | StackOverflowError e) {
            return new Pcre(source, Optional.empty(), List.of(), "the pattern is not understood");
        }
    }

    String source() {
        return source;
    }

    /** Why it cannot be matched here, if so. */
    Optional<String> problem() {
        return pattern.isPresent() ? Optional.empty() : Optional.of(problem);
    }

    Result match(String text) {
        if (pattern.isEmpty() || (!problem.isEmpty() && text.chars().anyMatch(c -> c > 0x7f))) {
            return new Result.Undecided(problem);
        }
        try {
            Matcher matcher = pattern.get().matcher(new Counted(text));
            if (!matcher.find()) {
                return new Result.NoMatch();
            }
            if (matcher.groupCount() == 0) {
                return new Result.Match(List.of(), Map.of());
            }
            String[] groups = new String[matcher.groupCount() + 1];
            for (int i = 0; i < groups.length; i++) {
                groups[i] = matcher.start(i) < 0 ? "" : text.substring(matcher.start(i), matcher.end(i));
            }
            Map<String, String> named = new LinkedHashMap<>();
            for (int i = 0; i < names.size(); i++) {
                if (!names.get(i).isEmpty()) {
                    named.put(names.get(i), groups[i + 1]);
                }
            }
            return new Result.Match(List.of(groups), named);
        } catch (TooManySteps | StackOverflowError e) {
            return new Result.Undecided("the pattern takes too many steps on this text");
        }
    }

    /** The names of the captures, the empty name for those without. */
    List<String> names() {
        return names;
    }

    /** Counts how often the engine looks at a character: the only way to end one that goes astray. */
    private static final class Counted implements CharSequence {
        private final String text;
        private int left = MAX_STEPS;

        Counted(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (--left < 0) {
                throw new TooManySteps();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static final class TooManySteps extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManySteps() {
            super("too many steps", null, false, false);
        }
    }
}
