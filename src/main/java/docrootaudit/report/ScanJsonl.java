package docrootaudit.report;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.Finding;
import docrootaudit.finding.Recovered;
import docrootaudit.finding.Refusals;
import docrootaudit.finding.RefusedPath;
import docrootaudit.finding.ScanReport;
import java.io.IOException;
import java.io.OutputStream;

/** A scan as JSON Lines: {@code scan}, the causes, the refused paths, what recovered, {@code end}. */
final class ScanJsonl {
    private ScanJsonl() {}

    static void write(ScanReport report, ScanView.Content content, OutputStream to) throws IOException {
        try (JsonOut out = JsonOut.lines(to)) {
            ScanFields fields = new ScanFields(out, report);
            out.begin("scan");
            fields.header();
            out.end();
            for (Finding finding : report.findings()) {
                for (Blamed blamed : new BlamedNames(finding, report.started())) {
                    out.begin("cause");
                    fields.cause(blamed);
                    out.end();
                }
            }
            if (content == ScanView.Content.EACH) {
                for (RefusedPath refused : report.each()) {
                    out.begin("denied");
                    fields.denied(refused);
                    out.end();
                }
            }
            for (Recovered recovered : report.recovered()) {
                long count = recovered.names().count() == 1 ? recovered.paths() : 1;
                for (PathBytes name : recovered.names()) {
                    out.begin("recovered");
                    fields.recovered(recovered, Refusals.path(recovered.directory(), name), count);
                    out.end();
                }
            }
            out.begin("end");
            fields.outcome();
            out.end();
        }
    }
}
