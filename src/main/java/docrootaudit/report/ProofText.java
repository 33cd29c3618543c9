package docrootaudit.report;

import docrootaudit.finding.Proof;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** What the kernel said, for people. */
record ProofText(Page page) {
    private static final int SHOWN = 50;

    void write(Proof proof) throws IOException {
        List<Proof.Disagreement> all = proof.disagreements();
        for (Proof.Disagreement one : all.subList(0, Math.min(SHOWN, all.size()))) {
            page.line(0, one.path().toString());
            page.line(
                    2,
                    String.format(
                            Locale.ROOT,
                            "%s: the scan says %s, the kernel says %s",
                            one.need().word(),
                            one.verdict(),
                            one.kernel()));
            if (!one.explained().equals(one.verdict())) {
                page.line(2, "asked again, we say " + one.explained() + ": it may have changed meanwhile");
            }
        }
        if (all.size() > SHOWN) {
            page.line(0, page.ellipsis() + " and " + (all.size() - SHOWN) + " more: --format json");
        }
        for (String failure : proof.failures()) {
            page.line(0, Visible.text(failure));
        }
        page.prose(
                0,
                Prose.of(String.format(
                        Locale.ROOT,
                        "The kernel was asked about %d of %d paths, as %s, and disagrees on %d.",
                        proof.asked(),
                        proof.paths(),
                        Visible.text(proof.against()),
                        all.size())));
        if (!all.isEmpty()) {
            page.prose(
                    0,
                    Prose.of("A disagreement has a reason: the process has other groups or mounts than its account and"
                            + " this host, a security module or a file server decides, or this program is wrong."));
        }
    }
}
