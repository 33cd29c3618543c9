package docrootaudit.server.nginx;

import docrootaudit.server.ConfigSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What stands in the parentheses of {@code if}. */
sealed interface Condition {
    /** Neither empty nor {@code 0}. */
    record Set(Template variable) implements Condition {}

    /** Equal to a text, or not. */
    record Equals(Template variable, Template text, Sense sense) implements Condition {}

    /** Matched by a regular expression, or not. */
    record Matches(Template variable, Regex pattern, Sense sense) implements Condition {}

    /**
     * A file of some kind, or not.
     *
     * @param test f, d, e or x
     */
    record FileTest(Template path, char test, Sense sense) implements Condition {}

    /** Whether it is asked the other way round. */
    enum Sense {
        STRAIGHT,
        NEGATED
    }

    /** The value that it is about. */
    default Template subject() {
        if (this instanceof Set set) {
            return set.variable();
        } else if (this instanceof Equals equals) {
            return equals.variable();
        } else if (this instanceof Matches matches) {
            return matches.variable();
        }
        return ((FileTest) this).path();
    }

    static Condition of(Directive directive) throws ConfigSyntaxException {
        List<String> words = new ArrayList<>(directive.words());
        if (words.isEmpty()
                || !words.get(0).startsWith("(")
                || !words.get(words.size() - 1).endsWith(")")) {
            throw invalid(directive);
        }
        words.set(0, words.get(0).substring(1));
        int end = words.size() - 1;
        if (words.get(end).isEmpty()) {
            throw invalid(directive);
        }
        words.set(end, words.get(end).substring(0, words.get(end).length() - 1));
        if (words.get(end).isEmpty()) {
            words.remove(end);
        }
        if (!words.isEmpty() && words.get(0).isEmpty()) {
            words.remove(0);
        }
        if (words.isEmpty()) {
            throw invalid(directive);
        }
        String first = words.get(0);
        if (first.startsWith("$") && first.length() > 1) {
            return variable(directive, words);
        }
        boolean negated = first.startsWith("!");
        String test = negated ? first.substring(1) : first;
        if (words.size() == 2 && test.length() == 2 && test.charAt(0) == '-' && "fdex".indexOf(test.charAt(1)) >= 0) {
            return new FileTest(Template.of(words.get(1), directive.source()), test.charAt(1), sense(negated));
        }
        throw invalid(directive);
    }

    private static Condition variable(Directive directive, List<String> words) throws ConfigSyntaxException {
        Template variable = Template.of(words.get(0), directive.source());
        if (words.size() == 1) {
            return new Set(variable);
        }
        if (words.size() != 3) {
            throw invalid(directive);
        }
        String operator = words.get(1);
        boolean negated = operator.startsWith("!");
        return switch (operator) {
            case "=", "!=" -> new Equals(variable, Template.of(words.get(2), directive.source()), sense(negated));
            case "~", "!~" -> new Matches(variable, Regex.compile(words.get(2), Regex.Case.SENSITIVE), sense(negated));
            case "~*", "!~*" -> new Matches(variable, Regex.compile(words.get(2), Regex.Case.IGNORED), sense(negated));
            default -> throw invalid(directive);
        };
    }

    private static Sense sense(boolean negated) {
        return negated ? Sense.NEGATED : Sense.STRAIGHT;
    }

    private static ConfigSyntaxException invalid(Directive directive) {
        return new ConfigSyntaxException(Optional.of(directive.source()), "invalid condition of if");
    }
}
