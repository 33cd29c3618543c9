package docrootaudit.finding;

import docrootaudit.access.PathBytes;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a rule of a configuration is called by over scans: its file and its words, as in
 * {@code /etc/nginx/nginx.conf: deny all}, and not its line, which changes with every line above it.
 */
public final class RuleLabel {
    private static final String BETWEEN = ": ";
    private static final String ON_PURPOSE = ", on purpose";
    private static final Pattern PLACED = Pattern.compile("(?s)(.*?) \\((in .*|[0-9]{1,6})\\)");

    private RuleLabel() {}

    /**
     * The label, as a name in the file's directory.
     *
     * @param rule the directive as written
     * @param place where in the file, which tells it from others that are the same; may be empty
     * @param meant whether what it refuses on purpose is meant, which is told apart from what else it refuses
     */
    public static PathBytes of(PathBytes file, String rule, String place, Meant meant) {
        byte[] name = file.name().bytes();
        // a name holds no NUL in the store
        String words = BETWEEN
                + rule.replace('\0', ' ')
                + (place.isEmpty() ? "" : " (" + place.replace('\0', ' ') + ")")
                + (meant == Meant.ON_PURPOSE ? ON_PURPOSE : "");
        byte[] behind = words.getBytes(StandardCharsets.UTF_8);
        byte[] all = java.util.Arrays.copyOf(name, name.length + behind.length);
        System.arraycopy(behind, 0, all, name.length, behind.length);
        return PathBytes.of(all);
    }

    /** The file of a label below its directory, for whoever does not know the rule; empty if a path is none. */
    public static Optional<PathBytes> fileOf(PathBytes path) {
        int end = end(path);
        return end < 0 ? Optional.empty() : Optional.of(PathBytes.of(path.bytes(), 0, end));
    }

    private static int end(PathBytes path) {
        for (int at = 1; at < path.length() - 1; at++) {
            if (path.at(at) == ':' && path.at(at + 1) == ' ') {
                return at;
            }
        }
        return -1;
    }

    /**
     * The words of a label.
     *
     * @param rule the directive as written
     * @param place where in the file
     */
    public record Words(String rule, String place) {
        /** Of a label below its directory; empty if a path is none. */
        public static Optional<Words> of(PathBytes path) {
            int end = end(path);
            if (end < 0) {
                return Optional.empty();
            }
            byte[] bytes = path.bytes();
            int begin = end + BETWEEN.length();
            String label = new String(bytes, begin, bytes.length - begin, StandardCharsets.UTF_8);
            String all = label.endsWith(ON_PURPOSE) ? label.substring(0, label.length() - ON_PURPOSE.length()) : label;
            Matcher placed = PLACED.matcher(all);
            return Optional.of(placed.matches() ? new Words(placed.group(1), placed.group(2)) : new Words(all, ""));
        }
    }

    /** Whether somebody wanted it. */
    public enum Meant {
        ACCIDENT,
        ON_PURPOSE
    }

    /** The file of a label; empty if a path is none. */
    public static Optional<PathBytes> file(PathBytes label, String rule) {
        byte[] mark = (BETWEEN + rule).getBytes(StandardCharsets.UTF_8);
        byte[] bytes = label.bytes();
        for (int at = bytes.length - mark.length; at > 0 && !rule.isEmpty(); at--) {
            if (java.util.Arrays.equals(bytes, at, at + mark.length, mark, 0, mark.length)) {
                return Optional.of(PathBytes.of(bytes, 0, at));
            }
        }
        return Optional.empty();
    }
}
