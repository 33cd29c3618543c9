package docrootaudit.daemon;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.Finding;
import docrootaudit.finding.Recovered;
import docrootaudit.finding.Refusals;
import docrootaudit.finding.ScanReport;
import docrootaudit.finding.Since;
import docrootaudit.finding.Totals;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the journal says of scans: a line for each cause that is new and each that is over, and one for the scan. What
 * went wrong is told once, not at each scan again.
 */
final class ScanLog {
    private static final Logger LOG = LoggerFactory.getLogger(ScanLog.class);

    /** So many causes of a scan get lines of their own: of many more the journal drops some, whatever they say. */
    private static final int LINES = 1000;

    private final Map<String, List<String>> failures = new HashMap<>();

    /** @param roots their paths, absolute */
    synchronized void tell(String roots, ScanReport report) {
        tellFailures(roots, report);
        if (report.previous().isPresent()) {
            tellSome(report.findings(), f -> !f.intended() && f.hasNew(), ScanLog::tellNew)
                    .ifPresent(more -> LOG.warn("new: {}; audit now shows what is refused", more));
            tellSome(report.recovered(), r -> !r.intended(), ScanLog::tellRecovered)
                    .ifPresent(more -> LOG.info("recovered: {}", more));
        }
        Totals totals = Totals.of(report.findings());
        LOG.info(
                "scanned {} for {}: {} in {}, {} refused by {}{}{}",
                roots,
                report.identity().label(),
                Told.counted(report.entries(), "entry", "entries"),
                Told.seconds(Duration.between(report.started(), report.ended())),
                Told.counted(totals.paths(), "path", "paths"),
                Told.counted(totals.causes(), "cause", "causes"),
                report.compared() && report.previous().isEmpty() ? "; this is the baseline" : "",
                report.complete() ? "" : "; not complete");
    }

    /** Tells the first; how many more there are, in words. */
    private static <T> Optional<String> tellSome(List<T> all, Predicate<T> told, Consumer<T> line) {
        int some = 0;
        for (T one : all) {
            if (told.test(one) && some++ < LINES) {
                line.accept(one);
            }
        }
        return some <= LINES ? Optional.empty() : Optional.of(Told.counted(some - LINES, "more cause", "more causes"));
    }

    private void tellFailures(String roots, ScanReport report) {
        List<String> now = Stream.concat(
                        report.failures().stream(),
                        report.unvisited().stream().map(u -> "not seen: " + u.path() + ": " + u.why()))
                .toList();
        List<String> before = failures.getOrDefault(roots, List.of());
        now.stream().filter(f -> !before.contains(f)).limit(50).forEach(f -> LOG.warn("{}", f));
        if (now.isEmpty()) {
            failures.remove(roots);
        } else {
            failures.put(roots, now);
        }
    }

    private static void tellNew(Finding finding) {
        for (Since since : finding.since()) {
            if (since.state() == Since.State.NEW) {
                LOG.warn(
                        "new: {}: {} ({}); {} behind it; cause {}",
                        where(
                                finding.directory(),
                                since.names().count(),
                                since.names().iterator().next(),
                                "refuse"),
                        finding.rule(),
                        finding.kind().word(),
                        Told.counted(finding.paths(), "path", "paths"),
                        finding.id());
            }
        }
    }

    private static void tellRecovered(Recovered recovered) {
        LOG.info(
                "recovered: {}: {} ({}); {} behind it",
                where(
                        recovered.directory(),
                        recovered.names().count(),
                        recovered.names().iterator().next(),
                        "no longer refuse"),
                recovered.rule(),
                recovered.kind().word(),
                Told.counted(recovered.paths(), "path was", "paths were"));
    }

    private static String where(PathBytes directory, long count, PathBytes first, String verb) {
        return count == 1
                ? Refusals.path(directory, first) + " " + verb + "s"
                : count + " files in " + directory + " " + verb;
    }
}
