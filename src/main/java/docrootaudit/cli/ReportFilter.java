package docrootaudit.cli;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.Finding;
import docrootaudit.finding.Recovered;
import docrootaudit.finding.RefusedPath;
import docrootaudit.finding.ScanReport;
import docrootaudit.finding.Since;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/**
 * Cuts a report down to what was asked for.
 *
 * @param cause the id of a cause or of a group of causes
 * @param onlyNew whether what was known before is left out
 */
record ReportFilter(Optional<String> cause, Age onlyNew) {
    /** Which findings are shown by when they were first seen. */
    enum Age {
        ALL,
        NEW
    }

    /** The filter in words; empty if it filters nothing. */
    Optional<String> words() {
        String words = (onlyNew == Age.NEW ? "only what is new" : "")
                + (onlyNew == Age.NEW && cause.isPresent() ? ", " : "")
                + cause.map(id -> "only cause " + Words.show(id)).orElse("");
        return words.isEmpty() ? Optional.empty() : Optional.of(words);
    }

    ScanReport of(ScanReport report) {
        if (words().isEmpty()) {
            return report;
        }
        List<Finding> findings = report.findings().stream()
                .filter(this::wanted)
                .filter(f -> onlyNew == Age.ALL || f.hasNew())
                .toList();
        List<Recovered> recovered = onlyNew == Age.NEW || cause.isPresent() ? List.of() : report.recovered();
        Set<String> ids = new HashSet<>();
        for (Finding finding : findings) {
            for (Since since : finding.since()) {
                if (onlyNew == Age.ALL || since.state() == Since.State.NEW) {
                    for (PathBytes name : since.names()) {
                        ids.add(finding.idOf(name));
                    }
                }
            }
        }
        cause.filter(id -> findings.stream().noneMatch(f -> f.id().equals(id)))
                .ifPresent(id -> ids.removeIf(i -> !i.equals(id)));
        return new ScanReport(
                report.roots(),
                report.identity(),
                report.started(),
                report.ended(),
                report.complete(),
                report.entries(),
                report.unvisited(),
                findings,
                recovered,
                report.previous(),
                report.compared(),
                report.uncertain(),
                report.notes(),
                report.failures(),
                only(report.each(), p -> ids.contains(p.causeId())));
    }

    private boolean wanted(Finding finding) {
        if (cause.isEmpty() || finding.id().equals(cause.get())) {
            return true;
        }
        return StreamSupport.stream(finding.names().spliterator(), false)
                .anyMatch(name -> finding.idOf(name).equals(cause.get()));
    }

    private static Iterable<RefusedPath> only(Iterable<RefusedPath> all, Predicate<RefusedPath> wanted) {
        return () ->
                StreamSupport.stream(all.spliterator(), false).filter(wanted).iterator();
    }
}
