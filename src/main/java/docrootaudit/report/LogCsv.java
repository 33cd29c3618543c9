package docrootaudit.report;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.LogCause;
import docrootaudit.finding.LogReport;
import docrootaudit.server.log.Crowd;
import java.io.IOException;
import java.io.OutputStream;

/** What logs tell as rows, one a cause. */
final class LogCsv {
    private LogCsv() {}

    static void write(LogReport report, OutputStream to) throws IOException {
        Csv out = new Csv(to);
        out.row(
                "id",
                "cause",
                "symptom",
                "code",
                "status",
                "site",
                "path",
                "url",
                "rule",
                "requests",
                "visitors",
                "bots",
                "first",
                "last",
                "urls",
                "fix");
        for (LogCause cause : report.causes()) {
            Crowd crowd = cause.crowd();
            out.row(
                    cause.id(),
                    cause.word().orElse(""),
                    cause.symptom().word(),
                    cause.code(),
                    cause.status().isPresent() ? cause.status().getAsInt() : "",
                    PathBytes.of(cause.site()),
                    LogJson.blamed(cause).map(PathBytes::toString).orElse(""),
                    cause.url().map(PathBytes::toString).orElse(""),
                    LogJson.rule(cause),
                    crowd.requests(),
                    crowd.visitors(),
                    crowd.bots(),
                    crowd.first().map(JsonOut::rfc3339).orElse(""),
                    crowd.last().map(JsonOut::rfc3339).orElse(""),
                    crowd.differentUrls(),
                    Csv.command(cause.remedies()));
        }
        out.flush();
    }
}
