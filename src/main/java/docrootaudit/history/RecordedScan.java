package docrootaudit.history;

import docrootaudit.finding.Subject;
import java.time.Duration;
import java.time.Instant;

/**
 * A scan that has been recorded.
 *
 * @param id ascends with the order of recording
 * @param subject what was scanned for whom
 * @param started when, to the microsecond
 * @param ended when
 * @param entries how many entries were judged
 * @param finished false if it was interrupted
 * @param complete whether it finished and saw all it should
 * @param opened how many names it was the first to see refused
 * @param closed how many names it found recovered
 */
public record RecordedScan(
        long id,
        Subject subject,
        Instant started,
        Instant ended,
        long entries,
        boolean finished,
        boolean complete,
        long opened,
        long closed) {
    public Duration duration() {
        return Duration.between(started, ended);
    }
}
