package docrootaudit.history;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.Subject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The statements about subjects of whose scans people are told: of a root for somebody it is one, as asked last. */
public final class SubjectTable {
    private static final String IS_TOLD = "SELECT told FROM subject WHERE id = ?";
    private static final String TELL = "UPDATE subject SET told = TRUE WHERE id = ?";
    private static final String TELL_ALONE = "UPDATE subject SET told = (id = ?) WHERE root = ?";
    private static final String OF_ROOT = "SELECT id, root, uid, question FROM subject WHERE root = ? AND told";
    private static final String FORGET = "UPDATE subject SET told = FALSE WHERE id = ? AND told";
    private static final String FORGET_ROOT = "UPDATE subject SET told = FALSE WHERE root = ? AND told";
    private static final String UNASKED = "SELECT id, root, uid, question FROM subject WHERE told"
            + " AND NOT EXISTS (SELECT 1 FROM scan WHERE scan.subject = subject.id AND scan.ended >= ?)";
    private static final String HEARD = "SELECT root, uid, question FROM subject WHERE told";

    private final Connection connection;

    /**
     * What people hear of.
     *
     * @param root as scanned
     * @param uid of whose access (unsigned)
     * @param server by the rules of which web server; empty: by permissions
     */
    public record Heard(PathBytes root, int uid, String server) {}

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
     * those asked something else there, or for somebody else, and the handlers of this scan are told of after it, as are the
     * rules of web servers. Of the rules of one server they hear as asked last.
     */
    void tell(long id, Subject subject) throws SQLException {
        if (!subject.server().isEmpty()) {
            forget(subject.root(), s -> s.server().equals(subject.server()));
        }
        boolean alone = !subject.isForHandler() && subject.server().isEmpty();
        try (PreparedStatement statement = connection.prepareStatement(alone ? TELL_ALONE : TELL)) {
            statement.setLong(1, id);
            if (alone) {
                statement.setBytes(2, subject.root().bytes());
            }
            statement.executeUpdate();
        }
    }

    /** Nobody hears any more of such scans of a root. */
    void forget(PathBytes root, Predicate<Subject> some) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OF_ROOT)) {
            statement.setBytes(1, root.bytes());
            forget(statement, some);
        }
    }

    /** Nobody hears any more of the rules of servers that no scan has asked since then: they are taken for removed. */
    void forgetServersUnasked(Instant since) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UNASKED)) {
            statement.setLong(1, Micros.of(since));
            forget(statement, s -> !s.server().isEmpty());
        }
    }

    private void forget(PreparedStatement subjects, Predicate<Subject> some) throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (ResultSet rows = subjects.executeQuery()) {
            while (rows.next()) {
                if (some.test(subject(rows, 2))) {
                    ids.add(rows.getLong(1));
                }
            }
        }
        for (long id : ids) {
            forget(id);
        }
    }

    /** The subject whose root, uid and question begin at a column. */
    static Subject subject(ResultSet row, int at) throws SQLException {
        return new Subject(PathBytes.of(row.getBytes(at)), (int) row.getLong(at + 1), row.getString(at + 2));
    }

    /** Of whose access people hear, and in which root. */
    public Set<Heard> heard() throws SQLException {
        Set<Heard> heard = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(HEARD)) {
            while (rows.next()) {
                Subject subject = subject(rows, 1);
                heard.add(new Heard(subject.root(), subject.uid(), subject.server()));
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
