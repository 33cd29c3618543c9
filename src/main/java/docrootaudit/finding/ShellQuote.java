package docrootaudit.finding;

import docrootaudit.access.PathBytes;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How a word is written so that bash(1) reads it back byte for byte, whatever the name: bare where nothing is special,
 * else {@code '…'}, else {@code $'…'}. No quoted word holds a control character, so that pasting it into a terminal
 * neither ends the line nor completes a name.
 */
public enum ShellQuote {
    /** Printable characters of UTF-8 stay as they are: for a terminal that shows them. */
    UNICODE,
    /** Every byte that is not ASCII is written as {@code \xNN}. */
    ASCII;

    private static final String BARE = "@%_+=:,./-";
    private static final int LONGEST_CHARACTER = 4;

    public String quote(String word) {
        return quote(PathBytes.of(word));
    }

    public String quote(PathBytes word) {
        StringBuilder plain = new StringBuilder();
        StringBuilder escaped = new StringBuilder();
        boolean bare = word.length() > 0;
        boolean printable = true;
        for (int at = 0; at < word.length(); ) {
            Optional<String> character = visible(word, at);
            if (character.isEmpty()) {
                printable = false;
                escaped.append(escape(word.at(at)));
                at++;
                continue;
            }
            String text = character.get();
            boolean special = "'".equals(text) || "\\".equals(text);
            // Readline before 8 does not see that $'it\'s!x' is quoted and would expand the history.
            String inAnsi = "!".equals(text) ? escape((byte) '!') : text;
            bare &= isBare(text);
            printable &= !"'".equals(text);
            plain.append(text);
            escaped.append(special ? "\\" : "").append(inAnsi);
            at += PathBytes.of(text).length();
        }
        if (!printable) {
            return "$'" + escaped + "'";
        }
        return bare ? plain.toString() : "'" + plain + "'";
    }

    private static boolean isBare(String text) {
        char c = text.charAt(0);
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || BARE.indexOf(c) >= 0;
    }

    private static String escape(byte b) {
        return b == '\n' ? "\\n" : String.format(Locale.ROOT, "\\x%02x", b & 0xff);
    }

    /** The one character that begins here, if it can be shown as it is. */
    private Optional<String> visible(PathBytes word, int at) {
        if (word.at(at) >= 0) {
            return word.at(at) >= ' ' && word.at(at) < 0x7f
                    ? Optional.of(String.valueOf((char) word.at(at)))
                    : Optional.empty();
        }
        if (this == ASCII) {
            return Optional.empty();
        }
        byte[] rest = Arrays.copyOfRange(word.bytes(), at, Math.min(word.length(), at + LONGEST_CHARACTER));
        for (int length = 2; length <= rest.length; length++) {
            Optional<String> character = PathBytes.of(rest, 0, length).utf8();
            if (character.isPresent()) {
                return character.filter(c -> !PathBytes.isInvisible(c.codePointAt(0)));
            }
        }
        return Optional.empty();
    }
}
