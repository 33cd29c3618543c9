package docrootaudit.report;

import docrootaudit.access.Names;
import docrootaudit.access.PathBytes;
import docrootaudit.finding.CauseKind;
import docrootaudit.finding.Finding;
import docrootaudit.finding.ScanReport;
import docrootaudit.finding.Totals;
import docrootaudit.finding.Unseen;
import docrootaudit.finding.UrlCause;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A scan for people: who was asked for, what is refused, worst first, what could not be told, and the sum of it. */
final class ScanText {
    private static final int FINDINGS = 50;
    private static final int PLACES = 20;

    private final ScanReport report;
    private final IdentityWords identity;
    private final LocalTimes times;
    private final Page page;
    private final Totals totals;

    ScanText(ScanReport report, Names names, LocalTimes times, Page page) {
        this.report = report;
        this.identity = new IdentityWords(report.identity(), names);
        this.times = times;
        this.page = page;
        this.totals = Totals.of(report.findings());
    }

    void write(Optional<String> filter) throws IOException {
        header(filter);
        findings();
        intended();
        unvisited();
        limits();
        SummaryText summary = new SummaryText(report, totals, identity, times, page);
        summary.recovered();
        summary.sum(filter);
    }

    private void header(Optional<String> filter) throws IOException {
        Prose who = identity.add(Prose.of("Audit for")).glue(",");
        page.prose(0, identity.addSource(who));
        Prose roots = Prose.of("below");
        String comma = "";
        for (PathBytes root : report.roots()) {
            roots.glue(comma).atom(root);
            comma = ",";
        }
        page.prose(0, roots);
        if (filter.isPresent()) {
            page.prose(0, Prose.of("shown is " + filter.get()));
        }
        page.blank();
    }

    private void findings() throws IOException {
        FindingText text = new FindingText(page, identity, times, report.previous());
        int shown = 0;
        long paths = 0;
        Iterator<Finding> all = report.findings().iterator();
        while (shown < Math.min(FINDINGS, totals.causes())) {
            Finding finding = all.next();
            if (!finding.intended()) {
                text.write(finding);
                page.blank();
                shown++;
                paths += finding.paths();
            }
        }
        if (totals.causes() > shown) {
            page.line(
                    0,
                    page.ellipsis() + " and " + Counted.of(totals.causes() - shown, "more cause", "more causes") + " ("
                            + Counted.paths(totals.paths() - paths) + "): --format json");
            page.blank();
        }
    }

    /** Counts only: what is closed on purpose needs no mending. */
    private void intended() throws IOException {
        Map<CauseKind, Integer> kinds = totals.intended();
        if (kinds.isEmpty()) {
            return;
        }
        int causes = kinds.values().stream().mapToInt(Integer::intValue).sum();
        String each = kinds.entrySet().stream()
                .map(e -> e.getValue() + " " + e.getKey().word())
                .collect(Collectors.joining(", "));
        page.prose(
                0,
                Prose.of("Closed on purpose, and not counted below: " + Counted.paths(totals.intendedPaths()) + " by "
                        + Counted.causes(causes) + " (" + each + ")."));
        ofServer();
        page.blank();
    }

    /** What a web server's configuration closes: whoever wrote it sees whether he meant all of that. */
    private void ofServer() throws IOException {
        Iterator<Finding> all = report.findings().iterator();
        int shown = 0;
        while (shown < Math.min(PLACES, totals.intendedRules())) {
            Finding finding = all.next();
            if (!finding.intended() || finding.server().isEmpty()) {
                continue;
            }
            shown++;
            Finding.OfServer server = finding.server().get();
            PathBytes blamed = server.line()
                    .map(UrlCause.Blame.Line::value)
                    .orElseGet(() -> finding.blame(finding.names().iterator().next()));
            Prose prose = new Prose().atom(blamed).glue(":");
            if (!finding.rule().isEmpty()) {
                prose.atom(finding.rule()).glue(",");
            }
            page.prose(
                    2,
                    prose.words(finding.kind().word() + ", status " + server.status() + ", "
                                    + Counted.paths(finding.paths()) + ", such as")
                            .atom(server.urls().get(0)));
        }
        if (totals.intendedRules() > PLACES) {
            page.line(
                    2,
                    page.ellipsis() + " and " + Counted.of(totals.intendedRules() - PLACES, "more rule", "more rules")
                            + ": --format json");
        }
    }

    private void unvisited() throws IOException {
        List<Unseen> places = report.unvisited();
        for (Unseen unseen : places.subList(0, Math.min(PLACES, places.size()))) {
            Prose prose = Prose.of("not seen:").atom(unseen.path()).glue(":").words(unseen.why());
            page.marked(0, Mark.UNKNOWN, prose);
        }
        if (places.size() > PLACES) {
            int more = places.size() - PLACES;
            page.line(0, page.ellipsis() + " and " + Counted.of(more, "more place", "more places") + ": --format json");
        }
        if (!places.isEmpty()) {
            page.blank();
        }
    }

    private void limits() throws IOException {
        for (ScanReport.Uncertain uncertain : report.uncertain()) {
            page.marked(
                    0,
                    Mark.UNKNOWN,
                    Prose.of("cannot tell for " + Counted.entries(uncertain.entries()) + ": " + uncertain.why()));
        }
        for (String note : report.notes()) {
            page.prose(0, Prose.of("Note: " + note));
        }
        for (String failure : report.failures()) {
            page.marked(0, Mark.NO, Prose.of("failed: " + failure));
        }
        if (!report.uncertain().isEmpty()
                || !report.notes().isEmpty()
                || !report.failures().isEmpty()) {
            page.blank();
        }
    }
}
