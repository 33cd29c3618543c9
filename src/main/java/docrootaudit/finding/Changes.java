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
 * @param over what people were told of under an id and is not refused any more, be it that it stood behind something
 *     else of late
 * @param leftOut what people were told of under an id and the configuration leaves out now: it is as it was
 * @param surfaced one for each {@link Refusals} given, in the same order: the names that are the cause of refusals now
 *     and have never been since they are refused, be it that they are new, that what stood before them is mended, or that
 *     they are no longer refused on purpose; if people are told of these scans for the first time, all that are the cause
 */
public record Changes(
        Optional<Instant> previous,
        List<List<Since>> since,
        List<Recovered> recovered,
        List<Recovered> over,
        List<Recovered> leftOut,
        List<Surfaced> surfaced) {
    /** Of a scan that saw nothing. */
    public static final Changes NONE =
            new Changes(Optional.empty(), List.of(), List.of(), List.of(), List.of(), List.of());

    /**
     * What came up.
     *
     * @param names empty if none did
     * @param cause the id under which people are told of them: that of the cause, or one for all for which it is one too
     *     many
     */
    public record Surfaced(PackedNames names, String cause) {
        public static final Surfaced NONE = new Surfaced(PackedNames.NONE, "");
    }
}
