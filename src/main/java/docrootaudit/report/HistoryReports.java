package docrootaudit.report;

import docrootaudit.access.Names;
import docrootaudit.access.PathBytes;
import docrootaudit.finding.LogCounts;
import docrootaudit.finding.Subject;
import docrootaudit.history.AlertFacts;
import docrootaudit.history.Interval;
import docrootaudit.history.RecordedScan;
import docrootaudit.history.StateAt;
import docrootaudit.history.StoreFacts;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Says what was recorded, as text or JSON; JSON Lines has one object a scan, interval or state.
 *
 * @param names account names for numbers
 * @param style of text
 * @param zone of the times in text
 */
public record HistoryReports(Names names, Style style, ZoneId zone) {
    /** Writes a list of scans, as given. */
    public void scans(List<RecordedScan> scans, Format format, OutputStream out) throws IOException {
        if (format == Format.TEXT) {
            text(out, text -> text.scans(scans));
        } else {
            json(format, out, json -> json.scans(scans));
        }
    }

    /** Writes when a path was refused. */
    public void intervals(PathBytes path, List<Interval> intervals, Format format, OutputStream out)
            throws IOException {
        if (format == Format.TEXT) {
            text(out, text -> text.intervals(path, intervals));
        } else {
            json(format, out, json -> json.intervals(path, intervals));
        }
    }

    /** Writes what was known of a path at some time. */
    public void states(PathBytes path, Instant time, List<StateAt> states, Format format, OutputStream out)
            throws IOException {
        if (format == Format.TEXT) {
            text(out, text -> text.states(path, time, states));
        } else {
            json(format, out, json -> json.states(path, time, states));
        }
    }

    /** Whether anybody is told of what scans find. */
    public enum Audience {
        SOMEBODY,
        NOBODY
    }

    /**
     * The service.
     *
     * @param doing what it is doing; empty if none runs
     * @param logs what the logs that it follows have told; empty if it follows none
     */
    public record Running(Optional<String> doing, Optional<LogCounts> logs) {}

    /**
     * Writes the condition of the service, of the store and of the alerts in it.
     */
    public void facts(
            Running service, StoreFacts facts, AlertFacts alerts, Audience audience, Format format, OutputStream out)
            throws IOException {
        if (format == Format.TEXT) {
            Writer text = CharsetOutput.to(out, style.charset());
            Page page = new Page(text, style);
            new HistoryText(page, names, new LocalTimes(zone)).facts(service.doing(), facts);
            new AlertText(page, new LocalTimes(zone)).facts(alerts, audience);
            if (service.logs().isPresent()) {
                new LogCountsText(page, new LocalTimes(zone))
                        .write(service.logs().get());
            }
            text.flush();
        } else {
            json(format, out, json -> json.facts(service, facts, alerts, audience));
        }
    }

    private interface Said<T> {
        void by(T writer) throws IOException;
    }

    private void text(OutputStream out, Said<HistoryText> said) throws IOException {
        Writer text = CharsetOutput.to(out, style.charset());
        said.by(new HistoryText(new Page(text, style), names, new LocalTimes(zone)));
        text.flush();
    }

    private static void json(Format format, OutputStream out, Said<HistoryJson> said) throws IOException {
        try (JsonOut json = format == Format.JSON ? JsonOut.document(out) : JsonOut.lines(out)) {
            said.by(new HistoryJson(json));
        }
    }

    static String who(Names names, Subject subject) {
        return names.userOrNumber(subject.uid())
                + (subject.question().equals("default") ? "" : ", " + subject.question());
    }
}
