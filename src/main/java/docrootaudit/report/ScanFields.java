package docrootaudit.report;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.CauseId;
import docrootaudit.finding.Finding;
import docrootaudit.finding.Recovered;
import docrootaudit.finding.RefusedPath;
import docrootaudit.finding.Remedies;
import docrootaudit.finding.RuleLabel;
import docrootaudit.finding.ScanReport;
import docrootaudit.finding.Unseen;
import docrootaudit.finding.UrlCause;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The fields of a scan, for the one document and for its lines. */
final class ScanFields {
    private final JsonOut out;
    private final ScanReport report;

    ScanFields(JsonOut out, ScanReport report) {
        this.out = out;
        this.report = report;
    }

    /** All but the lists that grow with what is refused. */
    void header() throws IOException {
        out.paths("roots", report.roots());
        out.identity(report.identity());
        out.time("started", report.started());
        outcome();
        unvisited();
        out.json.writeStringField(
                "previous", report.previous().map(JsonOut::rfc3339).orElse(null));
        out.json.writeBooleanField("compared", report.compared());
        uncertain();
        out.strings("notes", report.notes());
        out.strings("failures", report.failures());
    }

    void outcome() throws IOException {
        out.time("ended", report.ended());
        out.json.writeBooleanField("complete", report.complete());
        out.json.writeNumberField("entries", report.entries());
    }

    private void unvisited() throws IOException {
        out.json.writeArrayFieldStart("unvisited");
        for (Unseen unseen : report.unvisited()) {
            out.json.writeStartObject();
            out.path("path", unseen.path());
            out.json.writeStringField("why", unseen.why());
            out.end();
        }
        out.json.writeEndArray();
    }

    private void uncertain() throws IOException {
        out.json.writeArrayFieldStart("uncertain");
        for (ScanReport.Uncertain uncertain : report.uncertain()) {
            out.json.writeStartObject();
            out.json.writeStringField("why", uncertain.why());
            out.json.writeNumberField("entries", uncertain.entries());
            out.end();
        }
        out.json.writeEndArray();
    }

    void cause(Blamed blamed) throws IOException {
        Finding finding = blamed.finding();
        common(
                blamed.id(),
                finding.kind().word(),
                finding.server()
                        .flatMap(Finding.OfServer::line)
                        .map(UrlCause.Blame.Line::value)
                        .or(() -> RuleLabel.file(blamed.path(), finding.rule())),
                blamed.path(),
                finding.rule(),
                blamed.roots(),
                blamed.count(),
                finding.intended(),
                blamed.examples(),
                finding.server().map(Finding.OfServer::urls).orElse(List.of()),
                blamed.remedies(),
                blamed.age().word(),
                blamed.age().firstSeen());
        if (finding.server().isPresent()) {
            out.json.writeNumberField("status", finding.server().get().status());
        }
        out.json.writeNumberField("uid", Integer.toUnsignedLong(finding.uid()));
        out.advice(blamed.remedies());
        if (finding.next().isPresent()) {
            next(finding.next().get());
        }
        if (blamed.group().isPresent()) {
            out.json.writeStringField("group", blamed.group().get());
        }
    }

    private void next(Finding.Next next) throws IOException {
        out.json.writeObjectFieldStart("next");
        out.json.writeStringField("cause", next.kind().word());
        out.path("path", next.path());
        out.textOrNull("rule", next.rule());
        out.json.writeNumberField("count", next.paths());
        out.end();
    }

    /**
     * One name of what recovered.
     *
     * @param count how many paths it stood for
     */
    void recovered(Recovered recovered, PathBytes path, long count) throws IOException {
        common(
                CauseId.of(recovered.subject().uid(), path, recovered.kind()),
                recovered.kind().word(),
                RuleLabel.file(path, recovered.rule()),
                path,
                recovered.rule(),
                List.of(new Finding.RootCount(recovered.subject().root(), count)),
                count,
                recovered.intended(),
                List.of(path),
                List.of(),
                Remedies.NONE,
                "recovered",
                recovered.firstSeen());
    }

    private void common(
            String id,
            String kind,
            Optional<PathBytes> source,
            PathBytes path,
            String rule,
            List<Finding.RootCount> roots,
            long count,
            boolean intended,
            List<PathBytes> examples,
            List<PathBytes> urls,
            Remedies remedies,
            String state,
            Instant firstSeen)
            throws IOException {
        out.json.writeStringField("id", id);
        out.json.writeStringField("cause", kind);
        if (source.isPresent()) {
            out.blame("source", source.get(), rule);
        } else {
            out.blame(path, rule);
        }
        out.json.writeArrayFieldStart("roots");
        for (Finding.RootCount root : roots) {
            out.json.writeStartObject();
            out.path("root", root.root());
            out.json.writeNumberField("count", root.count());
            out.end();
        }
        out.json.writeEndArray();
        out.json.writeNumberField("count", count);
        out.json.writeBooleanField("intended", intended);
        out.json.writeArrayFieldStart("examples");
        for (int i = 0; i < examples.size(); i++) {
            out.json.writeStartObject();
            out.path("path", examples.get(i));
            if (i < urls.size()) {
                out.path("url", urls.get(i));
            }
            out.end();
        }
        out.json.writeEndArray();
        out.fixes(remedies);
        out.json.writeStringField("state", state);
        out.time("first_seen", firstSeen);
    }

    void denied(RefusedPath refused) throws IOException {
        out.path("path", refused.path());
        out.json.writeStringField("need", refused.need().word());
        out.json.writeStringField("cause_id", refused.causeId());
    }
}
