package docrootaudit.report;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.Finding;
import docrootaudit.finding.Remedies;
import docrootaudit.finding.Since;
import java.time.Instant;
import java.util.List;

/**
 * One blamed name of a finding: what scripts know as a cause.
 *
 * @param id the cause's own
 * @param finding where it is from
 * @param path what is to blame
 * @param roots the refused paths behind it, by root
 * @param examples some of them
 * @param state new or known
 * @param firstSeen start of the scan that first saw it
 * @param remedies what mends this one
 */
record Blamed(
        String id,
        Finding finding,
        PathBytes path,
        List<Finding.RootCount> roots,
        List<PathBytes> examples,
        Since.State state,
        Instant firstSeen,
        Remedies remedies) {
    long count() {
        return roots.stream().mapToLong(Finding.RootCount::count).sum();
    }
}
