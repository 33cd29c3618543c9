package docrootaudit.server.nginx;

/** Whether a name matches one part of a pattern of glob(7). */
final class Glob {
    private final String pattern;
    private final String name;

    private Glob(String pattern, String name) {
        this.pattern = pattern;
        this.name = name;
    }

    /** A leading dot is matched by a dot only. */
    static boolean matches(String pattern, String name) {
        if (name.startsWith(".") && !pattern.startsWith(".") && !pattern.startsWith("\\.")) {
            return false;
        }
        return new Glob(pattern, name).matches();
    }

    /** One star is remembered, the last: what it takes in grows until the rest fits. */
    private boolean matches() {
        int p = 0;
        int n = 0;
        int star = -1;
        int taken = 0;
        while (n < name.length()) {
            int end = p < pattern.length() && pattern.charAt(p) != '*' ? matchOne(p, name.charAt(n)) : -1;
            if (end > 0) {
                p = end;
                n++;
            } else if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                taken = n;
            } else if (star >= 0) {
                p = star + 1;
                n = ++taken;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /** Where the pattern goes on if its piece at {@code p} matches the character, else -1. */
    private int matchOne(int p, char c) {
        char wanted = pattern.charAt(p);
        if (wanted == '?') {
            return p + 1;
        }
        if (wanted == '[') {
            int close = closing(p);
            if (close > 0) {
                return inBrackets(p + 1, close, c) ? close + 1 : -1;
            }
        }
        if (wanted == '\\' && p + 1 < pattern.length()) {
            return pattern.charAt(p + 1) == c ? p + 2 : -1;
        }
        return wanted == c ? p + 1 : -1;
    }

    private int closing(int open) {
        int first = open + 1;
        if (first < pattern.length() && (pattern.charAt(first) == '!' || pattern.charAt(first) == '^')) {
            first++;
        }
        return pattern.indexOf(']', first + 1);
    }

    private boolean inBrackets(int from, int to, char c) {
        boolean negated = pattern.charAt(from) == '!' || pattern.charAt(from) == '^';
        boolean found = false;
        for (int i = negated ? from + 1 : from; i < to; i++) {
            char low = pattern.charAt(i);
            if (i + 2 < to && pattern.charAt(i + 1) == '-') {
                found |= low <= c && c <= pattern.charAt(i + 2);
                i += 2;
            } else {
                found |= low == c;
            }
        }
        return found != negated;
    }
}
