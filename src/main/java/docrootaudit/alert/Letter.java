package docrootaudit.alert;

import docrootaudit.report.Prose;
import java.util.List;

/**
 * What a mail says before it is plain text or HTML. Both are made of it, so that they say the same; all texts in it are
 * fit to be shown.
 *
 * @param subject one line
 * @param opening what it is about
 * @param chapters one for each kind of thing that happened
 * @param closing what can be done about all of it
 */
record Letter(String subject, List<Block> opening, List<Chapter> chapters, List<Block> closing) {
    /** Paragraphs below a heading. */
    record Chapter(String heading, List<Paragraph> paragraphs, List<Block> closing) {}

    /** What is told of one thing, below its name. */
    record Paragraph(Prose title, List<Block> blocks) {}

    /** A part of a paragraph. */
    sealed interface Block {
        /** One that wraps. */
        record Sentence(Prose prose) implements Block {}

        /** A line for a shell, which never wraps. */
        record Command(String line) implements Block {}

        /** Names, one a line. */
        record Names(List<String> names) implements Block {}

        /** How something was and is, one above the other. */
        record Change(String was, String now) implements Block {}
    }
}
