package docrootaudit.report;

import docrootaudit.finding.Recovered;
import docrootaudit.finding.Refusals;
import docrootaudit.finding.ScanReport;
import docrootaudit.finding.Totals;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The end of a scan's text: what recovered, and the sum.
 *
 * @param report the scan
 * @param totals its sums
 * @param identity names whoever is refused
 * @param times writes times
 * @param page where to write
 */
record SummaryText(ScanReport report, Totals totals, IdentityWords identity, LocalTimes times, Page page) {
    private static final int SHOWN = 10;

    void recovered() throws IOException {
        List<Recovered> all = report.recovered();
        for (Recovered recovered : all.subList(0, Math.min(SHOWN, all.size()))) {
            page.marked(0, Mark.OK, sentence(recovered));
        }
        if (all.size() > SHOWN) {
            page.line(
                    0,
                    page.ellipsis() + " and " + Counted.of(all.size() - SHOWN, "more", "more")
                            + " recovered: --format json");
        }
        if (!all.isEmpty()) {
            page.blank();
        }
    }

    private Prose sentence(Recovered recovered) {
        int count = recovered.names().count();
        Prose prose = count == 1
                ? new Prose()
                        .atom(Refusals.path(
                                recovered.directory(),
                                recovered.names().iterator().next()))
                        .words("is no longer refused")
                : Prose.of(count + " names in").atom(recovered.directory()).words("are no longer refused");
        prose.words("(" + recovered.kind().word());
        if (!recovered.rule().isEmpty()) {
            prose.words("by").atom(recovered.rule());
        }
        prose.words("since").atom(times.text(recovered.firstSeen()));
        if (recovered.paths() != count) {
            prose.glue(",").words(Counted.paths(recovered.paths()));
        }
        prose.glue(")");
        return recovered.intended() ? prose.glue(";").words("it had been closed on purpose") : prose;
    }

    void sum(Optional<String> filter) throws IOException {
        String entries = Counted.entries(report.entries()) + " judged";
        if (totals.causes() > 0) {
            page.prose(0, Prose.of(entries + ", " + refusals(filter) + "."));
        } else if (filter.isPresent()) {
            page.prose(0, Prose.of(entries + ", nothing to show."));
        } else {
            healthy(entries);
        }
        if (!report.complete()) {
            page.prose(0, Prose.of("The scan is not complete: what it did not see counts as it was before."));
        }
        boolean scanned = report.entries() > 0 || report.failures().isEmpty();
        if (scanned) {
            page.prose(0, compared());
        }
    }

    private String refusals(Optional<String> filter) {
        return (filter.isPresent() ? "shown are " : "")
                + Counted.paths(totals.paths())
                + " refused by "
                + Counted.causes(totals.causes())
                + (report.previous().isPresent() ? ": " + changes() : "");
    }

    /** What is new, what was there and got more names, what is as it was. */
    private String changes() {
        int still = totals.causes() - totals.opened() - totals.grown();
        return Stream.of(totals.opened() + " new", totals.grown() + " grown", still + " still there")
                .filter(part -> !part.startsWith("0 "))
                .collect(Collectors.joining(", "));
    }

    private void healthy(String entries) throws IOException {
        boolean certain = report.complete()
                && report.uncertain().isEmpty()
                && report.failures().isEmpty();
        boolean some = !report.findings().isEmpty();
        Prose prose = Prose.of(certain ? "All is well: nothing is refused to" : "Nothing certain is refused to")
                .atom(identity.identity().label());
        if (some) {
            prose.words("but what is closed on purpose");
        }
        page.marked(0, certain ? Mark.OK : Mark.UNKNOWN, prose.glue(";").words(entries + "."));
    }

    private Prose compared() {
        if (!report.compared()) {
            return Prose.of("No history was kept: what is new or recovered is not known.");
        } else if (report.previous().isEmpty()) {
            return Prose.of("First scan: this is the baseline.");
        }
        long paths = report.recovered().stream().mapToLong(Recovered::paths).sum();
        return Prose.of((paths == 0 ? "Nothing" : Counted.paths(paths)) + " recovered since the last scan,")
                .atom(times.text(report.previous().get()))
                .glue(".");
    }
}
