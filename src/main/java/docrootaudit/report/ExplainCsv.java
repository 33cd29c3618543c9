package docrootaudit.report;

import docrootaudit.finding.Cause;
import docrootaudit.finding.Explanation;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;

/** One path's verdict and first cause as a header and a row. */
final class ExplainCsv {
    private ExplainCsv() {}

    static void write(Explanation explanation, OutputStream to) throws IOException {
        Csv out = new Csv(to);
        Optional<Cause> cause = explanation.causes().stream().findFirst();
        out.row("target", "need", "verdict", "cause", "errno", "path", "rule", "fix");
        out.row(
                explanation.verdict().asked(),
                explanation.verdict().need().word(),
                explanation.answer().name().toLowerCase(Locale.ROOT),
                cause.map(c -> c.kind().word()).orElse(""),
                cause.map(c -> c.errno().name()).orElse(""),
                cause.map(c -> c.path().toString()).orElse(""),
                cause.map(Cause::rule).orElse(""),
                Csv.command(explanation.remedies()));
        out.flush();
    }
}
