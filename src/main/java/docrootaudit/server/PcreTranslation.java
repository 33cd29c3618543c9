package docrootaudit.server;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Rewrites an expression from PCRE's spelling into Java's. */
final class PcreTranslation {
    /** {@code \b} of Java 17 takes letters beyond ASCII for parts of words; PCRE on bytes does not. */
    private static final String BOUNDARY = "(?:(?<=\\w)(?!\\w)|(?<!\\w)(?=\\w))";

    private static final String NO_BOUNDARY = "(?:(?<=\\w)(?=\\w)|(?<!\\w)(?!\\w))";
    private static final Map<String, String> POSIX = Map.ofEntries(
            Map.entry("alpha", "\\p{Alpha}"),
            Map.entry("digit", "\\p{Digit}"),
            Map.entry("alnum", "\\p{Alnum}"),
            Map.entry("upper", "\\p{Upper}"),
            Map.entry("lower", "\\p{Lower}"),
            Map.entry("space", "\\s"),
            Map.entry("blank", "\\p{Blank}"),
            Map.entry("punct", "\\p{Punct}"),
            Map.entry("print", "\\p{Print}"),
            Map.entry("graph", "\\p{Graph}"),
            Map.entry("cntrl", "\\p{Cntrl}"),
            Map.entry("xdigit", "\\p{XDigit}"),
            Map.entry("word", "\\w"),
            Map.entry("ascii", "\\p{ASCII}"));

    private final String in;
    private final boolean dollarEndOnly;
    private final StringBuilder out = new StringBuilder();
    private final Map<String, Integer> names = new HashMap<>();
    private int at;
    private int groups;
    private boolean foreign;
    private boolean invalid;

    PcreTranslation(String in, boolean dollarEndOnly) {
        this.in = in;
        this.dollarEndOnly = dollarEndOnly;
        while (at < in.length() && !foreign) {
            step();
        }
    }

    /** The expression for Java; empty if it uses what Java has not. */
    Optional<String> java() {
        return foreign ? Optional.empty() : Optional.of(out.toString());
    }

    /** Whether it is no expression at all. */
    boolean isInvalid() {
        return invalid;
    }

    Map<String, Integer> names() {
        return names;
    }

    private void step() {
        char c = in.charAt(at);
        switch (c) {
            case '\\' -> escape();
            case '[' -> set();
            case '(' -> group();
            case '$' -> take(dollarEndOnly ? "\\z" : "$", 1);
            case '{' -> take(isQuantifier() ? "{" : "\\{", 1);
            case '}' -> take(closesQuantifier() ? "}" : "\\}", 1);
            default -> take(String.valueOf(c), 1);
        }
    }

    private void take(String java, int consumed) {
        out.append(java);
        at += consumed;
    }

    private void escape() {
        if (at + 1 >= in.length()) {
            foreign = true;
            invalid = true;
            return;
        }
        char c = in.charAt(at + 1);
        switch (c) {
            case 'b' -> take(BOUNDARY, 2);
            case 'B' -> take(NO_BOUNDARY, 2);
            case 'N' -> take("[^\\n]", 2);
            // what has been matched so far is forgotten; recursion into groups; backtracking verbs; single bytes
            case 'K', 'g', 'C', 'X' -> foreign = true;
            case 'k' -> reference();
            case 'p', 'P', 'x' -> braced(c);
            case 'Q' -> {
                int end = in.indexOf("\\E", at + 2);
                String literal = end < 0 ? in.substring(at + 2) : in.substring(at + 2, end);
                out.append(literal.isEmpty() ? "" : Pattern.quote(literal));
                at = end < 0 ? in.length() : end + 2;
            }
            case 'E' -> at += 2;
            default -> take("\\" + c, 2);
        }
    }

    /** A property or a character by its number, whose braces are no quantifier. */
    private void braced(char c) {
        int end = in.startsWith("{", at + 2) ? in.indexOf('}', at) : -1;
        if (end < 0) {
            take("\\" + c, 2);
        } else {
            take(in.substring(at, end + 1), end + 1 - at);
        }
    }

    private void reference() {
        char open = at + 2 < in.length() ? in.charAt(at + 2) : 0;
        char close = open == '<' ? '>' : open == '{' ? '}' : open == '\'' ? '\'' : 0;
        int end = close == 0 ? -1 : in.indexOf(close, at + 3);
        Integer group = end < 0 ? null : names.get(in.substring(at + 3, end));
        if (group == null) {
            foreign = true;
            return;
        }
        out.append("(?:\\").append(group).append(')');
        at = end + 1;
    }

    private void group() {
        if (in.startsWith("(*", at)) {
            foreign = true;
        } else if (!in.startsWith("(?", at)) {
            groups++;
            take("(", 1);
        } else if (in.startsWith("(?#", at)) {
            int end = in.indexOf(')', at);
            foreign = end < 0;
            at = end + 1;
        } else if (in.startsWith("(?P<", at)) {
            named(at + 4, '>');
        } else if (in.startsWith("(?'", at)) {
            named(at + 3, '\'');
        } else if (in.startsWith("(?<", at) && !in.startsWith("(?<=", at) && !in.startsWith("(?<!", at)) {
            named(at + 3, '>');
        } else if (in.startsWith("(?P=", at)) {
            int end = in.indexOf(')', at);
            Integer group = end < 0 ? null : names.get(in.substring(at + 4, end));
            foreign = group == null;
            out.append("(?:\\").append(group).append(')');
            at = end + 1;
        } else {
            char kind = at + 2 < in.length() ? in.charAt(at + 2) : 0;
            // reset of group numbers, conditions, recursion, callouts
            foreign = (kind != 0 && "|(RP&C+0123456789".indexOf(kind) >= 0) || in.startsWith("(?J", at);
            take("(?", 2);
        }
    }

    /** Java's names have no underscore: the group becomes one of a number, and its name is kept beside. */
    private void named(int from, char close) {
        int end = in.indexOf(close, from);
        if (end < 0) {
            foreign = true;
            return;
        }
        groups++;
        names.putIfAbsent(in.substring(from, end), groups);
        out.append('(');
        at = end + 1;
    }

    private boolean isQuantifier() {
        return out.length() > 0 && quantifierEnd(at) > 0;
    }

    private int quantifierEnd(int open) {
        int i = open + 1;
        int digits = i;
        while (i < in.length() && Character.isDigit(in.charAt(i))) {
            i++;
        }
        if (i == digits) {
            return -1;
        }
        if (i < in.length() && in.charAt(i) == ',') {
            i++;
            while (i < in.length() && Character.isDigit(in.charAt(i))) {
                i++;
            }
        }
        return i < in.length() && in.charAt(i) == '}' ? i : -1;
    }

    private boolean closesQuantifier() {
        int open = in.lastIndexOf('{', at);
        return open >= 0 && quantifierEnd(open) == at;
    }

    /** A set: Java would see unions and intersections in brackets and ampersands that mean themselves here. */
    private void set() {
        out.append('[');
        at++;
        if (at < in.length() && in.charAt(at) == '^') {
            take("^", 1);
        }
        boolean first = true;
        while (!foreign && at < in.length() && (first || in.charAt(at) != ']')) {
            first = false;
            char c = in.charAt(at);
            if (c == '[' && in.startsWith("[:", at) && in.indexOf(":]", at) > 0) {
                posix();
            } else if (c == '\\' && at + 1 < in.length()) {
                setEscape(in.charAt(at + 1));
            } else {
                take("[]&^ #".indexOf(c) >= 0 ? "\\" + c : String.valueOf(c), 1);
            }
        }
        if (foreign) {
            return;
        } else if (at >= in.length()) {
            foreign = true;
            invalid = true;
            return;
        }
        take("]", 1);
    }

    private void setEscape(char c) {
        if (c == 'b') {
            take("\\x08", 2);
        } else if (c == 'Q' || c == 'E' || c == 'R' || c == 'X' || c == 'N') {
            foreign = true;
        } else {
            take("\\" + c, 2);
        }
    }

    private void posix() {
        int end = in.indexOf(":]", at);
        String name = in.substring(at + 2, end);
        boolean negated = name.startsWith("^");
        String java = POSIX.get(negated ? name.substring(1) : name);
        if (java == null) {
            foreign = true;
            return;
        }
        out.append(negated ? "[^" + java + "]" : java);
        at = end + 2;
    }
}
