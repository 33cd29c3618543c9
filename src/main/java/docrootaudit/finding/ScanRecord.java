package docrootaudit.finding;

import docrootaudit.access.PathBytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The facts of one scan of one root.
 *
 * @param subject what was scanned for whom
 * @param started when
 * @param ended when
 * @param finished false if it was interrupted: then nothing is known to have recovered
 * @param entries how many entries were judged
 * @param unseen what it could not or should not look at
 * @param mounts where the file systems of its root are mounted, to be remembered
 * @param leftOut tells a path that the configuration excludes; such files are too many to be listed
 * @param unsure tells a path of which the scan cannot say that it is refused no more, though it did not see that
 */
public record ScanRecord(
        Subject subject,
        Instant started,
        Instant ended,
        boolean finished,
        long entries,
        List<Unseen> unseen,
        Optional<RootMounts> mounts,
        Predicate<PathBytes> leftOut,
        Predicate<PathBytes> unsure) {
    public ScanRecord {
        unseen = List.copyOf(unseen);
    }

    /** A scan that saw all that is not unseen. */
    public ScanRecord(
            Subject subject,
            Instant started,
            Instant ended,
            boolean finished,
            long entries,
            List<Unseen> unseen,
            Optional<RootMounts> mounts,
            Predicate<PathBytes> leftOut) {
        this(subject, started, ended, finished, entries, unseen, mounts, leftOut, path -> false);
    }

    /** A scan of a root whose mounts are not remembered. */
    public ScanRecord(
            Subject subject,
            Instant started,
            Instant ended,
            boolean finished,
            long entries,
            List<Unseen> unseen,
            Predicate<PathBytes> leftOut) {
        this(subject, started, ended, finished, entries, unseen, Optional.empty(), leftOut);
    }

    /** A scan that left out nothing but what it lists. */
    public ScanRecord(
            Subject subject, Instant started, Instant ended, boolean finished, long entries, List<Unseen> unseen) {
        this(subject, started, ended, finished, entries, unseen, path -> false);
    }

    /** Whether it ended and saw everything it should. */
    public boolean complete() {
        return finished && unseen.stream().allMatch(Unseen::wanted);
    }
}
