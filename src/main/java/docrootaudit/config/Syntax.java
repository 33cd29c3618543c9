package docrootaudit.config;

import org.tomlj.TomlParseError;

/** The TOML parser's complaints in the form of our own. */
final class Syntax {
    private Syntax() {}

    /** {@code Unexpected '=', expected a value} as {@code unexpected '='; expected a value}. */
    static String sentence(TomlParseError error) {
        String message = Problems.visible(error.getMessage());
        String text = message.replaceFirst(", expected ", "; expected ");
        boolean word =
                text.length() > 1 && Character.isUpperCase(text.charAt(0)) && Character.isLowerCase(text.charAt(1));
        return word ? Character.toLowerCase(text.charAt(0)) + text.substring(1) : text;
    }
}
