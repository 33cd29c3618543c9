package docrootaudit.report;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import docrootaudit.access.PathBytes;
import java.util.Locale;

/**
 * Escapes in JSON also what JSON would let through but no terminal should: DEL, C1 controls, bidi and other invisible
 * characters. A parser gets the same string.
 */
final class VisibleEscapes extends CharacterEscapes {
    private final int[] ascii = standardAsciiEscapesForJSON();

    VisibleEscapes() {
        ascii[0x7f] = ESCAPE_STANDARD;
    }

    @Override
    public int[] getEscapeCodesForAscii() {
        return ascii.clone();
    }

    @Override
    public SerializableString getEscapeSequence(int c) {
        boolean half = Character.MIN_SURROGATE <= c && c <= Character.MAX_SURROGATE;
        return !half && PathBytes.isInvisible(c)
                ? new SerializedString(String.format(Locale.ROOT, "\\u%04x", c))
                : null;
    }
}
