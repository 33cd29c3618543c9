package docrootaudit.report;

import docrootaudit.finding.UrlProof;
import java.io.IOException;

/** What a web server answered, for people. */
final class UrlProofText {
    private final Page page;

    UrlProofText(Page page) {
        this.page = page;
    }

    void write(UrlProof proof) throws IOException {
        page.prose(0, Prose.of(proof.server()));
        for (UrlProof.Disagreement one : proof.disagreements()) {
            page.blank();
            page.marked(
                    0,
                    Mark.NO,
                    new Prose()
                            .atom(one.url())
                            .words("answers " + one.answered() + ", and " + one.predicted() + " was predicted"));
            page.prose(page.markWidth(), Prose.of(one.request()));
            page.prose(
                    page.markWidth(),
                    one.cause().isEmpty()
                            ? Prose.of("Nothing that is known refuses it.")
                            : Prose.of(
                                    (one.predicted() < 400 ? "Suspected cause: " : "Predicted cause: ") + one.cause()));
        }
        for (String failure : proof.failures()) {
            page.blank();
            page.marked(0, Mark.UNKNOWN, Prose.of(failure));
        }
        page.blank();
        long differ = proof.disagreements().size();
        page.prose(
                0,
                Prose.of(Counted.of(proof.asked(), "URL", "URLs") + " asked, " + proof.uncertain()
                        + " without a certain prediction, "
                        + (differ == 0
                                ? "no disagreement."
                                : Counted.of(differ, "disagreement", "disagreements") + ".")));
    }
}
