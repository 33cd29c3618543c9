package docrootaudit.finding;

import docrootaudit.access.PathBytes;
import java.time.Instant;
import java.util.Optional;

/**
 * What is no longer refused, or no longer there.
 *
 * @param subject by whose scans
 * @param directory the directory that holds the names
 * @param names what recovered
 * @param blame for recovered links, what had refused them elsewhere
 * @param kind why it was refused
 * @param rule the entry that had decided
 * @param intended whether it was refused on purpose
 * @param paths how many refused paths stood behind it when last seen
 * @param firstSeen start of the scan that first saw it refused
 * @param cause the id under which it was told of when it came up; empty if it never did
 */
public record Recovered(
        Subject subject,
        PathBytes directory,
        PackedNames names,
        Optional<PathBytes> blame,
        CauseKind kind,
        String rule,
        boolean intended,
        long paths,
        Instant firstSeen,
        String cause) {
    /** What nobody was told of. */
    public Recovered(
            Subject subject,
            PathBytes directory,
            PackedNames names,
            Optional<PathBytes> blame,
            CauseKind kind,
            String rule,
            boolean intended,
            long paths,
            Instant firstSeen) {
        this(subject, directory, names, blame, kind, rule, intended, paths, firstSeen, "");
    }
}
