package docrootaudit.finding;

import java.util.EnumMap;
import java.util.Map;

/**
 * The sums of a scan's findings, had in one pass: to make a finding costs something, and there may be hundreds of
 * thousands.
 *
 * @param causes how many are not meant
 * @param paths how many paths they refuse
 * @param opened how many of the causes are new
 * @param grown how many were there and have new names
 * @param intended how many are meant, by kind
 * @param intendedPaths how many paths those refuse
 * @param intendedRules how many of those are a web server's rules
 */
public record Totals(
        int causes,
        long paths,
        int opened,
        int grown,
        Map<CauseKind, Integer> intended,
        long intendedPaths,
        int intendedRules) {
    /** Counts. */
    public static Totals of(Iterable<Finding> findings) {
        int causes = 0;
        long paths = 0;
        int opened = 0;
        int grown = 0;
        Map<CauseKind, Integer> intended = new EnumMap<>(CauseKind.class);
        long intendedPaths = 0;
        int intendedRules = 0;
        for (Finding finding : findings) {
            if (finding.intended()) {
                intended.merge(finding.kind(), 1, Integer::sum);
                intendedPaths += finding.paths();
                intendedRules += finding.server().isPresent() ? 1 : 0;
                continue;
            }
            causes++;
            paths += finding.paths();
            if (finding.hasNew()) {
                boolean before = finding.since().stream().anyMatch(s -> s.state() == Since.State.KNOWN);
                opened += before ? 0 : 1;
                grown += before ? 1 : 0;
            }
        }
        return new Totals(causes, paths, opened, grown, intended, intendedPaths, intendedRules);
    }
}
