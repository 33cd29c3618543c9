package docrootaudit.server.nginx;

import docrootaudit.server.Source;
import java.util.List;
import java.util.Optional;

/**
 * One directive with what it holds.
 *
 * @param name its first word
 * @param words those after it, quotes taken off and escapes replaced as nginx does
 * @param block what its braces hold; empty where it ends with a semicolon
 * @param source where its first word stands
 */
record Directive(String name, List<String> words, Optional<List<Directive>> block, Source source) {
    private static final char BACKSLASH = 0x5c;
    private static final char QUOTE = 0x22;
    private static final char APOSTROPHE = 0x27;

    Directive {
        words = List.copyOf(words);
    }

    /** The word at an index; empty text where there is none. */
    String word(int index) {
        return index >= 0 && index < words.size() ? words.get(index) : "";
    }

    /** What its braces hold; nothing where there are none. */
    List<Directive> children() {
        return block.orElse(List.of());
    }

    /** As one would write it, on one line, without what ends it. */
    String text() {
        StringBuilder text = new StringBuilder(name);
        for (String word : words) {
            text.append(' ').append(quoted(word));
        }
        return text.toString();
    }

    /** A word as it may stand in a configuration. */
    static String quoted(String word) {
        boolean plain = !word.isEmpty();
        for (int i = 0; i < word.length() && plain; i++) {
            plain = isPlain(word, i);
        }
        if (plain) {
            return word;
        }
        StringBuilder text = new StringBuilder().append(QUOTE);
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c == BACKSLASH || c == QUOTE) {
                text.append(BACKSLASH);
            }
            text.append(c);
        }
        return text.append(QUOTE).toString();
    }

    /** Whether the lexer would take a character for itself. */
    private static boolean isPlain(String word, int i) {
        char c = word.charAt(i);
        if (c == '{') {
            // a variable's, unless its dollar is escaped (ngx_conf_read_token)
            return i > 0 && word.charAt(i - 1) == '$' && (i == 1 || word.charAt(i - 2) != BACKSLASH);
        } else if (c == '}' || c == '#') {
            return i > 0;
        } else if (c == BACKSLASH) {
            char next = i + 1 < word.length() ? word.charAt(i + 1) : BACKSLASH;
            return next != BACKSLASH && next != 't' && next != 'n' && next != 'r';
        }
        return c > ' ' && c != ';' && c != QUOTE && c != APOSTROPHE;
    }
}
