package docrootaudit.finding;

import java.time.Instant;

/**
 * Since when some names of a {@link Refusals} have been refused.
 *
 * @param names a part of its names; the parts of one {@link Refusals} are disjoint and together are all its names
 * @param state new or known
 * @param firstSeen start of the scan that first saw them refused, without a recovery since
 */
public record Since(PackedNames names, State state, Instant firstSeen) {
    /** Whether a refusal opened after the last comparable scan of the same subject. */
    public enum State {
        NEW,
        KNOWN
    }
}
