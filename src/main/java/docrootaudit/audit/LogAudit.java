package docrootaudit.audit;

import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.finding.Explanation;
import docrootaudit.finding.Forecast;
import docrootaudit.finding.Identity;
import docrootaudit.finding.LogCause;
import docrootaudit.finding.LogReport;
import docrootaudit.server.log.LogReading;
import docrootaudit.server.log.Symptom;
import docrootaudit.server.log.Tally;
import docrootaudit.server.log.Witness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Audits logs: what refused whom, joined over files, and what stands behind it in the file system now. */
public final class LogAudit {
    private final Host host;
    private final LogReading reading;
    private final long key;

    /** Explains a path that a log names, for whoever the server is. */
    @FunctionalInterface
    public interface Explaining {
        /**
         * How it is now; empty if nothing can be said.
         *
         * @param need what the server wanted of it; empty: what its type is good for
         */
        Optional<Explanation> of(PathBytes path, Optional<Need> need);
    }

    /** Predicts what a server answers to a request. */
    @FunctionalInterface
    public interface Forecasting {
        /**
         * What it answers by its configuration and files as they are now; empty if nobody knows which server it is.
         *
         * @param site the virtual server, where the log says; else empty
         * @param request one of those that met the same
         */
        Optional<Forecast> of(String site, Witness request);
    }

    /** @param key random, by which visitors are told from each other and by nobody else */
    public LogAudit(Host host, LogReading reading, long key) {
        this.host = host;
        this.reading = reading;
        this.key = key;
    }

    /** Reads the logs and says what they tell. */
    public LogReport run(List<LogInput> logs, Identity identity, Explaining explaining, Forecasting forecasting) {
        Tally tally = Tally.ofWholeFiles(key);
        LogReader reader = new LogReader(new LogOpening(host)::open, reading, tally);
        reader.read(logs);
        LogCauses causes = new LogCauses(
                explaining,
                spot -> tally.witness(spot)
                        .flatMap(request -> forecasting.of(spot.key().site(), request)));
        List<LogCause> found = causes.of(tally.spots());
        List<String> notes = new ArrayList<>(reader.notes());
        notes.addAll(limits(tally, causes));
        return new LogReport(
                identity,
                reader.files(),
                tally.refused(),
                tally.challenged(),
                found.stream()
                        .filter(LogCause::isUnexplained)
                        .mapToLong(c -> c.crowd().answers())
                        .sum(),
                found,
                notes,
                reader.failures());
    }

    private static List<String> limits(Tally tally, LogCauses causes) {
        List<String> limits = new ArrayList<>();
        Map<Symptom, Long> crowdedOut = tally.crowdedOut();
        if (!crowdedOut.isEmpty()) {
            limits.add("there are too many places to tell all from each other: "
                    + crowdedOut.entrySet().stream()
                            .map(e -> e.getValue() + " more of " + e.getKey().word())
                            .sorted()
                            .collect(Collectors.joining(", ")));
        }
        if (tally.isJoinedInPart()) {
            limits.add("there are too many lines in error logs to join all of them to the access logs: some answers"
                    + " stand unexplained, or are counted twice");
        }
        if (causes.unforeseen() > 0) {
            limits.add(causes.unforeseen() + " of the refused URLs were not compared with the configuration:"
                    + " there are too many");
        }
        if (causes.unasked() > 0) {
            limits.add(causes.unasked()
                    + " of the paths were not looked at: there are too many, or the files cannot be had");
        }
        return limits;
    }
}
