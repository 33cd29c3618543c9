package docrootaudit.server.apache;

import docrootaudit.access.Errno;
import docrootaudit.access.FileType;
import docrootaudit.access.Need;
import docrootaudit.server.ByteText;
import docrootaudit.server.Pcre;
import docrootaudit.server.Tree;
import java.util.Locale;
import java.util.Optional;

/** Whether a {@code RewriteCond} holds ({@code apply_rewrite_cond()} in mod_rewrite.c). */
final class ConditionRun {
    private final Hop hop;
    private final Journey journey;
    private final Expansion expansion;

    ConditionRun(Hop hop, Expansion expansion) {
        this.hop = hop;
        this.journey = hop.journey();
        this.expansion = expansion;
    }

    boolean holds(RewriteCondition condition) {
        expansion.of(condition.line());
        boolean holds = condition.operator().equals("expr")
                ? expression(condition)
                : decide(condition, expansion.expand(condition.input()));
        return holds != condition.negated();
    }

    private boolean expression(RewriteCondition condition) {
        ExpressionRun run = new ExpressionRun(hop);
        boolean holds = run.isTrue(condition.expression().orElseThrow());
        if (holds && !condition.negated()) {
            run.match().ifPresent(expansion::condition);
        }
        return holds;
    }

    private boolean decide(RewriteCondition condition, String input) {
        String pattern = condition.pattern();
        boolean caseless = condition.caseless();
        switch (condition.operator()) {
            case "-f", "-s", "-d", "-l", "-L", "-h", "-x" -> {
                return file(condition.operator().charAt(1), input);
            }
            case "-F", "-U" -> {
                return !input.isEmpty() && ahead(condition.operator(), input);
            }
            case "=" -> {
                return caseless ? input.equalsIgnoreCase(pattern) : input.equals(pattern);
            }
            case "<", "<=", ">", ">=" -> {
                int order = caseless
                        ? input.toLowerCase(Locale.ROOT).compareTo(pattern.toLowerCase(Locale.ROOT))
                        : lexicographic(input, pattern);
                return switch (condition.operator()) {
                    case "<" -> order < 0;
                    case "<=" -> order <= 0;
                    case ">" -> order > 0;
                    default -> order >= 0;
                };
            }
            case "-lt", "-le", "-gt", "-ge", "-eq" -> {
                return numbers(condition.operator(), ExpressionRun.number(input), ExpressionRun.number(pattern));
            }
            default -> {
                return matches(condition, input);
            }
        }
    }

    private static boolean numbers(String operator, long left, long right) {
        return switch (operator) {
            case "-lt" -> left < right;
            case "-le" -> left <= right;
            case "-gt" -> left > right;
            case "-ge" -> left >= right;
            default -> left == right;
        };
    }

    /** {@code compare_lexicography()}: the longer one is the greater. */
    private static int lexicographic(String left, String right) {
        return left.length() != right.length() ? Integer.compare(left.length(), right.length()) : left.compareTo(right);
    }

    private boolean matches(RewriteCondition condition, String input) {
        if (condition.regex().isEmpty()) {
            journey.doubt("its regular expression is not understood", condition.line());
            return condition.negated();
        }
        Pcre.Result result = condition.regex().get().match(input);
        if (result instanceof Pcre.Result.Undecided undecided) {
            journey.doubt(undecided.why(), condition.line());
        } else if (result instanceof Pcre.Result.Match match && !condition.negated()) {
            expansion.condition(match);
        }
        return result instanceof Pcre.Result.Match;
    }

    private boolean file(char operator, String path) {
        if (path.isEmpty()) {
            return false;
        }
        // a relative path would be one of the server's working directory, which is the root
        String absolute = path.startsWith("/") ? path : "/" + path;
        boolean link = operator == 'l' || operator == 'L' || operator == 'h';
        Tree.Found found = link ? journey.lstat(absolute) : journey.stat(absolute);
        if (found.failedWith(Errno.EACCES)) {
            // the rule sees nothing where there may be something: worth knowing, whatever comes of it
            Need need = operator == 'd' ? Need.SEARCH : Need.READ;
            journey.hide(Journey.file(absolute, need, Errno.EACCES, 403, Optional.of(ByteText.path(absolute))));
        }
        if (!(found instanceof Tree.Found.There there)) {
            return false;
        }
        return switch (operator) {
            case 'f' -> there.type() == FileType.REGULAR;
            case 's' -> there.type() == FileType.REGULAR && there.size() > 0;
            case 'd' -> there.type() == FileType.DIRECTORY;
            case 'x' -> (there.mode() & 0111) != 0;
            default -> there.type() == FileType.SYMLINK;
        };
    }

    private boolean ahead(String operator, String input) {
        if (operator.equals("-F")) {
            return ExpressionRun.isServed(journey, input);
        }
        Hop sub = hop.sub(input);
        if (!journey.mayGoOn(sub)) {
            return false;
        }
        int status = new Phases(sub).run();
        return status == Hop.OK || status < 400;
    }
}
