package docrootaudit.history;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.CauseKind;
import docrootaudit.history.Interval.Ending;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The statements that ask about refusals; {@link OpenRows} and {@link RefusalWriter} have those of a comparison. */
final class RefusalTable {
    private static final String OF_DIRECTORY = "SELECT subject, blame, kind, rule, behind, intended, first_scan,"
            + " from_scan, until_scan, ending, names FROM refusal WHERE directory = ? AND first_name <= ?";
    private static final String OPEN_COUNTS = "SELECT intended, SUM(alike), SUM(total) FROM ("
            + "SELECT intended, CASE WHEN OCTET_LENGTH(blame) = 0 THEN 1 ELSE 0 END AS alike, SUM(paths) AS total"
            + " FROM refusal WHERE subject = ? AND until_scan IS NULL AND NOT behind"
            + " GROUP BY intended, directory, kind, rule, blame) AS alikes GROUP BY intended";

    /**
     * A row that holds a name.
     *
     * @param untilScan empty while open
     */
    record Row(
            long subject,
            Optional<PathBytes> blame,
            Way way,
            long firstScan,
            long fromScan,
            Optional<Long> untilScan,
            Optional<Ending> ending) {
        boolean isOpenAt(long scan) {
            return fromScan <= scan && untilScan.map(until -> until > scan).orElse(true);
        }
    }

    /** How much is open. */
    record Counts(long groups, long paths, long intended) {}

    private static final String OPEN_BELOW = "SELECT id FROM refusal WHERE subject = ? AND until_scan IS NULL"
            + " AND (directory = ? OR (directory > ? AND directory < ?)) FETCH FIRST ROW ONLY";

    private final Connection connection;

    RefusalTable(Connection connection) {
        this.connection = connection;
    }

    /** The rows of all subjects that hold a name of a directory. */
    List<Row> of(PathBytes directory, PathBytes name) throws SQLException {
        List<Row> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(OF_DIRECTORY)) {
            statement.setBytes(1, directory.bytes());
            statement.setBytes(2, name.bytes());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    if (holds(rows.getBytes(11), name)) {
                        found.add(row(rows));
                    }
                }
            }
        }
        return found;
    }

    Counts open(long subject) throws SQLException {
        long groups = 0;
        long paths = 0;
        long intended = 0;
        try (PreparedStatement statement = connection.prepareStatement(OPEN_COUNTS)) {
            statement.setLong(1, subject);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    if (rows.getBoolean(1)) {
                        intended = rows.getLong(3);
                    } else {
                        groups = rows.getLong(2);
                        paths = rows.getLong(3);
                    }
                }
            }
        }
        return new Counts(groups, paths, intended);
    }

    private static Row row(ResultSet row) throws SQLException {
        byte[] blame = row.getBytes(2);
        long until = row.getLong(9);
        Optional<Long> untilScan = row.wasNull() ? Optional.empty() : Optional.of(until);
        return new Row(
                row.getLong(1),
                blame.length == 0 ? Optional.empty() : Optional.of(PathBytes.of(blame)),
                new Way(CauseKind.of(row.getString(3)), row.getString(4), row.getBoolean(5), row.getBoolean(6)),
                row.getLong(7),
                row.getLong(8),
                untilScan,
                Optional.ofNullable(row.getString(10)).map(word -> Ending.valueOf(word.toUpperCase(Locale.ROOT))));
    }

    private static boolean holds(byte[] names, PathBytes name) {
        int start = 0;
        for (int i = 0; i < names.length; i++) {
            if (names[i] == 0) {
                if (i - start == name.length() && isAt(names, start, name)) {
                    return true;
                }
                start = i + 1;
            }
        }
        return false;
    }

    private static boolean isAt(byte[] names, int start, PathBytes name) {
        for (int i = 0; i < name.length(); i++) {
            if (names[start + i] != name.at(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether something is refused in a directory or below it. */
    boolean isOpenBelow(long subject, PathBytes directory) throws SQLException {
        PathBytes plain = Coverage.withoutSlash(directory);
        byte[] first = Arrays.copyOf(plain.bytes(), plain.length() + 1);
        byte[] end = first.clone();
        first[plain.length()] = '/';
        end[plain.length()] = '/' + 1;
        try (PreparedStatement statement = connection.prepareStatement(OPEN_BELOW)) {
            statement.setLong(1, subject);
            statement.setBytes(2, plain.bytes());
            statement.setBytes(3, first);
            statement.setBytes(4, end);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }
}
