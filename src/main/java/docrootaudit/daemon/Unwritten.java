package docrootaudit.daemon;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.ScanReport;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The roots whose last scan could not be recorded. On a full disk something small may find room at any time: a root is
 * well again only when a scan of it was recorded as a whole.
 */
final class Unwritten {
    private final Map<PathBytes, String> reasons = new ConcurrentHashMap<>();

    /** A scan of a root that was to be recorded has ended. */
    void of(PathBytes root, ScanReport report) {
        if (report.compared()) {
            reasons.remove(root);
        } else if (!report.failures().isEmpty()) {
            reasons.put(root, report.failures().get(report.failures().size() - 1));
        }
    }

    /** Why one of the roots of these settings could not be, if that is so. */
    Optional<String> any(Settings settings) {
        return settings.audit().roots().stream()
                .flatMap(root -> Optional.ofNullable(reasons.get(root.path())).stream())
                .findFirst();
    }
}
