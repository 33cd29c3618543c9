package docrootaudit.report;

import docrootaudit.finding.UrlCause;
import docrootaudit.finding.UrlExplanation;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;

/** One URL's verdict and first cause as a header and a row. */
final class UrlCsv {
    private UrlCsv() {}

    static void write(UrlExplanation explanation, OutputStream to) throws IOException {
        Csv out = new Csv(to);
        Optional<UrlCause> cause = explanation.causes().stream().findFirst();
        out.row("target", "verdict", "status", "passed_to", "cause", "blame", "rule", "fix");
        out.row(
                explanation.target(),
                explanation.answer().name().toLowerCase(Locale.ROOT),
                explanation.status().isPresent()
                        ? Integer.toString(explanation.status().getAsInt())
                        : "",
                explanation.passedTo().orElse(""),
                cause.map(c -> c.kind().word()).orElse(""),
                cause.map(c -> c.blame().value().toString()).orElse(""),
                cause.map(UrlCause::rule).orElse(""),
                Csv.command(explanation.remedies()));
        out.flush();
    }
}
