package docrootaudit.history;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.Subject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What became of one path: all that was refused on the way to it, as the path is written. */
final class PathHistory {
    private static final PathBytes SELF = PathBytes.of(".");

    /** A row and the path, among those asked about, that it says was refused. */
    private record Refused(PathBytes path, RefusalTable.Row row) {}

    private final PathBytes asked;
    private final ScanTable scans;
    private final UnseenTable unseen;
    private final RefusalTable refusals;
    private final Starts starts;

    PathHistory(Connection connection, PathBytes path) {
        asked = Coverage.withoutSlash(path);
        scans = new ScanTable(connection);
        unseen = new UnseenTable(connection);
        refusals = new RefusalTable(connection);
        starts = new Starts(scans);
    }

    /** In the order in which they began. */
    List<Interval> intervals() throws SQLException {
        Map<Long, Subject> subjects = scans.subjects();
        List<Interval> intervals = new ArrayList<>();
        List<Refused> rows = rows();
        for (Refused refused : rows) {
            intervals.add(interval(subjects.get(refused.row().subject()), refused, rows));
        }
        return intervals;
    }

    List<StateAt> at(Instant time) throws SQLException {
        List<Refused> rows = rows();
        List<StateAt> states = new ArrayList<>();
        for (Map.Entry<Long, Subject> entry : scans.subjects().entrySet()) {
            long id = entry.getKey();
            Subject subject = entry.getValue();
            long last = scans.lastStartedBy(id, time);
            List<Interval> by = new ArrayList<>();
            for (Refused refused : rows) {
                if (refused.row().subject() == id && refused.row().isOpenAt(last)) {
                    by.add(interval(subject, refused, rows));
                }
            }
            if (!by.isEmpty()) {
                states.add(new StateAt.Refused(subject, by));
            } else if (asked.startsWith(subject.root()) || subject.root().startsWith(asked)) {
                Optional<RecordedScan> seen = seenBefore(id, last + 1, asked, Optional.empty());
                states.add(seen.<StateAt>map(scan -> new StateAt.NotRefused(subject, scan))
                        .orElse(new StateAt.NotSeen(subject)));
            }
        }
        return states;
    }

    private List<Refused> rows() throws SQLException {
        List<Refused> rows = new ArrayList<>();
        for (PathBytes path : upwards(asked)) {
            Optional<PathBytes> parent = path.parent();
            PathBytes name = parent.isPresent() ? path.name() : SELF;
            for (RefusalTable.Row row : refusals.of(Coverage.withoutSlash(parent.orElse(path)), name)) {
                rows.add(new Refused(path, row));
            }
        }
        rows.sort(Comparator.<Refused>comparingLong(refused -> refused.row().fromScan())
                .thenComparing(Refused::path));
        return rows;
    }

    /**
     * Whether one row goes on where another of the same path ends: rows are kept apart by what they blame, so that of a
     * link that is led from one closed file to another the first one ends, yet the link has not recovered.
     */
    private static boolean goesOn(Refused ended, Refused begun) {
        RefusalTable.Row before = ended.row();
        RefusalTable.Row after = begun.row();
        return before.subject() == after.subject()
                && ended.path().equals(begun.path())
                && !before.way().behind()
                && !after.way().behind()
                && before.ending().filter(Interval.Ending.RECOVERED::equals).isPresent()
                && before.untilScan().filter(scan -> scan == after.fromScan()).isPresent();
    }

    private Interval interval(Subject subject, Refused refused, List<Refused> rows) throws SQLException {
        RefusalTable.Row row = refused.row();
        Way way = row.way();
        Optional<Interval.End> end = Optional.empty();
        if (row.untilScan().isPresent()) {
            boolean goesOn = rows.stream().anyMatch(r -> goesOn(refused, r));
            end = Optional.of(new Interval.End(
                    goesOn ? Interval.Ending.CHANGED : row.ending().orElseThrow(),
                    starts.of(row.untilScan().get())));
        }
        Instant from = starts.of(row.fromScan());
        Instant lastSeen = seenBefore(
                        row.subject(), row.untilScan().orElse(Long.MAX_VALUE), refused.path(), row.blame())
                .filter(scan -> scan.id() > row.fromScan())
                .map(RecordedScan::started)
                .orElse(from);
        return new Interval(
                subject,
                refused.path(),
                row.blame(),
                way.kind(),
                way.rule(),
                way.behind(),
                way.intended(),
                starts.of(row.firstScan()),
                from,
                lastSeen,
                end);
    }

    /** The last finished scan before another that looked at a path, and at what is to blame for it. */
    private Optional<RecordedScan> seenBefore(long subject, long before, PathBytes path, Optional<PathBytes> blame)
            throws SQLException {
        long bound = before;
        while (true) {
            Optional<RecordedScan> scan = scans.lastFinishedBefore(subject, bound);
            if (scan.isEmpty()) {
                return scan;
            }
            long id = scan.get().id();
            long since = unseenSince(subject, path, id);
            if (since == 0 && blame.isPresent()) {
                since = unseenSince(subject, blame.get(), id);
            }
            if (since == 0) {
                return scan;
            }
            bound = since;
        }
    }

    private long unseenSince(long subject, PathBytes path, long scan) throws SQLException {
        for (PathBytes above : upwards(path)) {
            long since = unseen.unseenSince(subject, above, scan);
            if (since != 0) {
                return since;
            }
        }
        return 0;
    }

    /** A path and all directories above it, as it is written. */
    private static List<PathBytes> upwards(PathBytes path) {
        Map<PathBytes, PathBytes> paths = new LinkedHashMap<>();
        for (Optional<PathBytes> p = Optional.of(path);
                p.isPresent();
                p = p.get().parent()) {
            PathBytes plain = Coverage.withoutSlash(p.get());
            paths.put(plain, plain);
        }
        return List.copyOf(paths.keySet());
    }
}
