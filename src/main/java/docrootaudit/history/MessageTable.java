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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The statements about composed messages: the outbox. */
public final class MessageTable {
    private static final String ADD = "INSERT INTO message (message_id, recipient, composed, body, state, tries,"
            + " next_try, answer) VALUES (?, ?, ?, ?, 'pending', 0, ?, '')";
    private static final String COLUMNS = "SELECT id, message_id, recipient, composed, state, tries, next_try, answer,"
            + " ended, body FROM message ";
    private static final String DUE =
            COLUMNS + "WHERE state = 'pending' AND (next_try <= ? OR next_try > ?) ORDER BY id FETCH FIRST ? ROWS ONLY";
    private static final String IN_STATE = COLUMNS + "WHERE state = ? ORDER BY id FETCH FIRST ? ROWS ONLY";
    private static final String NEXT = "SELECT MIN(next_try) FROM message WHERE state = 'pending'";
    private static final String COMPOSED =
            "SELECT recipient, composed FROM message WHERE composed > ? ORDER BY composed";
    private static final String TRIED =
            "UPDATE message SET state = ?, tries = tries + 1, next_try = ?, answer = ?, ended = ? WHERE id = ?";
    private static final String COUNT = "SELECT COUNT(*) FROM message WHERE state = ?";
    private static final String FORGET = "DELETE FROM message WHERE state <> 'pending' AND ended < ?";

    /** As much of an answer as the column takes. */
    private static final int LONGEST = 2000;

    private final Connection connection;

    MessageTable(Connection connection) {
        this.connection = connection;
    }

    /** What has become of a message. */
    public enum State {
        PENDING,
        SENT,
        UNDELIVERABLE;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A message.
     *
     * @param id ascends with the order in which they were composed
     * @param messageId the same at each try
     * @param recipient to whom
     * @param composed when
     * @param state what has become of it
     * @param tries how often it was tried
     * @param nextTry not before then
     * @param answer what the other side said last
     * @param ended when it was delivered or given up
     * @param body as it was given
     */
    public record Row(
            long id,
            String messageId,
            String recipient,
            Instant composed,
            State state,
            int tries,
            Instant nextTry,
            String answer,
            Optional<Instant> ended,
            String body) {}

    public void add(String messageId, String recipient, Instant composed, String body) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ADD)) {
            statement.setString(1, messageId);
            statement.setString(2, recipient);
            statement.setLong(3, Micros.of(composed));
            statement.setString(4, body);
            statement.setLong(5, Micros.of(composed));
            statement.executeUpdate();
        }
    }

    /** Those to be tried by now or only after the latest time that can be, oldest first. */
    public List<Row> due(Instant now, Instant latest, int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DUE)) {
            statement.setLong(1, Micros.of(now));
            statement.setLong(2, Micros.of(latest));
            statement.setInt(3, limit);
            return rows(statement);
        }
    }

    /** Those in a state, oldest first. */
    public List<Row> in(State state, int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(IN_STATE)) {
            statement.setString(1, state.word());
            statement.setInt(2, limit);
            return rows(statement);
        }
    }

    /** When the next is to be tried. */
    public Optional<Instant> nextTry() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(NEXT)) {
            rows.next();
            long next = rows.getLong(1);
            return rows.wasNull() ? Optional.empty() : Optional.of(Micros.time(next));
        }
    }

    /** When those that are younger were composed, by recipient, oldest first. */
    public Map<String, List<Instant>> composed(Instant after) throws SQLException {
        Map<String, List<Instant>> times = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(COMPOSED)) {
            statement.setLong(1, Micros.of(after));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    times.computeIfAbsent(rows.getString(1), r -> new ArrayList<>())
                            .add(Micros.time(rows.getLong(2)));
                }
            }
        }
        return times;
    }

    /** Was tried once more. */
    public void tried(long id, State state, Instant at, Instant nextTry, String answer) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TRIED)) {
            statement.setString(1, state.word());
            statement.setLong(2, Micros.of(nextTry));
            statement.setString(3, answer.length() <= LONGEST ? answer : answer.substring(0, LONGEST));
            statement.setObject(4, state == State.PENDING ? null : Micros.of(at));
            statement.setLong(5, id);
            statement.executeUpdate();
        }
    }

    long count(State state) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
            statement.setString(1, state.word());
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    /** Forgets what ended before that time. */
    void forget(Instant before) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
            statement.setLong(1, Micros.of(before));
            statement.executeUpdate();
        }
    }

    private static List<Row> rows(PreparedStatement statement) throws SQLException {
        List<Row> all = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                long ended = rows.getLong(9);
                Optional<Instant> end = rows.wasNull() ? Optional.empty() : Optional.of(Micros.time(ended));
                all.add(new Row(
                        rows.getLong(1),
                        rows.getString(2),
                        rows.getString(3),
                        Micros.time(rows.getLong(4)),
                        State.valueOf(rows.getString(5).toUpperCase(Locale.ROOT)),
                        rows.getInt(6),
                        Micros.time(rows.getLong(7)),
                        rows.getString(8),
                        end,
                        rows.getString(10)));
            }
        }
        return all;
    }
}
