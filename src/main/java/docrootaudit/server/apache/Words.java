package docrootaudit.server.apache;

import java.util.ArrayList;
import java.util.List;

/** The words of a line, as {@code ap_getword_conf()} in server/util.c takes them. */
final class Words {
    private final String text;
    private int at;

    Words(String text) {
        this.text = text;
        skipSpace();
    }

    /** All words of a text. */
    static List<String> of(String text) {
        Words words = new Words(text);
        List<String> all = new ArrayList<>();
        while (words.hasMore()) {
            all.add(words.next());
        }
        return all;
    }

    static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    boolean hasMore() {
        return at < text.length();
    }

    /** What is left, from the next word on. */
    String rest() {
        return text.substring(at);
    }

    /** The next word; empty at the end. Quotes and backslashes before them or before a backslash are taken away. */
    String next() {
        if (!hasMore()) {
            return "";
        }
        char first = text.charAt(at);
        boolean quoted = first == '"' || first == '\'';
        StringBuilder word = new StringBuilder();
        if (quoted) {
            at++;
        }
        while (at < text.length()) {
            char c = text.charAt(at);
            if (quoted ? c == first : isSpace(c)) {
                break;
            }
            if (c == '\\' && at + 1 < text.length()) {
                char escaped = text.charAt(at + 1);
                if (escaped == '\\' || (quoted && escaped == first)) {
                    word.append(escaped);
                    at += 2;
                    continue;
                }
            }
            word.append(c);
            at++;
        }
        if (quoted && at < text.length()) {
            at++;
        }
        skipSpace();
        return word.toString();
    }

    private void skipSpace() {
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
    }
}
