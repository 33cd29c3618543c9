package docrootaudit.report;

import docrootaudit.finding.Remedies;
import docrootaudit.finding.Remedy;
import java.io.IOException;
import java.util.List;

/** A fixing command and, below it, what else it opens. */
final class RemedyText {
    private RemedyText() {}

    /** All that can be done about one explained refusal; nothing where nothing can. */
    static void writeAll(Page page, Remedies remedies) throws IOException {
        List<Remedy> fixes = remedies.fixes();
        if (!fixes.isEmpty()) {
            page.blank();
            page.line(0, fixes.size() == 1 ? "Mend it with" : "Mend it with one of these, least first");
            for (Remedy fix : fixes) {
                write(page, 2, fix);
            }
        }
        if (remedies.advice().isPresent()) {
            page.blank();
            page.prose(0, Prose.of(remedies.advice().get()));
        }
    }

    static void write(Page page, int indent, Remedy remedy) throws IOException {
        page.command(indent, remedy.command());
        page.prose(indent + 2, Prose.of(remedy.alsoAllows().isEmpty() ? "opens nothing else" : remedy.alsoAllows()));
    }
}
