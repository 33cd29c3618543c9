package docrootaudit.report;

import docrootaudit.finding.Remedy;
import java.io.IOException;

/** A fixing command and, below it, what else it opens. */
final class RemedyText {
    private RemedyText() {}

    static void write(Page page, int indent, Remedy remedy) throws IOException {
        page.command(indent, remedy.command());
        page.prose(indent + 2, Prose.of(remedy.alsoAllows().isEmpty() ? "opens nothing else" : remedy.alsoAllows()));
    }
}
