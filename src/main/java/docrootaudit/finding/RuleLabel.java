package docrootaudit.finding;

import docrootaudit.access.PathBytes;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a rule of a configuration is called by over scans: its file and its words, as in
 * {@code /etc/nginx/nginx.conf: deny all}, and not its line, which changes with every line above it.
 */
public final class RuleLabel {
    private static final String BETWEEN = ": ";
    private static final String ON_PURPOSE = ", on purpose";

    private RuleLabel() {}

    /**
     * The label, as a name in the file's directory.
     *
     * @param rule the directive as written
     * @param place how many lines of the file before it are the same
     * @param meant whether what it refuses on purpose is meant, which is told apart from what else it refuses
     */
    public static PathBytes of(PathBytes file, String rule, int place, Meant meant) {
        byte[] name = file.name().bytes();
        // a name holds no NUL in the store
        String words = BETWEEN
                + rule.replace('\0', ' ')
                + (place == 0 ? "" : " (" + (place + 1) + ")")
                + (meant == Meant.ON_PURPOSE ? ON_PURPOSE : "");
        byte[] behind = words.getBytes(StandardCharsets.UTF_8);
        byte[] all = java.util.Arrays.copyOf(name, name.length + behind.length);
        System.arraycopy(behind, 0, all, name.length, behind.length);
        return PathBytes.of(all);
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
