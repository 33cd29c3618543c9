package docrootaudit.finding;

import docrootaudit.access.PathBytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything a scan has to say, for any format.
 *
 * @param roots as given
 * @param identity whose access was judged
 * @param started when
 * @param ended when
 * @param complete whether every root was seen as far as the configuration wants
 * @param entries how many entries were judged
 * @param unvisited the parts that were not seen, though they should have been
 * @param findings worst first: those with the most refused paths
 * @param recovered what was refused at the last comparable scan and is not any more
 * @param previous start of the last comparable scan; empty for a baseline and where history is not kept
 * @param compared whether a history was asked at all
 * @param uncertain what nobody but the machine can tell, with the number of entries concerned
 * @param notes what limits the verdicts of the report, such as a security module, and roots judged for somebody else
 * @param failures what could not be done, one sentence each; the scan is then not complete
 * @param each every refused path, in the order of the walk; empty unless asked for
 */
public record ScanReport(
        List<PathBytes> roots,
        Identity identity,
        Instant started,
        Instant ended,
        boolean complete,
        long entries,
        List<Unseen> unvisited,
        List<Finding> findings,
        List<Recovered> recovered,
        Optional<Instant> previous,
        boolean compared,
        List<Uncertain> uncertain,
        List<String> notes,
        List<String> failures,
        Iterable<RefusedPath> each) {
    /** A reason for which entries could not be judged, and how many. */
    public record Uncertain(String why, long entries) {}

    /** Whether something is refused that is not meant to be. */
    public boolean hasRefusals() {
        return findings.stream().anyMatch(f -> !f.intended());
    }

    /** Whether something that is not refused on purpose is new. */
    public boolean hasNew() {
        return findings.stream().anyMatch(f -> !f.intended() && f.hasNew());
    }
}
