package docrootaudit.report;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** Where a text report is written: lines, wrapped sentences, and commands that never wrap. */
final class Page {
    private final Writer out;
    private final Style style;

    Page(Writer out, Style style) {
        this.out = out;
        this.style = style;
    }

    Style style() {
        return style;
    }

    /** Columns that a mark and the gap behind it take. */
    int markWidth() {
        return Mark.width(style) + 2;
    }

    void blank() throws IOException {
        out.write('\n');
    }

    void line(int indent, String text) throws IOException {
        out.write(" ".repeat(indent));
        out.write(text);
        out.write('\n');
    }

    void prose(int indent, Prose prose) throws IOException {
        for (String line : prose.lines(style.width() - indent)) {
            line(indent, line);
        }
    }

    /** A sentence behind a mark. */
    void marked(int indent, Mark mark, Prose prose) throws IOException {
        int hang = indent + markWidth();
        List<String> lines = prose.lines(style.width() - hang);
        line(indent, mark.text(style) + "  " + lines.get(0));
        for (String more : lines.subList(1, lines.size())) {
            line(hang, more);
        }
    }

    /** A line for a shell, on one line whatever its length; if it cannot be shown as it is, nobody shall paste it. */
    void command(int indent, String command) throws IOException {
        String shown = Visible.text(command);
        line(indent, style.colour() == Style.Colour.ALWAYS ? "\u001b[1m" + shown + "\u001b[m" : shown);
        boolean encodable =
                style.charset().canEncode() && style.charset().newEncoder().canEncode(command);
        if (!encodable || !shown.equals(command)) {
            prose(
                    indent + 2,
                    Prose.of("not for pasting: a name in it cannot be shown here; take it from --format json"));
        }
    }

    String ellipsis() {
        return style.isUnicode() ? "…" : "...";
    }
}
