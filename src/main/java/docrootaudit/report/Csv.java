package docrootaudit.report;

import docrootaudit.finding.Remedies;
import docrootaudit.finding.Remedy;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * Rows for a spreadsheet: UTF-8, quoted as RFC 4180 has it, each ended by a line feed. No cell holds a control
 * character, and none is taken for a formula: an apostrophe stands before those that could be.
 */
final class Csv {
    private static final String FORMULA = "=+-@\t\r";

    private final Writer out;

    Csv(OutputStream out) {
        this.out = CharsetOutput.to(out, StandardCharsets.UTF_8);
    }

    void row(Object... cells) throws IOException {
        for (int i = 0; i < cells.length; i++) {
            if (i > 0) {
                out.write(',');
            }
            out.write(cell(cells[i].toString()));
        }
        out.write('\n');
    }

    /** The least fix; empty where there is none, and where it could not be shown so that it may be pasted. */
    static String command(Remedies remedies) {
        return remedies.fixes().stream()
                .findFirst()
                .map(Remedy::command)
                .filter(command -> Visible.text(command).equals(command))
                .orElse("");
    }

    private static String cell(String value) {
        String start = value.stripLeading();
        boolean formula = startsOneOf(value, FORMULA) || startsOneOf(start, FORMULA);
        String text = (formula ? "'" : "") + Visible.text(value);
        boolean quoted = text.indexOf(',') >= 0 || text.indexOf('"') >= 0 || text.startsWith(" ") || text.endsWith(" ");
        return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    private static boolean startsOneOf(String text, String characters) {
        return !text.isEmpty() && characters.indexOf(text.charAt(0)) >= 0;
    }

    void flush() throws IOException {
        out.flush();
    }
}
