package docrootaudit.report;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.Finding;
import docrootaudit.finding.Recovered;
import docrootaudit.finding.Refusals;
import docrootaudit.finding.RefusedPath;
import docrootaudit.finding.ScanReport;
import java.io.IOException;
import java.io.OutputStream;

/** A scan as one JSON document. */
final class ScanJson {
    private ScanJson() {}

    static void write(ScanReport report, ScanView.Content content, OutputStream to) throws IOException {
        try (JsonOut out = JsonOut.document(to)) {
            ScanFields fields = new ScanFields(out, report);
            out.begin("scan");
            fields.header();
            out.json.writeArrayFieldStart("causes");
            for (Finding finding : report.findings()) {
                for (Blamed blamed : new BlamedNames(finding, report.started())) {
                    out.json.writeStartObject();
                    fields.cause(blamed);
                    out.end();
                }
            }
            out.json.writeEndArray();
            out.json.writeArrayFieldStart("recovered");
            for (Recovered recovered : report.recovered()) {
                long count = recovered.names().count() == 1 ? recovered.paths() : 1;
                for (PathBytes name : recovered.names()) {
                    out.json.writeStartObject();
                    fields.recovered(recovered, Refusals.path(recovered.directory(), name), count);
                    out.end();
                }
            }
            out.json.writeEndArray();
            if (content == ScanView.Content.EACH) {
                out.json.writeArrayFieldStart("denied");
                for (RefusedPath refused : report.each()) {
                    out.json.writeStartObject();
                    fields.denied(refused);
                    out.end();
                }
                out.json.writeEndArray();
            }
            out.end();
        }
    }
}
