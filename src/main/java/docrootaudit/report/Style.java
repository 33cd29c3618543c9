package docrootaudit.report;

import java.nio.charset.Charset;
import java.util.Map;

/**
 * What the other end of a text report can show.
 *
 * @param charset of the output; without ✓ and ✗ in it they come as words alone
 * @param colour whether marks are coloured
 * @param width columns at which sentences wrap; paths and commands never do
 */
public record Style(Charset charset, Colour colour, int width) {
    private static final int USUAL_WIDTH = 80;
    private static final int LEAST_WIDTH = 40;

    /** Whether there are escape sequences in the output. */
    public enum Colour {
        NEVER,
        ALWAYS
    }

    public Style {
        width = Math.max(LEAST_WIDTH, width);
    }

    /** For a file or a pipe: no colour, 80 columns. */
    public static Style plain(Charset charset) {
        return new Style(charset, Colour.NEVER, USUAL_WIDTH);
    }

    /**
     * For a terminal, as {@code NO_COLOR}, {@code TERM} and {@code COLUMNS} want it.
     *
     * @param environment of the process
     */
    public static Style terminal(Charset charset, Map<String, String> environment) {
        boolean dull = !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("TERM", "dumb").equals("dumb");
        String columns = environment.getOrDefault("COLUMNS", "");
        int width = columns.matches("[0-9]{1,4}") ? Integer.parseInt(columns) : USUAL_WIDTH;
        return new Style(charset, dull ? Colour.NEVER : Colour.ALWAYS, width);
    }

    boolean isUnicode() {
        return charset.canEncode() && charset.newEncoder().canEncode("✓✗…");
    }
}
