package docrootaudit.server.log;

import docrootaudit.access.PathBytes;
import docrootaudit.server.ByteText;
import java.util.Optional;

/**
 * What a visitor asked for. Of it only the path of the URL goes any further: what stands behind a question mark or a
 * hash sign, and the name and password of an absolute URL, end here.
 */
final class RequestLine {
    /** Longer paths are cut, with an ellipsis: nobody reads them, and many would fill the memory. */
    static final int LONGEST = 256;

    private RequestLine() {}

    /** The path of a whole request line, {@code GET /a?b HTTP/1.1}; empty if it has none. */
    static Optional<PathBytes> path(String line) {
        return target(line).flatMap(RequestLine::pathOfTarget);
    }

    /** The path of a target, {@code /a?b} or {@code http://host/a?b}; empty if it has none. */
    static Optional<PathBytes> pathOfTarget(String target) {
        return wholePath(target)
                .map(path -> path.length() > LONGEST ? path.substring(0, LONGEST) + "..." : path)
                .map(ByteText::path);
    }

    /** The target of a request line. */
    static Optional<String> target(String line) {
        int blank = line.indexOf(' ');
        if (blank <= 0) {
            return Optional.empty();
        }
        int version = line.lastIndexOf(" HTTP/");
        return Optional.of(line.substring(blank + 1, version > blank ? version : line.length()));
    }

    /** The path of a target, however long it is. */
    static Optional<String> wholePath(String target) {
        int start = 0;
        if (!target.startsWith("/")) {
            int scheme = target.indexOf("://");
            if (scheme < 0) {
                return Optional.empty();
            }
            start = end(target, scheme + 3, "/?#");
            if (start == target.length() || target.charAt(start) != '/') {
                return Optional.of("/");
            }
        }
        return Optional.of(withoutQuery(target.substring(start)));
    }

    /** What stands before a question mark or a hash sign. */
    static String withoutQuery(String text) {
        return text.substring(0, end(text, 0, "?#"));
    }

    /** Where the first of some characters is, or the end. */
    private static int end(String text, int from, String characters) {
        int end = from;
        while (end < text.length() && characters.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    /**
     * Undoes what servers do to visitors' words in a log: {@code \}{@code xHH}, {@code \}{@code uHHHH}, {@code \}{@code n} and a backslash before
     * anything else (nginx's ngx_http_log_escape and its escape=json, Apache's ap_escape_logitem).
     */
    static String unescape(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                out.append(c);
                continue;
            }
            char kind = text.charAt(++i);
            int digits = kind == 'x' ? 2 : kind == 'u' ? 4 : 0;
            int value = digits == 0 ? -1 : hex(text, i + 1, digits);
            if (value >= 0) {
                out.append((char) (value & 0xff));
                i += digits;
            } else {
                out.append(
                        switch (kind) {
                            case 'n' -> '\n';
                            case 't' -> '\t';
                            case 'r' -> '\r';
                            case 'b' -> '\b';
                            case 'f' -> '\f';
                            case 'v' -> '\u000b';
                            default -> kind;
                        });
            }
        }
        return out.toString();
    }

    /** The path that a URL's path means: percent-encoding undone. */
    static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            int value = text.charAt(i) == '%' ? hex(text, i + 1, 2) : -1;
            out.append(value >= 0 ? (char) value : text.charAt(i));
            i += value >= 0 ? 2 : 0;
        }
        return out.toString();
    }

    private static int hex(String text, int at, int digits) {
        if (at + digits > text.length()) {
            return -1;
        }
        int value = 0;
        for (int i = at; i < at + digits; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }
}
