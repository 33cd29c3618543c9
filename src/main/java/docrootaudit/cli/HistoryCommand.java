package docrootaudit.cli;

import docrootaudit.access.PathBytes;
import docrootaudit.audit.AuditSettings;
import docrootaudit.daemon.Answer;
import docrootaudit.history.History;
import docrootaudit.history.Interval;
import docrootaudit.history.RecordedScan;
import docrootaudit.history.StateAt;
import docrootaudit.history.StoreException;
import docrootaudit.report.Format;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code audit history}: what scans saw. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the scans; of a path, when it was refused, why, and when it recovered.",
            "Of a path the exit status says how it stands: 0 not refused, 1 refused, 4 not seen.",
            ""
        })
final class HistoryCommand implements Callable<Integer> {
    private static final int SCANS = 1000;

    private final Services services;

    @Parameters(paramLabel = "PATH", arity = "0..1", description = "A path, as scans called it.")
    String path;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "How the path stood then: 2026-11-25T13:00:00Z, or local as \"2026-11-25 13:00\".")
    String at;

    @Mixin
    StoreOptions stores = new StoreOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    HistoryCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws Exception {
        Format format = output.formatWithoutTable();
        if (at != null && path == null) {
            throw new UsageException("--at asks how a path stood: name the PATH");
        }
        if (path != null && path.isEmpty()) {
            throw new UsageException("an empty PATH names nothing");
        }
        Optional<Instant> time = at == null
                ? Optional.empty()
                : Optional.of(Times.parse("--at", at, services.zone().get()));
        stores.check();
        if (Delegation.ask(services, stores) instanceof Answer.Ended ended) {
            return ended.status();
        }
        AuditSettings settings = stores.settings(services);
        OutputStream out = new BufferedOutputStream(services.out());
        StoreReading reading = new StoreReading(services, stores, settings);
        try (History history = reading.open()) {
            if (path == null) {
                List<RecordedScan> scans = history.scans(SCANS).stream()
                        .filter(s -> services.shown().test(s.subject().root()))
                        .toList();
                reading.reports().scans(scans, format, out);
                return Exit.FINE;
            }
            PathBytes asked = Paths.named(services.host().get(), RawArguments.path(path));
            if (time.isPresent()) {
                return states(history, reading, asked, time.get(), format, out);
            }
            List<Interval> intervals = history.of(asked);
            if (intervals.isEmpty()) {
                return states(history, reading, asked, services.clock().instant(), format, out);
            }
            reading.reports().intervals(asked, intervals, format, out);
            return intervals.stream().anyMatch(i -> i.end().isEmpty()) ? Exit.REFUSED : Exit.FINE;
        } catch (StoreException e) {
            throw new FailedException(e.getMessage(), e);
        } finally {
            out.flush();
        }
    }

    private int states(
            History history, StoreReading reading, PathBytes asked, Instant time, Format format, OutputStream out)
            throws StoreException, IOException {
        List<StateAt> states = history.at(asked, time);
        reading.reports().states(asked, time, states, format, out);
        if (states.stream().anyMatch(StateAt.Refused.class::isInstance)) {
            return Exit.REFUSED;
        }
        boolean seen = states.stream().anyMatch(StateAt.NotRefused.class::isInstance);
        return seen ? Exit.FINE : Exit.INCOMPLETE;
    }
}
