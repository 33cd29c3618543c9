package docrootaudit.report;

import docrootaudit.access.PathBytes;
import java.util.Locale;

/** Text from outside that is no path, such as account names and reasons, made fit to be shown. */
public final class Visible {
    private Visible() {}

    /**
     * One line without controls, escape sequences and characters that turn the reading direction. Backslashes stay: the
     * paths in a sentence are escaped already.
     */
    public static String text(String text) {
        if (text.codePoints().noneMatch(PathBytes::isInvisible)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 8);
        text.codePoints().forEach(c -> append(out, c));
        return out.toString();
    }

    private static void append(StringBuilder out, int c) {
        switch (c) {
            case '\n' -> out.append("\\n");
            case '\t' -> out.append("\\t");
            case '\r' -> out.append("\\r");
            default -> {
                if (PathBytes.isInvisible(c)) {
                    String form = c < 0x80 ? "\\x%02x" : c > 0xffff ? "\\U%08x" : "\\u%04x";
                    out.append(String.format(Locale.ROOT, form, c));
                } else {
                    out.appendCodePoint(c);
                }
            }
        }
    }
}
