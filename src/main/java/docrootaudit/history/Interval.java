package docrootaudit.history;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.CauseKind;
import docrootaudit.finding.Subject;
import java.time.Instant;
import java.util.Optional;

/**
 * A span of time in which a path was refused in one way.
 *
 * @param subject by whose scans
 * @param path what was refused: the path asked about, or a directory above it
 * @param blame for a refused link, the path elsewhere that refused
 * @param kind why
 * @param rule the entry that decided
 * @param behind whether another refusal stood before it on the way
 * @param intended whether it was refused on purpose
 * @param firstSeen start of the scan since which the path is refused, also in other ways, without a break
 * @param from start of the first scan that saw it refused in this way
 * @param lastSeen start of the last finished scan that looked there and saw it so; {@code from} if none did since
 * @param end when and how it ended; empty if it is still refused
 */
public record Interval(
        Subject subject,
        PathBytes path,
        Optional<PathBytes> blame,
        CauseKind kind,
        String rule,
        boolean behind,
        boolean intended,
        Instant firstSeen,
        Instant from,
        Instant lastSeen,
        Optional<End> end) {
    /**
     * The end of an interval.
     *
     * @param how whether the path recovered
     * @param at start of the scan that found it so
     */
    public record End(Ending how, Instant at) {}

    /** How an interval ends. */
    public enum Ending {
        /** It is no longer refused, or no longer there. */
        RECOVERED,
        /** It goes on being refused in another way, which has an interval of its own. */
        CHANGED
    }
}
