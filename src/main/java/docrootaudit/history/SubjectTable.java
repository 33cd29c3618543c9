package docrootaudit.history;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.Subject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The statements about subjects of whose scans people are told: of a root for somebody it is one, as asked last. */
final class SubjectTable {
    private static final String IS_TOLD = "SELECT told FROM subject WHERE id = ?";
    private static final String TELL =
            "UPDATE subject SET told = (id = ?)" + " WHERE root = ? AND uid = ? AND (question LIKE ?) = ?";
    private static final String FORGET = "UPDATE subject SET told = FALSE WHERE id = ? AND told";

    private static final String MOUNT = "SELECT mount FROM subject WHERE id = ?";
    private static final String MOUNTED = "UPDATE subject SET mount = ? WHERE id = ? AND (mount IS NULL OR mount <> ?)";

    private final Connection connection;

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

    /** The mount point of the file system that the root was on when it was seen last. */
    Optional<PathBytes> mount(long subject) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MOUNT)) {
            statement.setLong(1, subject);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.ofNullable(rows.getBytes(1)).map(PathBytes::of) : Optional.empty();
            }
        }
    }

    void mounted(long subject, PathBytes mount) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MOUNTED)) {
            statement.setBytes(1, mount.bytes());
            statement.setLong(2, subject);
            statement.setBytes(3, mount.bytes());
            statement.executeUpdate();
        }
    }

    /** From now on people hear of these scans, and no more of those that asked something else there. */
    void tell(long id, Subject subject) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TELL)) {
            statement.setLong(1, id);
            statement.setBytes(2, subject.root().bytes());
            statement.setLong(3, Integer.toUnsignedLong(subject.uid()));
            statement.setString(4, "%" + Subject.FOR_A_HANDLER);
            statement.setBoolean(5, subject.isForHandler());
            statement.executeUpdate();
        }
    }

    /** Nobody hears of them any more. */
    void forget(long subject) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
            statement.setLong(1, subject);
            statement.executeUpdate();
        }
    }
}
