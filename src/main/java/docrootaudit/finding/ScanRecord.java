package docrootaudit.finding;

import java.time.Instant;
import java.util.List;

/**
 * The facts of one scan of one root.
 *
 * @param subject what was scanned for whom
 * @param started when
 * @param ended when
 * @param finished false if it was interrupted: then nothing is known to have recovered
 * @param entries how many entries were judged
 * @param unseen what it could not or should not look at
 */
public record ScanRecord(
        Subject subject, Instant started, Instant ended, boolean finished, long entries, List<Unseen> unseen) {
    public ScanRecord {
        unseen = List.copyOf(unseen);
    }

    /** Whether it ended and saw everything it should. */
    public boolean complete() {
        return finished && unseen.stream().allMatch(Unseen::wanted);
    }
}
