package docrootaudit.server.apache;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Debian's {@code envvars}: a shell script of which only plain {@code export NAME=VALUE} lines are taken. */
final class Envvars {
    private static final Pattern EXPORT = Pattern.compile("\\s*export\\s+([A-Za-z_][A-Za-z0-9_]*)=(.*?)\\s*");
    private static final Pattern VARIABLE =
            Pattern.compile("\\$(?:\\{([A-Za-z_][A-Za-z0-9_]*)\\}|([A-Za-z_][A-Za-z0-9_]*))");

    private Envvars() {}

    /**
     * What the script exports, nothing of it executed.
     *
     * @param before what is set already; it wins
     */
    static Map<String, String> read(String text, Map<String, String> before) {
        Map<String, String> all = new HashMap<>(before);
        for (String line : text.split("\n", -1)) {
            Matcher export = EXPORT.matcher(line);
            if (export.matches()
                    && !export.group(2).contains("`")
                    && !export.group(2).contains("$(")) {
                all.putIfAbsent(export.group(1), value(export.group(2), all));
            }
        }
        return all;
    }

    private static String value(String written, Map<String, String> set) {
        String bare = written;
        boolean single = bare.length() > 1 && bare.startsWith("'") && bare.endsWith("'");
        if (single || (bare.length() > 1 && bare.startsWith("\"") && bare.endsWith("\""))) {
            bare = bare.substring(1, bare.length() - 1);
        }
        if (single) {
            return bare;
        }
        return VARIABLE.matcher(bare).replaceAll(m -> {
            String name = m.group(1) != null ? m.group(1) : m.group(2);
            return Matcher.quoteReplacement(set.getOrDefault(name, ""));
        });
    }
}
