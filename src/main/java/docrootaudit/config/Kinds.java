package docrootaudit.config;

import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/** What a TOML value is, in words. */
final class Kinds {
    private Kinds() {}

    static String of(Object value) {
        if (value instanceof String text) {
            return "the string " + Problems.quote(text);
        } else if (value instanceof Long || value instanceof Double) {
            return "the number " + value;
        } else if (value instanceof Boolean) {
            return value.toString();
        } else if (value instanceof TomlArray) {
            return "a list";
        } else if (value instanceof TomlTable) {
            return "a table";
        }
        return "the time " + value;
    }
}
