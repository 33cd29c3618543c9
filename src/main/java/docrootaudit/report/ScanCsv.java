package docrootaudit.report;

import docrootaudit.finding.Finding;
import docrootaudit.finding.ScanReport;
import java.io.IOException;
import java.io.OutputStream;
import java.util.stream.Collectors;

/** What a scan found refused, a row for each blamed name. Several roots stand in one cell with semicolons between. */
final class ScanCsv {
    private ScanCsv() {}

    static void write(ScanReport report, OutputStream to) throws IOException {
        Csv out = new Csv(to);
        out.row("id", "cause", "path", "rule", "count", "state", "first_seen", "intended", "root", "fix");
        for (Finding finding : report.findings()) {
            for (Blamed blamed : new BlamedNames(finding, report.started())) {
                out.row(
                        blamed.id(),
                        finding.kind().word(),
                        blamed.path(),
                        finding.rule(),
                        blamed.count(),
                        blamed.age().word(),
                        JsonOut.rfc3339(blamed.age().firstSeen()),
                        finding.intended(),
                        blamed.roots().stream().map(r -> r.root().toString()).collect(Collectors.joining(";")),
                        Csv.command(blamed.remedies()));
            }
        }
        out.flush();
    }
}
