package docrootaudit.server.apache;

import docrootaudit.server.Pcre;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A {@code SetEnvIf} and kin (mod_setenvif).
 *
 * @param attribute the header or property that is looked at; empty where an expression decides
 * @param attributeRegex set where the header's name is an expression itself
 * @param pattern what it has to match; empty if that is not understood
 * @param assignments {@code NAME}, {@code NAME=VALUE} or {@code !NAME}
 */
record EnvRule(
        Directive line,
        String attribute,
        Optional<Pcre> attributeRegex,
        Optional<Pcre> pattern,
        Optional<Expression> expression,
        List<String> assignments) {
    static boolean takes(String directive) {
        return switch (directive) {
            case "setenvif", "setenvifnocase", "browsermatch", "browsermatchnocase", "setenvifexpr" -> true;
            default -> false;
        };
    }

    static EnvRule of(Directive line) throws BadDirectiveException {
        Words words = new Words(line.args());
        if (line.is("setenvifexpr")) {
            Expression expression = Expression.condition(line, words.next()).accepted();
            return new EnvRule(
                    line, "", Optional.empty(), Optional.empty(), Optional.of(expression), Words.of(words.rest()));
        }
        boolean caseless = line.key().endsWith("nocase");
        String attribute = line.key().startsWith("browser") ? "User-Agent" : words.next();
        String regex = words.next();
        List<String> assignments = Words.of(words.rest());
        if (regex.isEmpty() || assignments.isEmpty()) {
            throw new BadDirectiveException(line, line.word() + " has too few arguments");
        }
        boolean plain = attribute.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '-' || c == '_');
        return new EnvRule(
                line,
                attribute,
                plain ? Optional.empty() : Regexes.compile(line, attribute, caseless),
                Regexes.compile(line, regex, caseless),
                Optional.empty(),
                assignments);
    }

    String attributeKey() {
        return attribute.toLowerCase(Locale.ROOT);
    }
}
