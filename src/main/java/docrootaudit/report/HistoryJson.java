package docrootaudit.report;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.LogCounts;
import docrootaudit.finding.Subject;
import docrootaudit.history.AlertFacts;
import docrootaudit.history.Blind;
import docrootaudit.history.Interval;
import docrootaudit.history.MessageTable;
import docrootaudit.history.RecordedScan;
import docrootaudit.history.SilenceTable;
import docrootaudit.history.StateAt;
import docrootaudit.history.StoreFacts;
import docrootaudit.server.log.Spot;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What was recorded, as JSON. */
record HistoryJson(JsonOut out) {
    void scans(List<RecordedScan> scans) throws IOException {
        out.begin("history");
        out.json.writeArrayFieldStart("scans");
        for (RecordedScan scan : scans) {
            out.json.writeStartObject();
            scan(scan);
            out.json.writeEndObject();
        }
        out.json.writeEndArray();
        out.end();
    }

    private void scan(RecordedScan scan) throws IOException {
        subject(scan.subject());
        out.time("started", scan.started());
        out.time("ended", scan.ended());
        out.json.writeNumberField("entries", scan.entries());
        out.json.writeNumberField("opened", scan.opened());
        out.json.writeNumberField("closed", scan.closed());
        out.json.writeBooleanField("complete", scan.complete());
        out.json.writeBooleanField("interrupted", !scan.finished());
    }

    private void subject(Subject subject) throws IOException {
        out.path("root", subject.root());
        out.json.writeNumberField("uid", Integer.toUnsignedLong(subject.uid()));
        out.json.writeStringField("question", subject.question());
    }

    void intervals(PathBytes path, List<Interval> intervals) throws IOException {
        out.begin("history");
        out.path("path", path);
        intervals("refused", intervals);
        out.end();
    }

    private void intervals(String key, List<Interval> intervals) throws IOException {
        out.json.writeArrayFieldStart(key);
        for (Interval interval : intervals) {
            out.json.writeStartObject();
            subject(interval.subject());
            out.json.writeStringField("cause", interval.kind().word());
            out.blame(interval.blame().orElse(interval.path()), interval.rule());
            out.json.writeBooleanField("intended", interval.intended());
            out.json.writeBooleanField("behind", interval.behind());
            out.time("first_seen", interval.firstSeen());
            out.time("from", interval.from());
            out.time("last_seen", interval.lastSeen());
            Optional<Interval.End> recovered = interval.end().filter(e -> e.how() == Interval.Ending.RECOVERED);
            Optional<Interval.End> changed = interval.end().filter(e -> e.how() == Interval.Ending.CHANGED);
            time("recovered", recovered);
            time("changed", changed);
            out.json.writeEndObject();
        }
        out.json.writeEndArray();
    }

    private void time(String key, Optional<Interval.End> end) throws IOException {
        if (end.isPresent()) {
            out.time(key, end.get().at());
        } else {
            out.json.writeNullField(key);
        }
    }

    void states(PathBytes path, Instant time, List<StateAt> states) throws IOException {
        out.begin("history");
        out.path("path", path);
        out.time("at", time);
        out.json.writeArrayFieldStart("states");
        for (StateAt state : states) {
            out.json.writeStartObject();
            subject(state.subject());
            if (state instanceof StateAt.Refused refused) {
                out.json.writeStringField("state", "refused");
                intervals("by", refused.by());
            } else if (state instanceof StateAt.NotRefused not) {
                out.json.writeStringField("state", "not-refused");
                out.time("seen", not.seen().started());
            } else {
                out.json.writeStringField("state", "not-seen");
            }
            out.json.writeEndObject();
        }
        out.json.writeEndArray();
        out.end();
    }

    void facts(HistoryReports.Running service, StoreFacts facts, AlertFacts alerts, HistoryReports.Audience audience)
            throws IOException {
        out.begin("status");
        out.json.writeObjectFieldStart("service");
        out.json.writeBooleanField("running", service.doing().isPresent());
        if (service.doing().isPresent()) {
            out.json.writeStringField("doing", service.doing().get());
        }
        out.json.writeEndObject();
        out.json.writeObjectFieldStart("store");
        out.path("path", PathBytes.of(facts.directory().toString()));
        out.json.writeNumberField("schema_version", facts.schema());
        out.json.writeNumberField("bytes", facts.bytes());
        out.json.writeEndObject();
        out.json.writeArrayFieldStart("roots");
        for (StoreFacts.SubjectFacts subject : facts.subjects()) {
            out.json.writeStartObject();
            subject(subject.subject());
            if (subject.last().isPresent()) {
                out.json.writeObjectFieldStart("last_scan");
                scan(subject.last().get());
                out.json.writeEndObject();
            }
            if (subject.last().isPresent() && subject.lastComplete().isPresent()) {
                out.json.writeNumberField(
                        "seen_percent",
                        HistoryText.percent(
                                subject.last().get(), subject.lastComplete().get()));
            }
            out.json.writeNumberField("refused", subject.paths());
            out.json.writeNumberField("intended", subject.intended());
            out.json.writeEndObject();
        }
        out.json.writeEndArray();
        alerts(alerts, audience);
        if (service.logs().isPresent()) {
            logs(service.logs().get());
        }
        out.end();
    }

    private void logs(LogCounts logs) throws IOException {
        out.json.writeObjectFieldStart("logs");
        out.time("since", logs.since());
        out.json.writeArrayFieldStart("files");
        for (LogCounts.Followed file : logs.files()) {
            out.json.writeStartObject();
            out.path("path", file.path());
            out.json.writeStringField("state", file.state());
            out.end();
        }
        out.json.writeEndArray();
        out.json.writeNumberField("refused", logs.refused());
        out.json.writeNumberField("unexplained", logs.unexplained());
        out.json.writeNumberField("places", logs.places());
        out.json.writeArrayFieldStart("worst");
        for (Spot spot : logs.worst()) {
            out.json.writeStartObject();
            out.json.writeStringField("symptom", spot.key().symptom().word());
            out.textOrNull("code", spot.key().code());
            out.pathOrNull("path", spot.key().file());
            out.pathOrNull("url", spot.key().url());
            LogJson.crowd(out, spot.crowd());
            out.end();
        }
        out.json.writeEndArray();
        out.end();
    }

    private void alerts(AlertFacts alerts, HistoryReports.Audience audience) throws IOException {
        out.json.writeObjectFieldStart("alerts");
        out.json.writeBooleanField("recipients", audience == HistoryReports.Audience.SOMEBODY);
        out.json.writeNumberField("waiting", alerts.waiting());
        out.json.writeNumberField("pending", alerts.pending());
        messages("late", alerts.late());
        messages("undeliverable", alerts.undeliverable());
        out.json.writeArrayFieldStart("acks");
        for (SilenceTable.Ack ack : alerts.acks()) {
            out.json.writeStartObject();
            out.json.writeStringField("cause", ack.cause());
            if (ack.until().isPresent()) {
                out.time("until", ack.until().get());
            } else {
                out.json.writeNullField("until");
            }
            out.json.writeEndObject();
        }
        out.json.writeEndArray();
        out.json.writeArrayFieldStart("quiet");
        for (SilenceTable.Quiet quiet : alerts.quiets()) {
            out.json.writeStartObject();
            out.path("root", quiet.root());
            out.time("from", quiet.from());
            out.time("until", quiet.until());
            out.json.writeEndObject();
        }
        out.json.writeEndArray();
        out.json.writeArrayFieldStart("blind");
        for (Blind blind : alerts.blind()) {
            out.json.writeStartObject();
            out.path("root", blind.root());
            out.path("path", blind.path());
            out.json.writeStringField("why", blind.why());
            out.time("since", blind.since());
            out.json.writeEndObject();
        }
        out.json.writeEndArray();
        out.json.writeEndObject();
    }

    private void messages(String key, List<MessageTable.Row> messages) throws IOException {
        out.json.writeArrayFieldStart(key);
        for (MessageTable.Row message : messages) {
            out.json.writeStartObject();
            out.json.writeStringField("id", message.messageId());
            out.json.writeStringField("to", message.recipient());
            out.time("composed", message.composed());
            out.json.writeNumberField("tries", message.tries());
            out.json.writeStringField("answer", message.answer());
            out.json.writeEndObject();
        }
        out.json.writeEndArray();
    }
}
