package docrootaudit.history;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.CauseKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The rows that are open for a subject, in the order of {@link Place} and first name, one at a time. */
final class OpenRows implements AutoCloseable {
    /** The whole index in the order, else H2 would sort, and to sort it gathers. */
    private static final String IN_ORDER = "SELECT id, directory, family, blame, kind, rule, behind, intended, paths,"
            + " first_scan, from_scan, cause, first_name, names FROM refusal WHERE subject = ? AND until_scan IS NULL"
            + " ORDER BY subject, until_scan, directory, family, blame, first_name";

    private final PreparedStatement statement;
    private final ResultSet rows;
    private Optional<OpenRow> head;

    OpenRows(Connection stream, long subject) throws SQLException {
        statement = stream.prepareStatement(IN_ORDER);
        try {
            statement.setLong(1, subject);
            rows = statement.executeQuery();
            head = read();
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    /** The row that comes next. */
    Optional<OpenRow> peek() {
        return head;
    }

    OpenRow take() throws SQLException {
        OpenRow taken = head.orElseThrow();
        head = read();
        return taken;
    }

    private Optional<OpenRow> read() throws SQLException {
        if (!rows.next()) {
            return Optional.empty();
        }
        Place place = new Place(PathBytes.of(rows.getBytes(2)), rows.getString(3), PathBytes.of(rows.getBytes(4)));
        Way way = new Way(CauseKind.of(rows.getString(5)), rows.getString(6), rows.getBoolean(7), rows.getBoolean(8));
        return Optional.of(new OpenRow(
                rows.getLong(1),
                place,
                way,
                rows.getLong(9),
                rows.getLong(10),
                rows.getLong(11),
                rows.getString(12),
                rows.getBytes(13),
                rows.getBytes(14)));
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
