package docrootaudit.report;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A writer that never prints {@code ?} for a character the charset lacks: a few have a form in ASCII, the others come as
 * {@code \}{@code u00e9}, which is how escaped paths write what shows nothing of itself.
 */
public final class CharsetOutput extends Writer {
    private final CharsetEncoder encoder;
    private final Writer out;
    private char high;

    private CharsetOutput(OutputStream out, Charset charset) {
        this.encoder = charset.newEncoder();
        this.out = new OutputStreamWriter(out, charset);
    }

    /** A buffering writer to a stream; flush or close it. A charset that only decodes gives way to ASCII. */
    public static Writer to(OutputStream out, Charset charset) {
        return new CharsetOutput(out, charset.canEncode() ? charset : StandardCharsets.US_ASCII);
    }

    @Override
    public void write(char[] chars, int from, int length) throws IOException {
        for (int i = from; i < from + length; i++) {
            char c = chars[i];
            if (high != 0) {
                char first = high;
                high = 0;
                if (Character.isLowSurrogate(c)) {
                    put(Character.toCodePoint(first, c));
                    continue;
                }
                put(first);
            }
            if (Character.isHighSurrogate(c)) {
                high = c;
            } else {
                put(c);
            }
        }
    }

    private void put(int c) throws IOException {
        if (c < 0x80) {
            out.write(c);
            return;
        }
        String text = Character.toString(c);
        out.write(encoder.canEncode(text) ? text : ascii(c));
    }

    /** What stands for a character that cannot be written. */
    static String ascii(int c) {
        return switch (c) {
            case '✓' -> "ok";
            case '✗' -> "NO";
            case '…' -> "...";
            case '→' -> "->";
            case '–', '—' -> "-";
            case '×' -> "x";
            default -> String.format(Locale.ROOT, c > 0xffff ? "\\U%08x" : "\\u%04x", c);
        };
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        if (high != 0) {
            put(high);
            high = 0;
        }
        out.close();
    }
}
