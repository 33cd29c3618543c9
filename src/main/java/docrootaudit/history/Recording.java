package docrootaudit.history;

import docrootaudit.finding.Changes;
import docrootaudit.finding.GrantedDirectories;
import docrootaudit.finding.Refusals;
import docrootaudit.finding.ScanRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Writes one scan, within a transaction of its caller, and says what it changed. */
final class Recording {
    private final Store store;
    private final Layout layout;
    private final ScanRecord scan;
    private final List<Refusals> observed;
    private final Crowd crowd;

    Recording(Store store, Layout layout, ScanRecord scan, List<Refusals> observed) throws SQLException {
        this.store = store;
        this.layout = layout;
        this.scan = scan;
        this.observed = observed;
        this.crowd = Crowd.of(scan, observed, AlertTables.of(store.connection()));
    }

    Changes run(Optional<GrantedDirectories> granted, Instant now, Alerting alerting) throws SQLException {
        Connection connection = store.connection();
        ScanTable scans = new ScanTable(connection);
        long subject = scans.findOrAdd(scan.subject());
        long id = scans.add(subject, scan);
        Optional<RecordedScan> previous = scans.lastFinishedBefore(subject, id);
        Starts starts = new Starts(scans);
        Recoveries recoveries = new Recoveries(scan.subject(), starts);

        Outcomes outcomes = new Outcomes(observed, starts, crowd.id());

        Alerting.Told told = told(subject, alerting);
        long opened = compare(subject, id, outcomes, recoveries, told);
        if (scan.finished()) {
            new UnseenTable(connection).replace(subject, id, scan.unseen());
            if (scan.mounts().isPresent()) {
                new MountTable(connection, subject).put(scan.mounts().get());
            }
        }
        scans.counted(id, opened, recoveries.names());

        Changes changes = new Changes(
                previous.map(RecordedScan::started),
                outcomes.since(previous.map(RecordedScan::id)),
                recoveries.all(),
                recoveries.over(),
                recoveries.leftOut(),
                told == Alerting.Told.NOT_YET
                        ? Collections.nCopies(observed.size(), Changes.Surfaced.NONE)
                        : outcomes.surfaced());
        GrantedTable directories = new GrantedTable(connection, subject);
        queue(alerting, told, now, changes, directories);
        if (granted.isPresent()) {
            directories.replace(granted.get(), scan.complete() ? GrantedTable.Scope.ALL : GrantedTable.Scope.A_PART);
        }
        return changes;
    }

    /** What is compared with what people do not know would be told in part. */
    private Alerting.Told told(long subject, Alerting alerting) throws SQLException {
        SubjectTable subjects = new SubjectTable(store.connection());
        if (alerting == Alerting.NONE) {
            subjects.forget(subject);
            return Alerting.Told.NOBODY;
        } else if (subjects.isTold(subject)) {
            return Alerting.Told.BEFORE;
        } else if (!scan.finished()) {
            return Alerting.Told.NOT_YET;
        }
        subjects.tell(subject, scan.subject());
        return Alerting.Told.FIRST;
    }

    private void queue(Alerting alerting, Alerting.Told told, Instant now, Changes changes, GrantedTable directories)
            throws SQLException {
        if (alerting == Alerting.NONE) {
            return;
        }
        BlindTable.Difference blind = scan.finished()
                ? new BlindTable(store.connection()).saw(scan.subject().root(), scan.started(), scan.unseen())
                : new BlindTable.Difference(List.of(), List.of());
        List<Alerting.Queued> queued =
                alerting.of(changes, new Alerting.Past(told, directories, blind.blinded(), blind.seeing()));
        new EventTable(store.connection()).add(now, queued);
    }

    private long compare(long subject, long id, Outcomes outcomes, Recoveries recoveries, Alerting.Told told)
            throws SQLException {
        Integer[] order = inOrder();
        Coverage coverage = new Coverage(scan);
        long opened = 0;
        try (OpenRows rows = new OpenRows(store.stream(), subject);
                RefusalWriter writer = new RefusalWriter(store.connection(), subject, id)) {
            int next = 0;
            Refusals ahead = next < order.length ? observed.get(order[next]) : null;
            while (ahead != null || rows.peek().isPresent()) {
                Place place = ahead != null ? Place.of(ahead) : rows.peek().get().place;
                if (rows.peek().isPresent() && rows.peek().get().place.compareTo(place) < 0) {
                    place = rows.peek().get().place;
                }
                int from = next;
                List<Observed> groups = new ArrayList<>();
                while (ahead != null && Place.of(ahead).equals(place)) {
                    groups.add(new Observed(layout, ahead, crowd));
                    next++;
                    ahead = next < order.length ? observed.get(order[next]) : null;
                }
                opened += new PlaceMerge(place, groups, rows, coverage, id, writer, recoveries, told).run();
                for (int i = 0; i < groups.size(); i++) {
                    outcomes.put(order[from + i], groups.get(i));
                }
                recoveries.endOf(place);
            }
            writer.flush();
        }
        return opened;
    }

    /** In the order of the rows: as a rule they nearly are, and then each is looked at once. */
    private Integer[] inOrder() {
        Integer[] order = new Integer[observed.size()];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, new Comparator<>() {
            private int last = -1;
            private Place lastPlace;

            @Override
            public int compare(Integer a, Integer b) {
                Place placeOfB = b == last ? lastPlace : place(b);
                Place placeOfA = a == last ? lastPlace : place(a);
                last = a;
                lastPlace = placeOfA;
                return placeOfA.compareTo(placeOfB);
            }
        });
        return order;
    }

    private Place place(int index) {
        return Place.of(observed.get(index));
    }
}
