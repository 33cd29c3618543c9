package docrootaudit.server.nginx;

import java.util.Optional;

/**
 * A request's path, decoded and without dots, and its arguments as sent: {@code ngx_http_parse_complex_uri()}.
 *
 * @param path beginning with a slash
 */
record Uri(String path, String args) {
    /** What becomes of several slashes in a row. */
    enum Slashes {
        MERGED,
        KEPT
    }

    /** Empty where nginx answers 400. */
    static Optional<Uri> parse(String target, Slashes slashes) {
        if (target.isEmpty() || target.charAt(0) != '/' || target.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
            return Optional.empty();
        }
        StringBuilder path = new StringBuilder(target.length());
        int at = 0;
        while (at < target.length()) {
            char c = target.charAt(at);
            if (c == '?') {
                return finish(path, target.substring(at + 1));
            }
            if (c == '#') {
                return finish(path, "");
            }
            at++;
            if (c == '%') {
                int code = at + 2 <= target.length() ? hexadecimal(target, at) : -1;
                if (code <= 0) {
                    return Optional.empty();
                }
                c = (char) code;
                at += 2;
            }
            if (c == '/') {
                if (!endSegment(path)) {
                    return Optional.empty();
                }
                if (slashes == Slashes.MERGED && path.length() > 0 && path.charAt(path.length() - 1) == '/') {
                    continue;
                }
            }
            path.append(c);
        }
        return finish(path, "");
    }

    private static Optional<Uri> finish(StringBuilder path, String rest) {
        if (!endSegment(path)) {
            return Optional.empty();
        }
        int fragment = rest.indexOf('#');
        return Optional.of(new Uri(path.toString(), fragment < 0 ? rest : rest.substring(0, fragment)));
    }

    /** Takes a dot or two at the end away; false where that leads above the root. */
    private static boolean endSegment(StringBuilder path) {
        int slash = path.lastIndexOf("/");
        String segment = path.substring(slash + 1);
        if (slash < 0 || (!segment.equals(".") && !segment.equals(".."))) {
            return true;
        }
        path.setLength(slash + 1);
        if (segment.equals("..")) {
            int before = path.lastIndexOf("/", slash - 1);
            if (slash == 0 || before < 0) {
                return false;
            }
            path.setLength(before + 1);
        }
        return true;
    }

    private static int hexadecimal(String text, int at) {
        int high = Character.digit(text.charAt(at), 16);
        int low = Character.digit(text.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }
}
