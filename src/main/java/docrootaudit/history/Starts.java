package docrootaudit.history;

import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** When scans began, each asked once. */
final class Starts {
    private final ScanTable scans;
    private final Map<Long, Instant> known = new HashMap<>();

    Starts(ScanTable scans) {
        this.scans = scans;
    }

    Instant of(long scan) throws SQLException {
        Instant start = known.get(scan);
        if (start == null) {
            start = scans.started(scan);
            known.put(scan, start);
        }
        return start;
    }

    /** The same of one that was asked before, when the store may be closed. */
    Instant known(long scan) {
        return known.get(scan);
    }
}
