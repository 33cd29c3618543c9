package docrootaudit.audit;

import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.finding.Explanation;
import docrootaudit.finding.Identity;
import docrootaudit.finding.LogCause;
import docrootaudit.finding.LogReport;
import docrootaudit.server.log.LogReading;
import docrootaudit.server.log.Symptom;
import docrootaudit.server.log.Tally;
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

    /** @param key random, by which visitors are told from each other and by nobody else */
    public LogAudit(Host host, LogReading reading, long key) {
        this.host = host;
        this.reading = reading;
        this.key = key;
    }

    /** Reads the logs and says what they tell. */
    public LogReport run(List<PathBytes> files, Identity identity, Explaining explaining) {
        Tally tally = Tally.ofWholeFiles(key);
        LogReader reader = new LogReader(host::regularFile, reading, tally);
        reader.read(files);
        LogCauses causes = new LogCauses(explaining);
        List<LogCause> found = causes.of(tally.spots());
        List<String> notes = new ArrayList<>(reader.notes());
        notes.addAll(limits(tally, causes.unasked()));
        return new LogReport(
                identity,
                reader.files(),
                tally.refused(),
                tally.challenged(),
                tally.unexplained(),
                found,
                notes,
                reader.failures());
    }

    private static List<String> limits(Tally tally, int unasked) {
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
        if (unasked > 0) {
            limits.add(unasked + " of the paths were not looked at: there are too many, or the files cannot be had");
        }
        return limits;
    }
}
