package docrootaudit.server.nginx;

import docrootaudit.server.Mark;
import docrootaudit.server.Pcre;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A regular expression of a configuration: {@code ngx_regex_compile()}. One that is not understood decides nothing. */
final class Regex {
    private final Optional<Pcre> expression;
    private final boolean characters;

    private Regex(Optional<Pcre> expression, boolean characters) {
        this.expression = expression;
        this.characters = characters;
    }

    /** Whether upper and lower case are one. */
    enum Case {
        SENSITIVE,
        IGNORED
    }

    static Regex compile(String source, Case sensitivity) {
        int at = 0;
        boolean characters = false;
        // (*UTF8) and its kin stand at the very beginning
        while (source.startsWith("(*", at) && source.indexOf(')', at) > 0) {
            int end = source.indexOf(')', at);
            String verb = source.substring(at + 2, end).toUpperCase(Locale.ROOT);
            boolean harmless =
                    verb.equals("UTF8") || verb.equals("UTF") || verb.equals("UCP") || verb.startsWith("NO_");
            if (!harmless) {
                return new Regex(Optional.empty(), false);
            }
            characters |= verb.startsWith("U");
            at = end + 1;
        }
        Set<Pcre.Option> options = EnumSet.noneOf(Pcre.Option.class);
        if (sensitivity == Case.IGNORED) {
            options.add(Pcre.Option.CASELESS);
        }
        return new Regex(Pcre.compile(source.substring(at), options), characters);
    }

    /** Looks for it anywhere in a text. */
    Pcre.Result match(String text) {
        if (expression.isEmpty()) {
            return new Pcre.Result.Undecided("the regular expression is not understood");
        }
        if (characters && text.chars().anyMatch(c -> c > 0x7f)) {
            return new Pcre.Result.Undecided("the regular expression is about characters, the text is bytes");
        }
        return expression.get().match(text);
    }

    /** That it is in what is looked at, or may be. */
    Mark mark(Mark.Subject subject) {
        if (expression.isEmpty()) {
            return Mark.always();
        }
        Mark plain = Mark.expression(expression.get(), subject);
        return characters
                ? (uri, path, name) -> uri.chars().anyMatch(c -> c > 0x7f)
                        || path.chars().anyMatch(c -> c > 0x7f)
                        || plain.has(uri, path, name)
                : plain;
    }

    /** The names of its groups. */
    Set<String> names() {
        return expression.map(e -> e.names().keySet()).orElse(Set.of());
    }

    /** Whether it can be run here. */
    boolean isUnderstood() {
        return expression.isPresent();
    }
}
