package docrootaudit.history;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.Subject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The statements about subjects of whose scans people are told: of a root for somebody it is one, as asked last. */
public final class SubjectTable {
    private static final String IS_TOLD = "SELECT told FROM subject WHERE id = ?";
    private static final String TELL = "UPDATE subject SET told = TRUE WHERE id = ?";
    private static final String TELL_ALONE = "UPDATE subject SET told = (id = ?) WHERE root = ?";
    private static final String FORGET = "UPDATE subject SET told = FALSE WHERE id = ? AND told";
    private static final String FORGET_ROOT = "UPDATE subject SET told = FALSE WHERE root = ? AND told";
    private static final String HEARD = "SELECT DISTINCT root, uid FROM subject WHERE told";

    private final Connection connection;

    /**
     * What people hear of.
     *
     * @param root as scanned
     * @param uid of whose access (unsigned)
     */
    public record Heard(PathBytes root, int uid) {}

    SubjectTable(Connection connection) {
        this.connection = connection;
    }

    boolean isTold(long subject) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(IS_TOLD)) {
            statement.setLong(1, subject);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    /**
     * From now on people hear of these scans. If they are the web server's, they hear no more of any others of its root:
     * those asked something else there, or for somebody else, and the handlers of this scan are told of after it.
     */
    void tell(long id, Subject subject) throws SQLException {
        boolean alone = !subject.isForHandler();
        try (PreparedStatement statement = connection.prepareStatement(alone ? TELL_ALONE : TELL)) {
            statement.setLong(1, id);
            if (alone) {
                statement.setBytes(2, subject.root().bytes());
            }
            statement.executeUpdate();
        }
    }

    /** Of whose access people hear, and in which root. */
    public List<Heard> heard() throws SQLException {
        List<Heard> heard = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(HEARD)) {
            while (rows.next()) {
                heard.add(new Heard(PathBytes.of(rows.getBytes(1)), (int) rows.getLong(2)));
            }
        }
        return heard;
    }

    /**
     * Nobody hears of a root any more, until all of it is told anew.
     *
     * @param root as scanned
     */
    public void forget(PathBytes root) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FORGET_ROOT)) {
            statement.setBytes(1, root.bytes());
            statement.executeUpdate();
        }
        new BlindTable(connection).forget(root);
    }

    /** Nobody hears of them any more. */
    void forget(long subject) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
            statement.setLong(1, subject);
            statement.executeUpdate();
        }
    }
}
