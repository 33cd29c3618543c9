package docrootaudit.history;

import docrootaudit.finding.Changes;
import docrootaudit.finding.PackedNames;
import docrootaudit.finding.Refusals;
import docrootaudit.finding.Since;
import java.sql.SQLException;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of each group of names that a scan observed. A scan may have a hundred thousand groups, of which nearly all
 * are refused since one time: a number is kept of each, and the rest is put together from the group when it is asked for.
 */
final class Outcomes {
    private final List<Refusals> observed;
    private final Starts starts;
    /** The scan that first saw a group, if it was one for all its names. */
    private final long[] firstScan;

    private final Map<Integer, Runs> firstScans = new HashMap<>();
    /** Groups of which all names have come up, and of those the ones that are told as one. */
    private final BitSet surfaced = new BitSet();

    private final BitSet crowded = new BitSet();
    private final Map<Integer, Runs> partlySurfaced = new HashMap<>();
    private final String crowd;

    /**
     * @param observed the groups
     * @param crowd the id under which many are told as one
     */
    Outcomes(List<Refusals> observed, Starts starts, String crowd) {
        this.observed = observed;
        this.starts = starts;
        this.firstScan = new long[observed.size()];
        this.crowd = crowd;
    }

    /** Keeps what became of a group, and asks when its scans began. */
    void put(int index, Observed group) throws SQLException {
        if (group.since.size() == 1) {
            firstScan[index] = group.since.tag(0);
            starts.of(firstScan[index]);
        } else {
            firstScans.put(index, group.since);
            for (long scan : group.since.tags()) {
                starts.of(scan);
            }
        }
        if (group.surfaced.size() > 0) {
            boolean all =
                    group.surfaced.size() == 1 && group.surfaced.to(0) - group.surfaced.from(0) == group.names.limit();
            if (all) {
                surfaced.set(index);
            } else {
                partlySurfaced.put(index, group.surfaced);
            }
            crowded.set(index, group.toldAs().equals(crowd));
        }
    }

    /**
     * Since when the names are refused, one list for each group.
     *
     * @param previous the scan that this one is compared with
     */
    List<List<Since>> since(Optional<Long> previous) {
        return new AbstractList<>() {
            @Override
            public List<Since> get(int index) {
                PackedNames names = observed.get(index).names();
                Runs several = firstScans.get(index);
                if (several == null) {
                    return List.of(since(names, firstScan[index], previous));
                }
                NameCursor cursor = new NameCursor(names.buffer());
                List<Since> parts = new ArrayList<>();
                for (long scan : several.tags()) {
                    parts.add(since(PackedNames.ofBytes(several.names(cursor, scan)), scan, previous));
                }
                return parts;
            }

            @Override
            public int size() {
                return observed.size();
            }
        };
    }

    private Since since(PackedNames part, long scan, Optional<Long> previous) {
        boolean opened = previous.isPresent() && scan > previous.get();
        return new Since(part, opened ? Since.State.NEW : Since.State.KNOWN, starts.known(scan));
    }

    /** The names that have come up, one for each group. */
    List<Changes.Surfaced> surfaced() {
        return new AbstractList<>() {
            @Override
            public Changes.Surfaced get(int index) {
                Runs some = partlySurfaced.get(index);
                if (!surfaced.get(index) && some == null) {
                    return Changes.Surfaced.NONE;
                }
                Refusals group = observed.get(index);
                PackedNames names = some == null
                        ? group.names()
                        : PackedNames.ofBytes(
                                some.names(new NameCursor(group.names().buffer()), Observed.UP));
                return new Changes.Surfaced(names, crowded.get(index) ? crowd : group.cause());
            }

            @Override
            public int size() {
                return observed.size();
            }
        };
    }
}
