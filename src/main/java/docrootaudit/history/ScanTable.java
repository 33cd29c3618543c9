package docrootaudit.history;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.ScanRecord;
import docrootaudit.finding.Subject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The statements about subjects and their scans. */
final class ScanTable {
    private static final String SUBJECTS = "SELECT id, root, uid, question FROM subject ORDER BY id";
    private static final String SUBJECT = "SELECT id FROM subject WHERE root = ? AND uid = ? AND question = ?";
    private static final String NEW_SUBJECT = "INSERT INTO subject (root, uid, question) VALUES (?, ?, ?)";
    private static final String NEW_SCAN = "INSERT INTO scan"
            + " (subject, started, ended, entries, finished, complete, opened, closed) VALUES (?, ?, ?, ?, ?, ?, 0, 0)";
    private static final String COUNTED = "UPDATE scan SET opened = ?, closed = ? WHERE id = ?";
    private static final String COLUMNS =
            "SELECT s.id, started, ended, entries, finished, complete, opened, closed, root, uid, question"
                    + " FROM scan s JOIN subject ON subject.id = s.subject ";
    private static final String NEWEST = COLUMNS + "ORDER BY s.id DESC FETCH FIRST ? ROWS ONLY";
    private static final String NEWEST_OF_ROOT = COLUMNS + "WHERE root = ? ORDER BY s.id DESC FETCH FIRST ? ROWS ONLY";
    private static final String LAST =
            COLUMNS + "WHERE s.subject = ? AND s.id < ? ORDER BY s.id DESC FETCH FIRST 1 ROW ONLY";
    private static final String LAST_FINISHED =
            COLUMNS + "WHERE s.subject = ? AND s.id < ? AND finished ORDER BY s.id DESC FETCH FIRST 1 ROW ONLY";
    private static final String LAST_COMPLETE =
            COLUMNS + "WHERE s.subject = ? AND s.id < ? AND complete ORDER BY s.id DESC FETCH FIRST 1 ROW ONLY";
    private static final String UNTIL = "SELECT COALESCE(MAX(id), 0) FROM scan WHERE subject = ? AND started <= ?";
    private static final String STARTED = "SELECT started FROM scan WHERE id = ?";

    private final Connection connection;

    ScanTable(Connection connection) {
        this.connection = connection;
    }

    /** All subjects by their ids, in the order of these. */
    Map<Long, Subject> subjects() throws SQLException {
        Map<Long, Subject> subjects = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(SUBJECTS)) {
            while (rows.next()) {
                subjects.put(rows.getLong(1), SubjectTable.subject(rows, 2));
            }
        }
        return subjects;
    }

    Optional<Long> find(Subject subject) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SUBJECT)) {
            set(statement, subject);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(rows.getLong(1)) : Optional.empty();
            }
        }
    }

    long findOrAdd(Subject subject) throws SQLException {
        Optional<Long> known = find(subject);
        if (known.isPresent()) {
            return known.get();
        }
        try (PreparedStatement statement = connection.prepareStatement(NEW_SUBJECT, Statement.RETURN_GENERATED_KEYS)) {
            set(statement, subject);
            statement.executeUpdate();
            return key(statement);
        }
    }

    /** Adds a scan; what it opened and closed comes later. */
    long add(long subject, ScanRecord scan) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NEW_SCAN, Statement.RETURN_GENERATED_KEYS)) {
            statement.setLong(1, subject);
            statement.setLong(2, Micros.of(scan.started()));
            statement.setLong(3, Micros.of(scan.ended()));
            statement.setLong(4, scan.entries());
            statement.setBoolean(5, scan.finished());
            statement.setBoolean(6, scan.complete());
            statement.executeUpdate();
            return key(statement);
        }
    }

    void counted(long scan, long opened, long closed) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COUNTED)) {
            statement.setLong(1, opened);
            statement.setLong(2, closed);
            statement.setLong(3, scan);
            statement.executeUpdate();
        }
    }

    List<RecordedScan> newest(Optional<PathBytes> root, int limit) throws SQLException {
        List<RecordedScan> scans = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(root.isPresent() ? NEWEST_OF_ROOT : NEWEST)) {
            int at = 1;
            if (root.isPresent()) {
                statement.setBytes(at++, root.get().bytes());
            }
            statement.setInt(at, limit);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    scans.add(scan(rows));
                }
            }
        }
        return scans;
    }

    /** The last scan of a subject before another, whether it finished or not. */
    Optional<RecordedScan> lastBefore(long subject, long scan) throws SQLException {
        return one(LAST, subject, scan);
    }

    Optional<RecordedScan> lastFinishedBefore(long subject, long scan) throws SQLException {
        return one(LAST_FINISHED, subject, scan);
    }

    Optional<RecordedScan> lastComplete(long subject) throws SQLException {
        return one(LAST_COMPLETE, subject, Long.MAX_VALUE);
    }

    /** The last scan of a subject that had begun by that time; 0 if none had. */
    long lastStartedBy(long subject, Instant time) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UNTIL)) {
            statement.setLong(1, subject);
            statement.setLong(2, Micros.of(time));
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    Instant started(long scan) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(STARTED)) {
            statement.setLong(1, scan);
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new SQLException("there is no scan " + scan);
                }
                return Micros.time(rows.getLong(1));
            }
        }
    }

    private Optional<RecordedScan> one(String sql, long subject, long before) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, subject);
            statement.setLong(2, before);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(scan(rows)) : Optional.empty();
            }
        }
    }

    private static RecordedScan scan(ResultSet row) throws SQLException {
        return new RecordedScan(
                row.getLong(1),
                SubjectTable.subject(row, 9),
                Micros.time(row.getLong(2)),
                Micros.time(row.getLong(3)),
                row.getLong(4),
                row.getBoolean(5),
                row.getBoolean(6),
                row.getLong(7),
                row.getLong(8));
    }

    private static void set(PreparedStatement statement, Subject subject) throws SQLException {
        statement.setBytes(1, subject.root().bytes());
        statement.setLong(2, Integer.toUnsignedLong(subject.uid()));
        statement.setString(3, subject.question());
    }

    private static long key(PreparedStatement statement) throws SQLException {
        try (ResultSet keys = statement.getGeneratedKeys()) {
            keys.next();
            return keys.getLong(1);
        }
    }
}
