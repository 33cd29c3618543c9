package docrootaudit.report;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.Finding;
import docrootaudit.finding.Remedies;
import docrootaudit.finding.Since;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One blamed name of a finding: what scripts know as a cause.
 *
 * @param id the cause's own
 * @param group the finding's id, if it holds several names
 * @param finding where it is from
 * @param path what is to blame
 * @param roots the refused paths behind it, by root
 * @param examples some of them
 * @param age since when
 * @param remedies what mends this one
 */
record Blamed(
        String id,
        Optional<String> group,
        Finding finding,
        PathBytes path,
        List<Finding.RootCount> roots,
        List<PathBytes> examples,
        Age age,
        Remedies remedies) {
    /** New or known, and the start of the scan that first saw it. */
    record Age(Since.State state, Instant firstSeen) {
        String word() {
            return state.name().toLowerCase(Locale.ROOT);
        }
    }

    long count() {
        return roots.stream().mapToLong(Finding.RootCount::count).sum();
    }
}
