package docrootaudit.report;

import docrootaudit.access.Names;
import docrootaudit.access.PathBytes;
import docrootaudit.history.Interval;
import docrootaudit.history.RecordedScan;
import docrootaudit.history.StateAt;
import docrootaudit.history.StoreFacts;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What was recorded, for people. */
record HistoryText(Page page, Names names, LocalTimes times) {
    void scans(List<RecordedScan> scans) throws IOException {
        if (scans.isEmpty()) {
            page.line(0, "No scan has been recorded.");
            return;
        }
        page.line(
                0,
                String.format(
                        Locale.ROOT,
                        "%-26s %9s %10s %7s %7s  %s",
                        "started",
                        "took",
                        "entries",
                        "opened",
                        "closed",
                        "root"));
        for (RecordedScan scan : scans) {
            page.line(
                    0,
                    String.format(
                            Locale.ROOT,
                            "%-26s %9s %10d %7d %7d  %s for %s%s",
                            times.text(scan.started()),
                            took(scan.duration()),
                            scan.entries(),
                            scan.opened(),
                            scan.closed(),
                            scan.subject().root(),
                            Visible.text(HistoryReports.who(names, scan.subject())),
                            ending(scan)));
        }
    }

    private static String ending(RecordedScan scan) {
        return scan.complete() ? "" : scan.finished() ? " (parts unseen)" : " (interrupted)";
    }

    static String took(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    void intervals(PathBytes path, List<Interval> intervals) throws IOException {
        if (intervals.isEmpty()) {
            page.line(0, path + ": no scan has seen it refused.");
            return;
        }
        page.line(0, path.toString());
        for (Interval interval : intervals) {
            page.blank();
            interval(interval, path);
        }
    }

    private void interval(Interval interval, PathBytes path) throws IOException {
        String end = interval.end()
                .map(e -> (e.how() == Interval.Ending.RECOVERED ? "recovered " : "in another way from ")
                        + times.text(e.at()))
                .orElseGet(() -> "still, when last seen " + times.text(interval.lastSeen()));
        page.line(2, "refused  " + times.text(interval.from()) + "  to  " + end);
        page.line(
                2,
                "for      " + Visible.text(HistoryReports.who(names, interval.subject())) + ", in scans of "
                        + interval.subject().root());
        String rule = interval.rule().isEmpty() ? "" : " (" + Visible.text(interval.rule()) + ")";
        page.line(
                2,
                "why      " + interval.kind().word() + rule + ": "
                        + interval.kind().explanation());
        PathBytes blamed = interval.blame().orElse(interval.path());
        if (!blamed.equals(path)) {
            page.line(2, "blame    " + blamed);
        }
        if (interval.behind()) {
            page.line(2, "         behind another refusal on the way");
        }
        if (interval.intended()) {
            page.line(2, "         on purpose");
        }
    }

    void states(PathBytes path, Instant time, List<StateAt> states) throws IOException {
        page.line(0, path + " at " + times.text(time));
        if (states.isEmpty()) {
            page.line(2, "not seen by any complete scan");
        }
        for (StateAt state : states) {
            String who = Visible.text(HistoryReports.who(names, state.subject()));
            if (state instanceof StateAt.Refused refused) {
                page.line(2, "refused to " + who);
                for (Interval interval : refused.by()) {
                    page.blank();
                    interval(interval, path);
                }
            } else if (state instanceof StateAt.NotRefused not) {
                page.line(
                        2,
                        "not refused to " + who + " (scan of "
                                + times.text(not.seen().started()) + ")");
            } else {
                page.line(2, "not seen by any complete scan for " + who);
            }
        }
    }

    private String share(RecordedScan part, RecordedScan whole) {
        return String.format(
                Locale.ROOT,
                "about %d %% of the %d entries of the last complete scan, %s",
                percent(part, whole),
                whole.entries(),
                times.text(whole.started()));
    }

    static long percent(RecordedScan part, RecordedScan whole) {
        return whole.entries() == 0 ? 0 : Math.min(100, part.entries() * 100 / whole.entries());
    }

    void facts(Optional<String> service, StoreFacts facts) throws IOException {
        page.line(0, "service  " + service.map(doing -> "runs, " + doing).orElse("does not run"));
        page.line(
                0,
                String.format(
                        Locale.ROOT,
                        "history  %s, schema %d, %d KiB",
                        PathBytes.of(facts.directory().toString()),
                        facts.schema(),
                        (facts.bytes() + 1023) / 1024));
        for (StoreFacts.SubjectFacts subject : facts.subjects()) {
            page.blank();
            page.line(
                    0, subject.subject().root() + " for " + Visible.text(HistoryReports.who(names, subject.subject())));
            if (subject.last().isPresent()) {
                RecordedScan last = subject.last().get();
                page.line(
                        2,
                        "last scan  " + times.text(last.started()) + ", " + last.entries() + " entries in "
                                + took(last.duration()) + ending(last));
                Optional<RecordedScan> whole = subject.lastComplete();
                if (!last.complete() && whole.isPresent()) {
                    page.line(2, "seen       " + share(last, whole.get()));
                }
            }
            page.line(
                    2,
                    String.format(
                            Locale.ROOT,
                            "refused    %d path%s, %d on purpose",
                            subject.paths(),
                            subject.paths() == 1 ? "" : "s",
                            subject.intended()));
        }
    }
}
