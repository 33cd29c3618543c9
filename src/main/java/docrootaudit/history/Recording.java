package docrootaudit.history;

import docrootaudit.finding.Changes;
import docrootaudit.finding.GrantedDirectories;
import docrootaudit.finding.Refusals;
import docrootaudit.finding.ScanRecord;
import docrootaudit.finding.Since;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Writes one scan, within a transaction of its caller, and says what it changed. */
final class Recording {
    private final Store store;
    private final ScanRecord scan;
    private final List<Observed> observed;

    Recording(Store store, Layout layout, ScanRecord scan, List<Refusals> refusals) throws SQLException {
        this.store = store;
        this.scan = scan;
        observed = new ArrayList<>(refusals.size());
        Crowd crowd = Crowd.of(scan, refusals, AlertTables.of(store.connection()));
        for (Refusals group : refusals) {
            observed.add(new Observed(layout, group, crowd));
        }
    }

    Changes run(Optional<GrantedDirectories> granted, Instant now, Alerting alerting) throws SQLException {
        Connection connection = store.connection();
        ScanTable scans = new ScanTable(connection);
        long subject = scans.findOrAdd(scan.subject());
        long id = scans.add(subject, scan);
        Optional<RecordedScan> previous = scans.lastFinishedBefore(subject, id);
        Starts starts = new Starts(scans);
        Recoveries recoveries = new Recoveries(scan.subject(), starts);

        Alerting.Told told = told(subject, alerting);
        long opened = compare(subject, id, recoveries, told);
        if (scan.finished()) {
            new UnseenTable(connection).replace(subject, id, scan.unseen());
            if (scan.mounts().isPresent()) {
                new MountTable(connection, subject).put(scan.mounts().get());
            }
        }
        scans.counted(id, opened, recoveries.names());

        Changes changes = new Changes(
                previous.map(RecordedScan::started),
                since(previous.map(RecordedScan::id), starts),
                recoveries.all(),
                recoveries.over(),
                recoveries.leftOut(),
                observed.stream()
                        .map(o -> told == Alerting.Told.NOT_YET ? Changes.Surfaced.NONE : o.surfaced())
                        .toList());
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

    private long compare(long subject, long id, Recoveries recoveries, Alerting.Told told) throws SQLException {
        List<Observed> sorted = new ArrayList<>(observed);
        sorted.sort(Comparator.comparing(group -> group.place));
        Coverage coverage = new Coverage(scan);
        long opened = 0;
        try (OpenRows rows = new OpenRows(store.stream(), subject);
                RefusalWriter writer = new RefusalWriter(store.connection(), subject, id)) {
            int next = 0;
            while (next < sorted.size() || rows.peek().isPresent()) {
                Place place = next < sorted.size()
                        ? sorted.get(next).place
                        : rows.peek().get().place;
                if (rows.peek().isPresent() && rows.peek().get().place.compareTo(place) < 0) {
                    place = rows.peek().get().place;
                }
                int from = next;
                while (next < sorted.size() && sorted.get(next).place.equals(place)) {
                    next++;
                }
                List<Observed> groups = sorted.subList(from, next);
                opened += new PlaceMerge(place, groups, rows, coverage, id, writer, recoveries, told).run();
                recoveries.endOf(place);
            }
            writer.flush();
        }
        return opened;
    }

    private List<List<Since>> since(Optional<Long> previous, Starts starts) throws SQLException {
        List<List<Since>> answers = new ArrayList<>(observed.size());
        for (Observed group : observed) {
            answers.add(group.since(previous, starts));
        }
        return answers;
    }
}
