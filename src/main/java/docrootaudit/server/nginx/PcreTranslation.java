package docrootaudit.server.nginx;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A pattern of pcrepattern(3) as {@link java.util.regex.Pattern} has it. What both have alike stays; what only one has
 * is rewritten, or named as a problem.
 */
final class PcreTranslation {
    private static final String POSIX =
            " alpha digit alnum upper lower space punct print graph cntrl xdigit blank word ascii ";

    private static final List<String> CLASSES = List.of("\\d", "\\D", "\\w", "\\W", "\\s", "\\S");

    private final String source;
    private final StringBuilder java = new StringBuilder();
    private final List<String> names = new ArrayList<>();
    private int at;
    private boolean unicode;
    private Optional<String> problem = Optional.empty();

    private PcreTranslation(String source) {
        this.source = source;
    }

    static PcreTranslation of(String source) {
        PcreTranslation translation = new PcreTranslation(source);
        translation.run();
        return translation;
    }

    String java() {
        return java.toString();
    }

    /** One a capturing group, empty for one without a name. */
    List<String> names() {
        return List.copyOf(names);
    }

    Optional<String> problem() {
        return problem;
    }

    /** Whether it says (*UTF8), so that a text of other bytes than ASCII is characters to it. */
    boolean unicode() {
        return unicode;
    }

    private void run() {
        verbs();
        while (at < source.length() && problem.isEmpty()) {
            char c = source.charAt(at);
            switch (c) {
                case '\\' -> escape(false);
                case '[' -> characterClass();
                case '(' -> group();
                case '{' -> brace();
                default -> {
                    java.append(c);
                    at++;
                }
            }
        }
        Set<String> distinct = new HashSet<>();
        for (String name : names) {
            if (!name.isEmpty() && !distinct.add(name)) {
                problem = Optional.of("two groups of the pattern have one name");
            }
        }
    }

    private void verbs() {
        while (source.startsWith("(*", at)) {
            int end = source.indexOf(')', at);
            String verb = end < 0 ? "" : source.substring(at + 2, end).toUpperCase(Locale.ROOT);
            if (!verb.equals("UTF8") && !verb.equals("UTF") && !verb.equals("UCP") && !verb.startsWith("NO_")) {
                problem = Optional.of("the pattern begins with a verb that is not understood");
                return;
            }
            unicode |= verb.startsWith("U");
            at = end + 1;
        }
    }

    /** A brace that is no quantifier is a letter to PCRE and an error to Java. */
    private void brace() {
        int end = at + 1;
        while (end < source.length() && (Character.isDigit(source.charAt(end)) || source.charAt(end) == ',')) {
            end++;
        }
        if (isQuantifier(source.substring(at, Math.min(end + 1, source.length())))) {
            java.append(source, at, end + 1);
            at = end + 1;
        } else {
            java.append("\\{");
            at++;
        }
    }

    private static boolean isQuantifier(String text) {
        return text.matches("\\{\\d+(,\\d*)?\\}");
    }

    private void group() {
        if (!source.startsWith("(?", at)) {
            names.add("");
            java.append('(');
            at++;
        } else if (source.startsWith("(?P<", at) || source.startsWith("(?'", at) || isNamed()) {
            char close = source.startsWith("(?'", at) ? '\'' : '>';
            int start = at + (source.startsWith("(?P<", at) ? 4 : 3);
            int end = source.indexOf(close, start);
            if (end <= start) {
                problem = Optional.of("a group of the pattern has no name");
                return;
            }
            names.add(source.substring(start, end));
            java.append('(');
            at = end + 1;
        } else if (source.startsWith("(?#", at)) {
            int end = source.indexOf(')', at);
            at = end < 0 ? source.length() : end + 1;
        } else if (isPlainGroup()) {
            java.append("(?");
            at += 2;
            while (at < source.length() && ":=!<>imsx-".indexOf(source.charAt(at)) >= 0) {
                char c = source.charAt(at++);
                java.append(c);
                if (":=!>".indexOf(c) >= 0) {
                    break;
                }
                if (c == 'x') {
                    problem = Optional.of("the pattern ignores white space");
                }
            }
            if (at < source.length() && source.charAt(at) == ')') {
                java.append(')');
                at++;
            }
        } else {
            problem = Optional.of("the pattern has a group that is not understood");
        }
    }

    private boolean isNamed() {
        return source.startsWith("(?<", at)
                && at + 3 < source.length()
                && source.charAt(at + 3) != '='
                && source.charAt(at + 3) != '!';
    }

    private boolean isPlainGroup() {
        return at + 2 < source.length() && ":=!<>ims-x".indexOf(source.charAt(at + 2)) >= 0;
    }

    /** One escape, in or out of a class. */
    private void escape(boolean inClass) {
        if (at + 1 >= source.length()) {
            problem = Optional.of("the pattern ends with a backslash");
            return;
        }
        char c = source.charAt(at + 1);
        at += 2;
        switch (c) {
            case 'd', 'D', 'w', 'W', 's', 'S', 't', 'n', 'r', 'f', 'a', 'e' ->
                java.append('\\').append(c);
            case 'b' -> java.append(inClass ? "\\x08" : wordBoundary("!"));
            case 'B' -> java.append(wordBoundary("="));
            case 'A', 'z', 'G' -> java.append('\\').append(c);
            case 'Z' -> java.append("(?=\\n?\\z)");
            case 'h' -> java.append(inClass ? "\\t\\x20\\xa0" : "[\\t\\x20\\xa0]");
            case 'H' -> onlyOutside(inClass, "[^\\t\\x20\\xa0]");
            case 'v' -> java.append(inClass ? "\\n\\x0b\\f\\r\\x85" : "[\\n\\x0b\\f\\r\\x85]");
            case 'V' -> onlyOutside(inClass, "[^\\n\\x0b\\f\\r\\x85]");
            case 'R' -> onlyOutside(inClass, "(?>\\r\\n|[\\n\\x0b\\f\\r\\x85])");
            case 'N' -> onlyOutside(inClass, "[^\\n]");
            case 'x' -> hexadecimal();
            case 'Q' -> quotation();
            case 'E' -> {
                // the end of nothing
            }
            case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(c, inClass);
            case 'K', 'C', 'X', 'p', 'P', 'g', 'k', 'c', 'o', 'u', 'U', 'l', 'L' ->
                problem = Optional.of("the pattern uses \\" + c);
            default -> literal(c);
        }
    }

    /** Java's boundary knows letters beyond ASCII. */
    private static String wordBoundary(String kind) {
        return kind.equals("!") ? "(?:(?<=\\w)(?!\\w)|(?<!\\w)(?=\\w))" : "(?:(?<=\\w)(?=\\w)|(?<!\\w)(?!\\w))";
    }

    private void onlyOutside(boolean inClass, String text) {
        if (inClass) {
            problem = Optional.of("a class of the pattern is not understood");
        }
        java.append(text);
    }

    private void number(char first, boolean inClass) {
        int end = at;
        while (end < source.length() && end < at + 2 && source.charAt(end) >= '0' && source.charAt(end) <= '7') {
            end++;
        }
        if (first == '0' || (inClass && first < '8')) {
            java.append(String.format(
                    Locale.ROOT, "\\x%02x", Integer.parseInt(source.substring(at - 1, end), 8) & 0xff));
            at = end;
        } else if (first - '0' <= names.size() && (at >= source.length() || !Character.isDigit(source.charAt(at)))) {
            java.append('\\').append(first);
        } else {
            problem = Optional.of("the pattern refers to a group by a number that is not understood");
        }
    }

    private void hexadecimal() {
        int end = at;
        boolean braces = at < source.length() && source.charAt(at) == '{';
        if (braces) {
            end = source.indexOf('}', at);
        } else {
            while (end < source.length() && end < at + 2 && Character.digit(source.charAt(end), 16) >= 0) {
                end++;
            }
        }
        try {
            String digits = end < 0 ? "" : source.substring(braces ? at + 1 : at, end);
            int value = digits.isEmpty() && !braces ? 0 : Integer.parseInt(digits, 16);
            if (value > 0xff) {
                throw new NumberFormatException();
            }
            java.append(String.format(Locale.ROOT, "\\x%02x", value));
            at = braces ? end + 1 : end;
        } catch (NumberFormatException e) {
            problem = Optional.of("the pattern names a character that is no byte");
        }
    }

    private void quotation() {
        int end = source.indexOf("\\E", at);
        int stop = end < 0 ? source.length() : end;
        while (at < stop) {
            literal(source.charAt(at++));
        }
        at = end < 0 ? stop : end + 2;
    }

    private void literal(char c) {
        if (Template.isNameCharacter(c)) {
            java.append(c);
        } else {
            java.append(String.format(Locale.ROOT, "\\x%02x", (int) c));
        }
    }

    private void characterClass() {
        java.append('[');
        at++;
        if (at < source.length() && source.charAt(at) == '^') {
            java.append('^');
            at++;
        }
        boolean first = true;
        while (at < source.length() && problem.isEmpty()) {
            char c = source.charAt(at);
            if (c == ']' && !first) {
                java.append(']');
                at++;
                return;
            }
            first = false;
            if (c == '[' && source.startsWith("[:", at) && source.indexOf(":]", at) > 0) {
                posix();
            } else if (c == '\\') {
                escape(true);
            } else if (c == '-') {
                range();
            } else {
                literal(c);
                at++;
            }
        }
        if (problem.isEmpty()) {
            problem = Optional.of("a class of the pattern is never closed");
        }
    }

    /** A hyphen beside a class or at an edge is a letter. */
    private void range() {
        String before = java.toString();
        boolean edge = before.endsWith("[")
                || before.endsWith("[^")
                || source.startsWith("]", at + 1)
                || before.endsWith("}")
                || CLASSES.stream().anyMatch(c -> before.endsWith(c) || source.startsWith(c, at + 1));
        java.append(edge ? "\\x2d" : "-");
        at++;
    }

    private void posix() {
        int end = source.indexOf(":]", at);
        String name = source.substring(at + 2, end);
        boolean negated = name.startsWith("^");
        String bare = negated ? name.substring(1) : name;
        if (!POSIX.contains(" " + bare + " ")) {
            problem = Optional.of("a class of the pattern is not understood");
            return;
        }
        String java8 = switch (bare) {
            case "alnum" -> "Alnum";
            case "xdigit" -> "XDigit";
            case "ascii" -> "ASCII";
            case "word" -> "";
            default -> Character.toUpperCase(bare.charAt(0)) + bare.substring(1);
        };
        java.append(java8.isEmpty() ? (negated ? "\\W" : "\\w") : (negated ? "\\P{" : "\\p{") + java8 + "}");
        at = end + 2;
    }
}
