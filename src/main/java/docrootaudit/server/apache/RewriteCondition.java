package docrootaudit.server.apache;

import docrootaudit.server.Pcre;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A {@code RewriteCond} ({@code cmd_rewritecond()}).
 *
 * @param input what is looked at, not yet expanded
 * @param operator {@code ~} for an expression, {@code -f} and kin, {@code <} and kin, {@code -lt} and kin, {@code expr}
 * @param pattern the text behind the operator
 * @param regex set for an expression that is understood
 */
record RewriteCondition(
        Directive line,
        String input,
        String operator,
        String pattern,
        Optional<Pcre> regex,
        Optional<Expression> expression,
        boolean negated,
        boolean caseless,
        boolean orNext) {
    static RewriteCondition of(Directive line) throws BadDirectiveException {
        RewriteArguments arguments = RewriteArguments.of(line.args())
                .orElseThrow(() -> new BadDirectiveException(line, "RewriteCond has a bad argument line"));
        boolean caseless = false;
        boolean orNext = false;
        if (arguments.flags().isPresent()) {
            List<String> flags = RewriteArguments.flags(arguments.flags().get())
                    .orElseThrow(() -> new BadDirectiveException(line, "RewriteCond has bad flag delimiters"));
            for (String flag : flags) {
                switch (flag.toUpperCase(Locale.ROOT)) {
                    case "NC", "NOCASE" -> caseless = true;
                    case "OR", "ORNEXT" -> orNext = true;
                    case "NV", "NOVARY" -> {}
                    default -> throw new BadDirectiveException(line, "RewriteCond has an unknown flag");
                }
            }
        }
        String pattern = arguments.second();
        boolean negated = pattern.startsWith("!");
        if (negated) {
            pattern = pattern.substring(1);
        }
        if (arguments.first().equalsIgnoreCase("expr")) {
            Expression expression = Expression.condition(line, pattern).accepted();
            return new RewriteCondition(
                    line, "", "expr", pattern, Optional.empty(), Optional.of(expression), negated, caseless, orNext);
        }
        String operator = operator(pattern);
        if (operator.equals("~")) {
            Optional<Pcre> regex = Regexes.compile(line, pattern, caseless);
            return new RewriteCondition(
                    line, arguments.first(), "~", pattern, regex, Optional.empty(), negated, caseless, orNext);
        }
        String behind = pattern.substring(operator.length());
        if (operator.equals("=") && behind.equals("\"\"")) {
            behind = "";
        } else if (operator.equals("-ne")) {
            operator = "-eq";
            negated = !negated;
        }
        return new RewriteCondition(
                line,
                arguments.first(),
                operator,
                behind,
                Optional.empty(),
                Optional.empty(),
                negated,
                caseless,
                orNext);
    }

    private static String operator(String pattern) {
        if (pattern.matches("-[fsdxhlLUF]")) {
            return pattern;
        } else if (pattern.matches("(?s)-(lt|le|gt|ge|eq|ne).+")) {
            return pattern.substring(0, 3);
        } else if (pattern.matches("(?s)(<=|>=).*")) {
            return pattern.substring(0, 2);
        } else if (pattern.length() > 1 && "<>=".indexOf(pattern.charAt(0)) >= 0) {
            return pattern.substring(0, 1);
        }
        return "~";
    }
}
