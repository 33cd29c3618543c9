package docrootaudit.alert;

import docrootaudit.report.Prose;
import java.util.List;

/** A letter as plain text: sentences wrap at 76 columns, names and commands never; no line ends with a space. */
final class PlainText {
    private static final int WIDTH = 76;

    private final StringBuilder out = new StringBuilder();

    private PlainText() {}

    static String of(Letter letter) {
        PlainText text = new PlainText();
        text.blocks(0, letter.opening());
        for (Letter.Chapter chapter : letter.chapters()) {
            text.blank();
            text.line(0, chapter.heading());
            text.line(0, "-".repeat(chapter.heading().length()));
            for (Letter.Paragraph paragraph : chapter.paragraphs()) {
                text.blank();
                text.paragraph(paragraph);
            }
            if (!chapter.closing().isEmpty()) {
                text.blank();
                text.blocks(0, chapter.closing());
            }
        }
        if (!letter.closing().isEmpty()) {
            text.blank();
            text.blocks(0, letter.closing());
        }
        return text.out.toString();
    }

    /** How much room one takes, in characters. */
    static int length(Letter.Paragraph paragraph) {
        PlainText text = new PlainText();
        text.paragraph(paragraph);
        return text.out.length();
    }

    private void paragraph(Letter.Paragraph paragraph) {
        prose(0, paragraph.title());
        blocks(2, paragraph.blocks());
    }

    private void blocks(int indent, List<Letter.Block> blocks) {
        for (Letter.Block block : blocks) {
            if (block instanceof Letter.Block.Sentence sentence) {
                prose(indent, sentence.prose());
            } else if (block instanceof Letter.Block.Command command) {
                line(indent + 2, command.line());
            } else if (block instanceof Letter.Block.Names names) {
                names.names().forEach(name -> line(indent + 2, name));
            } else if (block instanceof Letter.Block.Change change) {
                line(indent + 2, "was  " + change.was());
                line(indent + 2, "now  " + change.now());
            }
        }
    }

    private void prose(int indent, Prose prose) {
        prose.lines(WIDTH - indent).forEach(line -> line(indent, line));
    }

    private void line(int indent, String text) {
        out.append(" ".repeat(indent)).append(text.stripTrailing()).append('\n');
    }

    private void blank() {
        out.append('\n');
    }
}
