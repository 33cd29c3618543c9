package docrootaudit.server.apache;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What httpd does to the path of a URL before it means a file (server/util.c). */
final class UriPath {
    private UriPath() {}

    /** A path, and the status with which the server gives up on it, if it does. */
    record Decoded(String path, int status) {
        boolean isBad() {
            return status != 0;
        }
    }

    /**
     * {@code ap_normalize_path()}: dot segments go, slashes are joined, what need not be encoded is decoded.
     *
     * @param mergeSlashes whether slashes in a row become one
     * @return empty if it is no valid path: it leaves the root, or holds a percent sign that encodes nothing
     */
    static Optional<String> normalize(String path, boolean mergeSlashes) {
        if (!path.startsWith("/")) {
            return path.equals("*") ? Optional.of(path) : Optional.empty();
        }
        StringBuilder decoded = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '%') {
                int value = hex(path, i);
                if (value < 0) {
                    return Optional.empty();
                }
                if (isUnreserved((char) value)) {
                    decoded.append((char) value);
                    i += 2;
                    continue;
                }
            }
            decoded.append(c);
        }
        return withoutDots(decoded.toString(), mergeSlashes);
    }

    /** Takes dot segments away; empty if they lead above the root. */
    static Optional<String> withoutDots(String path, boolean mergeSlashes) {
        StringBuilder out = new StringBuilder("/");
        boolean valid = true;
        int at = 1;
        while (at < path.length()) {
            boolean begins = out.charAt(out.length() - 1) == '/';
            if (begins && mergeSlashes && path.charAt(at) == '/') {
                at++;
            } else if (begins && isSegment(path, at, ".")) {
                at = Math.min(path.length(), at + 2);
            } else if (begins && isSegment(path, at, "..")) {
                if (out.length() > 1) {
                    out.setLength(out.length() - 1);
                    out.setLength(out.lastIndexOf("/") + 1);
                } else {
                    valid = false;
                }
                at = Math.min(path.length(), at + 3);
            } else {
                out.append(path.charAt(at++));
            }
        }
        return valid ? Optional.of(out.toString()) : Optional.empty();
    }

    private static boolean isSegment(String path, int at, String segment) {
        int end = at + segment.length();
        return path.startsWith(segment, at) && (end == path.length() || path.charAt(end) == '/');
    }

    /** What {@code AllowEncodedSlashes} does about {@code %2f}. */
    enum Slashes {
        FORBID,
        KEEP,
        DECODE
    }

    /** {@code ap_unescape_url_ex()}: decodes; a NUL, and a slash where it may not be, is 404. */
    static Decoded decode(String path, Slashes slashes) {
        StringBuilder out = new StringBuilder();
        int status = 0;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            int value = c == '%' ? hex(path, i) : -1;
            if (c != '%') {
                out.append(c);
            } else if (value < 0) {
                status = 400;
                out.append(c);
            } else if (value == 0 || (value == '/' && slashes == Slashes.FORBID)) {
                status = status == 0 ? 404 : status;
                i += 2;
            } else if (isUnreserved((char) value) || (value == '/' && slashes == Slashes.KEEP)) {
                out.append(path, i, i + 3);
                i += 2;
            } else {
                out.append((char) value);
                i += 2;
            }
        }
        return new Decoded(out.toString(), status);
    }

    static String withoutFirstSlashes(String path) {
        int from = 0;
        while (from < path.length() && path.charAt(from) == '/') {
            from++;
        }
        return path.substring(from);
    }

    /**
     * {@code ap_unescape_url_keep2f()} and its kin, for a text that is no path: all is decoded, but for slashes that are
     * kept; empty for a NUL and for a percent sign that encodes nothing.
     */
    static Optional<String> unescape(String text, Slashes slashes) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            int value = text.charAt(i) == '%' ? hex(text, i) : text.charAt(i);
            boolean encoded = text.charAt(i) == '%';
            if (value < 0 || (encoded && value == 0)) {
                return Optional.empty();
            } else if (encoded && value == '/' && slashes == Slashes.KEEP) {
                out.append(text, i, i + 3);
            } else {
                out.append((char) value);
            }
            i += encoded ? 2 : 0;
        }
        return Optional.of(out.toString());
    }

    private static int hex(String text, int at) {
        if (at + 2 >= text.length()) {
            return -1;
        }
        int high = Character.digit(text.charAt(at + 1), 16);
        int low = Character.digit(text.charAt(at + 2), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    private static boolean isUnreserved(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }

    /** {@code apr_filepath_merge()}: a path below another, without dots and doubled slashes; of text alone. */
    static String merge(String root, String path) {
        String whole = path.startsWith("/") ? path : root + "/" + path;
        List<String> names = new ArrayList<>();
        for (String name : whole.split("/", -1)) {
            if (name.equals("..")) {
                if (!names.isEmpty()) {
                    names.remove(names.size() - 1);
                }
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        boolean slash = whole.endsWith("/") || whole.endsWith("/.") || whole.endsWith("/..");
        String merged = "/" + String.join("/", names);
        return slash && !names.isEmpty() ? merged + "/" : merged;
    }

    /** {@code ap_escape_uri()}, for what is sent to a visitor or asked anew. */
    static String escape(String path) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (isUnreserved(c) || "$&'()*+,/:;=@!".indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4 & 15, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return out.toString();
    }
}
