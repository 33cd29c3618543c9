package docrootaudit.finding;

import docrootaudit.access.PathBytes;
import java.time.Instant;

/**
 * What is no longer refused, or no longer there.
 *
 * @param directory the directory that holds the names
 * @param names what recovered
 * @param kind why it was refused
 * @param rule the entry that had decided
 * @param intended whether it was refused on purpose
 * @param paths how many refused paths stood behind it when last seen
 * @param firstSeen start of the scan that first saw it refused
 */
public record Recovered(
        PathBytes directory,
        PackedNames names,
        CauseKind kind,
        String rule,
        boolean intended,
        long paths,
        Instant firstSeen) {}
