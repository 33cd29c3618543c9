package docrootaudit.server.nginx;

import docrootaudit.access.PathBytes;
import docrootaudit.server.ConfigSyntaxException;
import docrootaudit.server.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cuts the text of one file into statements, by the rules of {@code ngx_conf_read_token()} in
 * {@code ngx_conf_file.c}.
 */
final class Lexer {
    /** What a run of words ends with. */
    enum End {
        SEMICOLON,
        OPEN,
        CLOSE,
        FILE
    }

    /**
     * Words and what ended them.
     *
     * @param words none before {@link End#CLOSE} and {@link End#FILE}
     * @param source where the first word stands, or the end itself
     */
    record Statement(List<String> words, End end, Source source) {}

    private final String text;
    private final PathBytes file;
    private int at;
    private int line = 1;

    Lexer(String text, PathBytes file) {
        this.text = text;
        this.file = file;
    }

    Source here() {
        return new Source(file, line);
    }

    /** The next statement. */
    Statement next() throws ConfigSyntaxException {
        List<String> words = new ArrayList<>();
        Source first = here();
        while (skipSpace()) {
            char c = text.charAt(at);
            if (words.isEmpty()) {
                first = here();
            }
            if (c == ';' || c == '{') {
                if (words.isEmpty()) {
                    throw unexpected(c);
                }
                at++;
                return new Statement(words, c == ';' ? End.SEMICOLON : End.OPEN, first);
            }
            if (c == '}') {
                if (!words.isEmpty()) {
                    throw unexpected(c);
                }
                at++;
                return new Statement(words, End.CLOSE, first);
            }
            words.add(c == '"' || c == '\'' ? quotedWord(c) : bareWord());
        }
        if (!words.isEmpty()) {
            throw failure("unexpected end of file, expecting \";\" or \"}\"");
        }
        return new Statement(words, End.FILE, here());
    }

    /** Leaves spaces and comments behind; whether something follows. */
    private boolean skipSpace() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (isSpace(c)) {
                step();
            } else {
                return true;
            }
        }
        return false;
    }

    private String quotedWord(char quote) throws ConfigSyntaxException {
        Source opened = here();
        at++;
        int start = at;
        while (at < text.length() && text.charAt(at) != quote) {
            skipEscaped();
        }
        if (at >= text.length()) {
            throw new ConfigSyntaxException(Optional.of(opened), "unexpected end of file, the quote is never closed");
        }
        String word = unescaped(start, at);
        at++;
        if (at < text.length()) {
            char next = text.charAt(at);
            if (!isSpace(next) && next != ';' && next != '{' && next != ')') {
                throw unexpected(next);
            }
        }
        return word;
    }

    private String bareWord() throws ConfigSyntaxException {
        int start = at;
        boolean variable = false;
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean first = at == start;
            if (!first && (isSpace(c) || c == ';' || (c == '{' && !variable))) {
                return unescaped(start, at);
            }
            variable = c == '$' || (variable && c == '{');
            skipEscaped();
        }
        throw failure("unexpected end of file, expecting \";\" or \"}\"");
    }

    private void skipEscaped() {
        if (text.charAt(at) == '\\' && at + 1 < text.length()) {
            step();
        }
        step();
    }

    private void step() {
        if (text.charAt(at++) == '\n') {
            line++;
        }
    }

    private String unescaped(int from, int to) {
        StringBuilder word = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            char next = i + 1 < to ? text.charAt(i + 1) : 0;
            if (c != '\\') {
                word.append(c);
            } else if (next == '"' || next == '\'' || next == '\\') {
                word.append(next);
                i++;
            } else if (next == 't' || next == 'r' || next == 'n') {
                word.append(next == 't' ? '\t' : next == 'r' ? '\r' : '\n');
                i++;
            } else {
                word.append(c);
            }
        }
        return word.toString();
    }

    /**
     * Leaves a block of Lua code behind, whose braces need not be nginx's, as {@code ngx_http_lua_lex.c} finds its end:
     * strings, long brackets and comments are skipped.
     */
    void skipLua() throws ConfigSyntaxException {
        Source opened = here();
        int depth = 1;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '-' && text.startsWith("--", at)) {
                at += 2;
                if (!skipLongBracket()) {
                    int end = text.indexOf('\n', at);
                    at = end < 0 ? text.length() : end;
                }
            } else if (c == '"' || c == '\'') {
                step();
                while (at < text.length() && text.charAt(at) != c && text.charAt(at) != '\n') {
                    skipEscaped();
                }
                at = Math.min(at + (at < text.length() && text.charAt(at) == c ? 1 : 0), text.length());
            } else if (c != '[' || !skipLongBracket()) {
                depth += c == '{' ? 1 : c == '}' ? -1 : 0;
                step();
                if (depth == 0) {
                    return;
                }
            }
        }
        throw new ConfigSyntaxException(Optional.of(opened), "unexpected end of file, the Lua block is never closed");
    }

    private boolean skipLongBracket() {
        if (at >= text.length() || text.charAt(at) != '[') {
            return false;
        }
        int open = at + 1;
        while (open < text.length() && text.charAt(open) == '=') {
            open++;
        }
        if (open >= text.length() || text.charAt(open) != '[') {
            return false;
        }
        String closing = "]" + "=".repeat(open - at - 1) + "]";
        int found = text.indexOf(closing, open + 1);
        int end = found < 0 ? text.length() : found + closing.length();
        while (at < end) {
            step();
        }
        return true;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private ConfigSyntaxException unexpected(char c) {
        String shown = c > ' ' && c < 0x7f ? Character.toString(c) : "character";
        return failure("unexpected \"" + shown + "\"");
    }

    private ConfigSyntaxException failure(String problem) {
        return new ConfigSyntaxException(Optional.of(here()), problem);
    }
}
