package docrootaudit.finding;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a scan changed against the last comparable one.
 *
 * @param previous start of that scan; empty if this is the first, the baseline: then everything is known
 * @param since one list for each {@link Refusals} given, in the same order
 * @param recovered what was refused and is not any more
 */
public record Changes(Optional<Instant> previous, List<List<Since>> since, List<Recovered> recovered) {}
