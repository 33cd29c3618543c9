package docrootaudit.history;

import docrootaudit.access.PathBytes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The statements about what nobody wants to hear of for a while. */
public final class SilenceTable {
    private static final String ACKS = "SELECT cause, made, until_time FROM ack ORDER BY cause";
    private static final String ACK = "MERGE INTO ack (cause, made, until_time) KEY (cause) VALUES (?, ?, ?)";
    private static final String UNACK = "DELETE FROM ack WHERE cause = ?";
    private static final String QUIETS = "SELECT root, from_time, until_time FROM quiet ORDER BY root";
    private static final String QUIET = "MERGE INTO quiet (root, from_time, until_time) KEY (root) VALUES (?, ?, ?)";
    private static final String LOUD = "DELETE FROM quiet WHERE root = ?";

    private final Connection connection;

    SilenceTable(Connection connection) {
        this.connection = connection;
    }

    /**
     * A cause that is known.
     *
     * @param made when somebody said so
     * @param until when it is to be told again; empty: not before it is over
     */
    public record Ack(String cause, Instant made, Optional<Instant> until) {}

    /** A root that is being worked on. */
    public record Quiet(PathBytes root, Instant from, Instant until) {}

    public List<Ack> acks() throws SQLException {
        List<Ack> acks = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ACKS)) {
            while (rows.next()) {
                long until = rows.getLong(3);
                Optional<Instant> end = rows.wasNull() ? Optional.empty() : Optional.of(Micros.time(until));
                acks.add(new Ack(rows.getString(1), Micros.time(rows.getLong(2)), end));
            }
        }
        return acks;
    }

    /** Adds one, or replaces that of the same cause. */
    public void add(Ack ack) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ACK)) {
            statement.setString(1, ack.cause());
            statement.setLong(2, Micros.of(ack.made()));
            if (ack.until().isPresent()) {
                statement.setLong(3, Micros.of(ack.until().get()));
            } else {
                statement.setNull(3, Types.BIGINT);
            }
            statement.executeUpdate();
        }
    }

    /** Answers whether there was one. */
    public boolean removeAck(String cause) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UNACK)) {
            statement.setString(1, cause);
            return statement.executeUpdate() > 0;
        }
    }

    public List<Quiet> quiets() throws SQLException {
        List<Quiet> quiets = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(QUIETS)) {
            while (rows.next()) {
                quiets.add(new Quiet(
                        PathBytes.of(rows.getBytes(1)), Micros.time(rows.getLong(2)), Micros.time(rows.getLong(3))));
            }
        }
        return quiets;
    }

    /** Adds one, or replaces that of the same root. */
    public void add(Quiet quiet) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(QUIET)) {
            statement.setBytes(1, quiet.root().bytes());
            statement.setLong(2, Micros.of(quiet.from()));
            statement.setLong(3, Micros.of(quiet.until()));
            statement.executeUpdate();
        }
    }

    /** Answers whether there was one. */
    public boolean removeQuiet(PathBytes root) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOUD)) {
            statement.setBytes(1, root.bytes());
            return statement.executeUpdate() > 0;
        }
    }
}
