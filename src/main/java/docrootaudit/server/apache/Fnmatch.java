package docrootaudit.server.apache;

/** {@code apr_fnmatch()}. */
final class Fnmatch {
    private static final int MOST_STEPS = 200_000;

    private final String pattern;
    private final String text;
    private final Slashes slashes;
    private int steps;

    private Fnmatch(String pattern, String text, Slashes slashes) {
        this.pattern = pattern;
        this.text = text;
        this.slashes = slashes;
    }

    /** What a star, a question mark or a bracket do at a slash. */
    enum Slashes {
        /** {@code APR_FNM_PATHNAME}: they match none. */
        APART,
        /** Slashes are like all characters. */
        ORDINARY
    }

    static boolean hasWildcard(String pattern) {
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '*' || c == '?') {
                return true;
            }
            if (c == '\\') {
                i++;
            } else if (c == '[' && pattern.indexOf(']', i + 1) > 0) {
                return true;
            }
        }
        return false;
    }

    static boolean matches(String pattern, String text) {
        return matches(pattern, text, Slashes.APART);
    }

    static boolean matches(String pattern, String text, Slashes slashes) {
        return new Fnmatch(pattern, text, slashes).match();
    }

    private boolean separates(char c) {
        return c == '/' && slashes == Slashes.APART;
    }

    /** One star at a time is remembered, so that the work is bounded by the product of the lengths. */
    private boolean match() {
        int p = 0;
        int t = 0;
        int star = -1;
        int mark = 0;
        while (t < text.length()) {
            if (++steps > MOST_STEPS) {
                return false;
            }
            int next = p < pattern.length() && pattern.charAt(p) != '*' ? one(p, text.charAt(t)) : -1;
            if (next > 0) {
                p = next;
                t++;
            } else if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                mark = t;
            } else if (star >= 0 && !separates(text.charAt(mark))) {
                p = star + 1;
                t = ++mark;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /** Where the pattern goes on if the element at {@code p} matches the character, else -1. */
    private int one(int p, char c) {
        char element = pattern.charAt(p);
        if (element == '?') {
            return separates(c) ? -1 : p + 1;
        } else if (element == '[' && pattern.indexOf(']', p + 2) > 0) {
            return separates(c) ? -1 : bracket(p, c);
        } else if (element == '\\' && p + 1 < pattern.length()) {
            return pattern.charAt(p + 1) == c ? p + 2 : -1;
        }
        return element == c ? p + 1 : -1;
    }

    private int bracket(int open, char c) {
        int p = open + 1;
        boolean negated = pattern.charAt(p) == '!' || pattern.charAt(p) == '^';
        if (negated) {
            p++;
        }
        boolean found = false;
        boolean first = true;
        while (p < pattern.length() && (first || pattern.charAt(p) != ']')) {
            first = false;
            if (pattern.charAt(p) == '\\' && p + 1 < pattern.length()) {
                p++;
            }
            char low = pattern.charAt(p++);
            char high = low;
            if (p + 1 < pattern.length() && pattern.charAt(p) == '-' && pattern.charAt(p + 1) != ']') {
                high = pattern.charAt(p + 1);
                p += 2;
            }
            found |= low <= c && c <= high;
        }
        return found != negated ? p + 1 : -1;
    }
}
