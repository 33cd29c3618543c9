package docrootaudit.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The statements about what happened and waits to be told. */
public final class EventTable {
    private static final String ADD = "INSERT INTO event (queued, deferred, silent, body) VALUES (?, FALSE, ?, ?)";
    private static final String ALL = "SELECT id, queued, deferred, body FROM event ORDER BY id";
    private static final String DEFER = "UPDATE event SET deferred = TRUE WHERE id = ?";
    private static final String DELETE = "DELETE FROM event WHERE id = ?";
    private static final String COUNT = "SELECT COUNT(*) FROM event";
    private static final String COUNT_TOLD = "SELECT COUNT(*) FROM event WHERE NOT silent";

    private final Connection connection;

    EventTable(Connection connection) {
        this.connection = connection;
    }

    /**
     * Something that waits.
     *
     * @param id ascends with the order in which things happened
     * @param queued when it was written
     * @param deferred whether it has met a silence
     * @param body as it was given
     */
    public record Row(long id, Instant queued, boolean deferred, String body) {}

    public void add(Instant queued, List<Alerting.Queued> events) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ADD)) {
            for (Alerting.Queued event : events) {
                statement.setLong(1, Micros.of(queued));
                statement.setBoolean(2, event.hearing() == Alerting.Hearing.SILENT);
                statement.setString(3, event.body());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** All, in order. */
    public List<Row> all() throws SQLException {
        List<Row> all = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ALL)) {
            while (rows.next()) {
                all.add(new Row(rows.getLong(1), Micros.time(rows.getLong(2)), rows.getBoolean(3), rows.getString(4)));
            }
        }
        return all;
    }

    /** Notes that they have met a silence. */
    public void defer(List<Long> ids) throws SQLException {
        each(DEFER, ids);
    }

    public void delete(List<Long> ids) throws SQLException {
        each(DELETE, ids);
    }

    long count() throws SQLException {
        return count(COUNT);
    }

    /** How many somebody is told of. */
    long countTold() throws SQLException {
        return count(COUNT_TOLD);
    }

    private long count(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void each(String sql, List<Long> ids) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (long id : ids) {
                statement.setLong(1, id);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
