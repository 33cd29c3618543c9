package docrootaudit.history;

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

/** The statements about what each recipient was told, and what is still to be told to it. */
public final class RecipientTable {
    private static final String TOLD =
            "SELECT recipient, cause, messages, is_open FROM thread" + " ORDER BY recipient, cause";
    private static final String PUT = "MERGE INTO thread (recipient, cause, messages, is_open, touched)"
            + " KEY (recipient, cause) VALUES (?, ?, ?, ?, ?)";
    private static final String SURPLUS = "SELECT recipient, body FROM surplus ORDER BY id";
    private static final String CLEAR_SURPLUS = "DELETE FROM surplus WHERE recipient = ?";
    private static final String ADD_SURPLUS = "INSERT INTO surplus (recipient, body) VALUES (?, ?)";
    private static final String FORGET = "DELETE FROM thread WHERE NOT is_open AND touched < ?";

    private final Connection connection;

    RecipientTable(Connection connection) {
        this.connection = connection;
    }

    /**
     * What a recipient knows of a cause.
     *
     * @param messages the ids of those that told of it, oldest first
     * @param open whether the last it was told is that the cause is there
     */
    public record Told(String recipient, String cause, List<String> messages, boolean open) {}

    public List<Told> told() throws SQLException {
        List<Told> threads = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TOLD)) {
            while (rows.next()) {
                String ids = rows.getString(3);
                threads.add(new Told(
                        rows.getString(1),
                        rows.getString(2),
                        ids.isEmpty() ? List.of() : List.of(ids.split("\n")),
                        rows.getBoolean(4)));
            }
        }
        return threads;
    }

    public void put(List<Told> changed, Instant now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PUT)) {
            for (Told thread : changed) {
                statement.setString(1, thread.recipient());
                statement.setString(2, thread.cause());
                statement.setString(3, String.join("\n", thread.messages()));
                statement.setBoolean(4, thread.open());
                statement.setLong(5, Micros.of(now));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** What is still to be told, by recipient, in order. */
    public Map<String, List<String>> surplus() throws SQLException {
        Map<String, List<String>> all = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(SURPLUS)) {
            while (rows.next()) {
                all.computeIfAbsent(rows.getString(1), r -> new ArrayList<>()).add(rows.getString(2));
            }
        }
        return all;
    }

    /** Replaces what is still to be told to a recipient. */
    public void surplus(String recipient, List<String> bodies) throws SQLException {
        try (PreparedStatement clear = connection.prepareStatement(CLEAR_SURPLUS);
                PreparedStatement add = connection.prepareStatement(ADD_SURPLUS)) {
            clear.setString(1, recipient);
            clear.executeUpdate();
            for (String body : bodies) {
                add.setString(1, recipient);
                add.setString(2, body);
                add.addBatch();
            }
            add.executeBatch();
        }
    }

    /** Forgets threads that ended before that time. */
    void forget(Instant before) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
            statement.setLong(1, Micros.of(before));
            statement.executeUpdate();
        }
    }
}
