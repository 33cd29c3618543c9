package docrootaudit.history;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.Subject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** The statements about how causes stand that people have been told of, and about scans they are counted in. */
public final class WatchTable {
    private static final String ALL = "SELECT cause, root, uid, open_names, all_names, all_paths, changes, unstable,"
            + " told, latest FROM watch ORDER BY cause, root, uid";
    private static final String PUT = "MERGE INTO watch (cause, root, uid, open_names, all_names, all_paths, changes,"
            + " unstable, told, latest) KEY (cause, root, uid) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String COUNT = "SELECT COUNT(*) FROM watch";
    private static final String DELETE = "DELETE FROM watch WHERE cause = ? AND root = ? AND uid = ?";
    private static final String SUBJECTS = "SELECT id, root, uid, question FROM subject WHERE root = ?";
    private static final String RECENT =
            "SELECT started FROM scan WHERE subject = ? AND finished ORDER BY id DESC FETCH FIRST ? ROWS ONLY";

    private final Connection connection;

    WatchTable(Connection connection) {
        this.connection = connection;
    }

    /**
     * A cause in one root.
     *
     * @param cause its id
     * @param root as scanned
     * @param uid of whose access it is (unsigned)
     * @param openNames how many of its names are refused
     * @param allNames how many were since it opened
     * @param allPaths how many paths stood behind these
     * @param changes the last times it opened or recovered, oldest first
     * @param unstable whether nothing is told of it until it is at rest
     * @param told when people were last told that it is open
     * @param latest what was last known of it
     */
    public record Row(
            String cause,
            PathBytes root,
            int uid,
            long openNames,
            long allNames,
            long allPaths,
            List<Instant> changes,
            boolean unstable,
            Optional<Instant> told,
            String latest) {}

    public List<Row> all() throws SQLException {
        List<Row> all = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ALL)) {
            while (rows.next()) {
                long told = rows.getLong(9);
                Optional<Instant> toldAt = rows.wasNull() ? Optional.empty() : Optional.of(Micros.time(told));
                all.add(new Row(
                        rows.getString(1),
                        PathBytes.of(rows.getBytes(2)),
                        (int) rows.getLong(3),
                        rows.getLong(4),
                        rows.getLong(5),
                        rows.getLong(6),
                        times(rows.getString(7)),
                        rows.getBoolean(8),
                        toldAt,
                        rows.getString(10)));
            }
        }
        return all;
    }

    long count() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(COUNT)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    public void put(List<Row> changed) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PUT)) {
            for (Row row : changed) {
                key(statement, row.cause(), row.root(), row.uid());
                statement.setLong(4, row.openNames());
                statement.setLong(5, row.allNames());
                statement.setLong(6, row.allPaths());
                statement.setString(7, text(row.changes()));
                statement.setBoolean(8, row.unstable());
                if (row.told().isPresent()) {
                    statement.setLong(9, Micros.of(row.told().get()));
                } else {
                    statement.setNull(9, Types.BIGINT);
                }
                statement.setString(10, row.latest());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    public void delete(String cause, PathBytes root, int uid) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
            key(statement, cause, root, uid);
            statement.executeUpdate();
        }
    }

    /**
     * Starts of the last finished scans of a root for somebody, or for anybody, newest first.
     *
     * @param server by the rules of which web server; empty: by permissions
     */
    public List<Instant> scans(PathBytes root, OptionalInt uid, String server, int limit) throws SQLException {
        List<Instant> starts = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(RECENT)) {
            for (long subject : subjects(root, uid, server)) {
                statement.setLong(1, subject);
                statement.setInt(2, limit);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        starts.add(Micros.time(rows.getLong(1)));
                    }
                }
            }
        }
        starts.sort(Comparator.reverseOrder());
        return starts.subList(0, Math.min(limit, starts.size()));
    }

    private List<Long> subjects(PathBytes root, OptionalInt uid, String server) throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(SUBJECTS)) {
            statement.setBytes(1, root.bytes());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Subject subject = SubjectTable.subject(rows, 2);
                    boolean meant = (uid.isEmpty() || uid.getAsInt() == subject.uid())
                            && subject.server().equals(server);
                    if (meant) {
                        ids.add(rows.getLong(1));
                    }
                }
            }
        }
        return ids;
    }

    private static void key(PreparedStatement statement, String cause, PathBytes root, int uid) throws SQLException {
        statement.setString(1, cause);
        statement.setBytes(2, root.bytes());
        statement.setLong(3, Integer.toUnsignedLong(uid));
    }

    private static String text(List<Instant> times) {
        return times.stream().map(t -> Long.toString(Micros.of(t))).collect(Collectors.joining(" "));
    }

    private static List<Instant> times(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(" "))
                        .map(t -> Micros.time(Long.parseLong(t)))
                        .toList();
    }
}
