package docrootaudit.config;

import docrootaudit.access.PathBytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/** What is wrong with one file, as it is found. */
final class Problems {
    private static final int LONGEST_QUOTE = 60;

    private final String file;
    private final List<Problem> found = new ArrayList<>();
    private boolean damaged;

    Problems(String file) {
        this.file = file;
    }

    void add(int line, String message) {
        found.add(new Problem(file, OptionalInt.of(line), message));
    }

    void addForFile(String message) {
        found.add(new Problem(file, OptionalInt.empty(), message));
    }

    /** Something the file should have; not told of a file that is no TOML, where it may stand in a line not read. */
    void addMissing(int line, String message) {
        if (!damaged) {
            add(line, message);
        }
    }

    void addSyntax(int line, String message) {
        damaged = true;
        add(line, "no valid TOML: " + message);
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    ConfigException exception() {
        found.sort(Comparator.comparingInt(problem -> problem.line().orElse(0)));
        return new ConfigException(found);
    }

    /** A text with what cannot be seen escaped. */
    static String visible(String text) {
        return text.codePoints().anyMatch(PathBytes::isInvisible)
                ? PathBytes.of(text).toString()
                : text;
    }

    /** A text of the file in quotes: escaped, and not too much of it. */
    static String quote(String text) {
        int end = text.offsetByCodePoints(0, Math.min(LONGEST_QUOTE, text.codePointCount(0, text.length())));
        return '"' + PathBytes.of(text.substring(0, end)).toString() + (end < text.length() ? "…" : "") + '"';
    }
}
