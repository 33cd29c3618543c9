package docrootaudit.history;

import docrootaudit.access.PathBytes;
import docrootaudit.history.Interval.Ending;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares what a scan observed in one {@link Place} with the rows that are open there: a merge, name by name, of the
 * observed groups on one side and the rows on the other, all of them sorted.
 *
 * <p>A name is in one group at most and in one row at most. So whenever the least name left of both sides is the same,
 * the stretch that is the same in this group and this row can be passed at once. Rows are taken from the stream when
 * their first name is reached and written when their last is decided: a directory of a million names is never in memory
 * as a whole.
 */
final class PlaceMerge {
    private final Place place;
    private final List<Observed> groups;
    private final OpenRows rows;
    private final List<OpenRow> active = new ArrayList<>();
    private final Coverage coverage;
    private final long scan;
    private final RefusalWriter writer;
    private final Recoveries recoveries;
    private final Alerting.Told told;
    private long opened;

    PlaceMerge(
            Place place,
            List<Observed> groups,
            OpenRows rows,
            Coverage coverage,
            long scan,
            RefusalWriter writer,
            Recoveries recoveries,
            Alerting.Told told) {
        this.place = place;
        this.groups = groups;
        this.rows = rows;
        this.coverage = coverage;
        this.scan = scan;
        this.writer = writer;
        this.recoveries = recoveries;
        this.told = told;
    }

    /** Compares and writes; answers how many names it opened that stand behind nothing. */
    long run() throws SQLException {
        while (true) {
            admit();
            OpenRow row = leastRow();
            Observed group = leastGroup();
            if (row == null && group == null) {
                break;
            }
            int order = row == null ? 1 : group == null ? -1 : row.names.compareTo(group.names);
            if (order < 0) {
                miss(row);
            } else if (order > 0) {
                enter(group, group.names.next(), scan, "");
            } else {
                match(row, group);
            }
            if (row != null && row.names.atEnd()) {
                active.remove(row);
                write(row);
            }
        }
        for (Observed group : groups) {
            for (Map.Entry<Observed.Known, OpeningRow> opening :
                    group.takeOpening().entrySet()) {
                open(group, opening.getValue(), opening.getKey());
            }
        }
        return opened;
    }

    /** Takes the rows from the stream that may hold the least name. */
    private void admit() throws SQLException {
        while (true) {
            Optional<OpenRow> next = rows.peek().filter(row -> row.place.equals(place));
            OpenRow least = leastRow();
            if (next.isEmpty() || (least != null && least.names.compareTo(next.get().firstName) < 0)) {
                return;
            }
            active.add(rows.take());
        }
    }

    private OpenRow leastRow() {
        OpenRow least = null;
        for (OpenRow row : active) {
            if (least == null || row.names.compareTo(least.names) < 0) {
                least = row;
            }
        }
        return least;
    }

    private Observed leastGroup() {
        Observed least = null;
        for (Observed group : groups) {
            if (!group.names.atEnd() && (least == null || group.names.compareTo(least.names) < 0)) {
                least = group;
            }
        }
        return least;
    }

    private void miss(OpenRow row) {
        int next = row.names.next();
        PathBytes name = PathBytes.of(row.names.copy(row.names.at(), next - 1));
        row.decide(next, fate(row, name));
    }

    private long fate(OpenRow row, PathBytes name) {
        if (!coverage.hides(place, name)) {
            return OpenRow.GONE;
        }
        boolean leftOut = !row.cause.isEmpty() && coverage.finished() && coverage.leavesOut(place, name);
        return leftOut ? OpenRow.LEFT_OUT : OpenRow.UNSEEN;
    }

    private void match(OpenRow row, Observed group) throws SQLException {
        int length = groups.size() == 1 ? row.names.sameFromHere(group.names) : row.names.next() - row.names.at();
        // who is told of all for the first time is told under the ids of today
        boolean anew = told == Alerting.Told.FIRST;
        String toldAs = anew ? "" : row.cause;
        // those that were left out for a while are told anew
        boolean heard = told == Alerting.Told.BEFORE;
        boolean known = anew
                ? row.cause.equals(group.cause(""))
                : !heard || !row.cause.isEmpty() || group.cause("").isEmpty();
        boolean same = row.way.equals(group.way) && known;
        int end = group.names.at() + length;
        if (same) {
            passTwins(group, row.firstScan);
            if (anew && group.refusals.isAlarming()) {
                group.surface(end);
            }
            row.pathsSeen += group.pass(end, row.firstScan);
        } else {
            enter(group, end, row.firstScan, toldAs);
        }
        row.decide(row.names.at() + length, same ? OpenRow.KEPT : OpenRow.CHANGED);
    }

    /** Has the names up to a position begin a row. */
    private void enter(Observed group, int to, long firstScan, String toldAs) throws SQLException {
        passTwins(group, firstScan);
        if (toldAs.isEmpty() && group.refusals.isAlarming()) {
            group.surface(to);
        }
        Observed.Known known = new Observed.Known(firstScan, group.cause(toldAs));
        OpeningRow opening = group.opening(known);
        while (group.names.at() < to) {
            int from = group.names.at();
            int end = opening.add(group.names, from, to);
            opening.addPaths(group.pass(end, firstScan));
            if (firstScan == scan && !group.way.behind()) {
                opened += group.names.count(from, end);
            }
            if (opening.isFull()) {
                open(group, opening, known);
            }
        }
    }

    private void open(Observed group, OpeningRow opening, Observed.Known known) throws SQLException {
        if (!opening.isEmpty()) {
            writer.open(place, group.way, opening.takeNames(), opening.takePaths(), known.firstScan(), known.cause());
        }
    }

    /** A name that the observer gave twice is kept as it was given first. */
    private void passTwins(Observed group, long firstScan) {
        if (groups.size() == 1) {
            return;
        }
        for (Observed other : groups) {
            if (other != group && !other.names.atEnd() && other.names.compareTo(group.names) == 0) {
                other.pass(other.names.next(), firstScan);
            }
        }
    }

    /** The row itself is kept for the first of its fates; for each other the names that have it get a row of theirs. */
    private void write(OpenRow row) throws SQLException {
        int gone = row.count(OpenRow.GONE);
        int changed = row.count(OpenRow.CHANGED);
        int leftOut = row.count(OpenRow.LEFT_OUT);
        int unseen = row.count(OpenRow.UNSEEN);
        int kept = row.count(OpenRow.KEPT);
        if (gone > 0) {
            recoveries.add(row, gone);
        }
        if (leftOut > 0) {
            recoveries.leaveOut(row, leftOut);
        }
        if (gone + changed + leftOut == 0) {
            long paths = row.pathsSeen + row.share(unseen);
            if (coverage.finished() && paths != row.paths) {
                writer.recount(row, paths);
            }
        } else if (kept + unseen > 0) {
            writer.shrink(row, row.names(OpenRow.KEPT, OpenRow.UNSEEN), row.pathsSeen + row.share(unseen));
            closePart(row, OpenRow.GONE, gone, Ending.RECOVERED);
            closePart(row, OpenRow.CHANGED, changed, Ending.CHANGED);
            if (leftOut > 0) {
                writer.untellPart(row, row.names(OpenRow.LEFT_OUT), row.share(leftOut));
            }
        } else if (leftOut > 0) {
            if (gone + changed > 0) {
                writer.shrink(row, row.names(OpenRow.LEFT_OUT), row.share(leftOut));
            }
            writer.untell(row);
            closePart(row, OpenRow.GONE, gone, Ending.RECOVERED);
            closePart(row, OpenRow.CHANGED, changed, Ending.CHANGED);
        } else if (gone == 0) {
            writer.close(row, Ending.CHANGED);
        } else if (changed == 0) {
            writer.close(row, Ending.RECOVERED);
        } else {
            writer.shrink(row, row.names(OpenRow.GONE), row.share(gone));
            writer.close(row, Ending.RECOVERED);
            closePart(row, OpenRow.CHANGED, changed, Ending.CHANGED);
        }
    }

    private void closePart(OpenRow row, long fate, int count, Ending ending) throws SQLException {
        if (count > 0) {
            writer.closePart(row, row.names(fate), row.share(count), ending);
        }
    }
}
