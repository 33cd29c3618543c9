package docrootaudit.history;

import docrootaudit.finding.CauseId;
import docrootaudit.finding.Refusals;
import docrootaudit.finding.ScanRecord;
import java.sql.SQLException;
import java.util.List;

/**
 * Under which ids people are told of what comes up in one scan: each group of names under its own, but where thousands
 * come up at once the rest under one id together. Each id that is told is remembered and looked at with every scan, and
 * nobody reads a hundred thousand paragraphs.
 */
final class Crowd {
    /** So many groups of a scan have ids of their own, and as many of the largest besides. */
    static final int MOST = 1000;

    /** And so many at least, however much is remembered: what breaks on a host in a bad state is told by its name. */
    private static final int LEAST = 20;

    /** When so many are remembered, of further ones only the least have ids of their own. */
    private static final long REMEMBERED = 10_000;

    private final String id;
    private final long large;
    private int left;

    private Crowd(String id, int alone, List<Refusals> observed) {
        this.id = id;
        left = alone;
        long[] paths = observed.stream()
                .filter(Refusals::isAlarming)
                .mapToLong(Refusals::paths)
                .sorted()
                .toArray();
        large = paths.length <= alone ? -1 : paths[paths.length - alone];
    }

    /** For a scan that observed these. */
    static Crowd of(ScanRecord scan, List<Refusals> observed, AlertTables tables) throws SQLException {
        long room = REMEMBERED - tables.watches().count() - tables.events().count();
        String id = CauseId.ofCrowd(scan.subject().uid(), scan.subject().root());
        return new Crowd(id, (int) Math.max(LEAST, Math.min(room, MOST)), observed);
    }

    /** The id of what is told as one. */
    String id() {
        return id;
    }

    /** The id under which people are told of a group that comes up; to be asked once for each. */
    String idOf(Refusals group) {
        if (group.paths() > large || group.cause().isEmpty()) {
            return group.cause();
        }
        left--;
        return left >= 0 ? group.cause() : id;
    }
}
