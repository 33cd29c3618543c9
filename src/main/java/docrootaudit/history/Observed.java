package docrootaudit.history;

import docrootaudit.finding.Refusals;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One group of names that the scan at hand saw refused, while it is compared, and since when each of them is. */
final class Observed {
    private final Layout layout;
    final Refusals refusals;
    final Place place;
    final Way way;
    final NameCursor names;
    /** Tagged by the scan that first saw them. */
    final Runs since = new Runs();
    /** Rows to open; made when there is one, for most groups are as they were. */
    private Map<Known, OpeningRow> opening = Map.of();
    /** Which names have come up: told by {@link #UP}. */
    final Runs surfaced = new Runs();

    static final long UP = 1;

    private final Crowd crowd;
    private Optional<String> toldAs = Optional.empty();
    private final long count;
    private long passed;

    /**
     * What is known of names that begin a row.
     *
     * @param firstScan the scan that first saw them refused
     * @param cause the id under which they are told of; empty if they need not be
     */
    record Known(long firstScan, String cause) {}

    Observed(Layout layout, Refusals refusals, Crowd crowd) {
        this.layout = layout;
        this.crowd = crowd;
        this.refusals = refusals;
        place = Place.of(refusals);
        way = Way.of(refusals);
        names = new NameCursor(refusals.names().buffer());
        count = names.count(0, names.limit());
    }

    /** The row being filled with such names. */
    OpeningRow opening(Known known) {
        if (opening.isEmpty()) {
            opening = new HashMap<>();
        }
        return opening.computeIfAbsent(known, k -> new OpeningRow(layout.rowBytes()));
    }

    /** All rows being filled; forgotten here, for a scan may have a hundred thousand groups. */
    Map<Known, OpeningRow> takeOpening() {
        Map<Known, OpeningRow> all = opening;
        opening = Map.of();
        return all;
    }

    /**
     * The id that names go by from now on.
     *
     * @param before the one they had; empty if they had none
     */
    String cause(String before) {
        return before.isEmpty() && refusals.isAlarming() ? toldAs() : before;
    }

    /** The id under which people are told of its names that come up. */
    String toldAs() {
        if (toldAs.isEmpty()) {
            toldAs = Optional.of(crowd.idOf(refusals));
        }
        return toldAs.get();
    }

    /** Notes that the names from the cursor on to a position have come up. */
    void surface(int to) {
        surfaced.add(names.at(), to, UP);
    }

    /** Passes the names up to a position, first seen by that scan; answers how many paths they stand for. */
    long pass(int to, long firstScan) {
        long before = passed;
        passed += names.count(names.at(), to);
        since.add(names.at(), to, firstScan);
        names.moveTo(to);
        // The names share the paths evenly; over all of them the shares add up exactly.
        return share(passed) - share(before);
    }

    private long share(long names) {
        return Math.multiplyHigh(refusals.paths(), names) == 0 && refusals.paths() * names >= 0
                ? refusals.paths() * names / count
                : (long) ((double) refusals.paths() * names / count);
    }
}
