package docrootaudit.history;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.RootMounts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The statements about where the file systems of a subject's root were mounted when it was seen last. */
final class MountTable {
    private static final String ROOT = "SELECT mount FROM subject WHERE id = ?";
    private static final String SET_ROOT = "UPDATE subject SET mount = ? WHERE id = ?";
    private static final String BELOW = "SELECT point FROM mount WHERE subject = ?";
    private static final String FORGET = "DELETE FROM mount WHERE subject = ?";
    private static final String ADD = "INSERT INTO mount (subject, point) VALUES (?, ?)";

    private final Connection connection;
    private final long subject;

    MountTable(Connection connection, long subject) {
        this.connection = connection;
        this.subject = subject;
    }

    /** Empty if it was never seen. */
    Optional<RootMounts> get() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ROOT)) {
            statement.setLong(1, subject);
            try (ResultSet rows = statement.executeQuery()) {
                byte[] root = rows.next() ? rows.getBytes(1) : null;
                return root == null ? Optional.empty() : Optional.of(new RootMounts(PathBytes.of(root), below()));
            }
        }
    }

    private Set<PathBytes> below() throws SQLException {
        Set<PathBytes> points = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(BELOW)) {
            statement.setLong(1, subject);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    points.add(PathBytes.of(rows.getBytes(1)));
                }
            }
        }
        return points;
    }

    /** Writes what changed. */
    void put(RootMounts mounts) throws SQLException {
        Optional<RootMounts> before = get();
        if (before.equals(Optional.of(mounts))) {
            return;
        }
        try (PreparedStatement root = connection.prepareStatement(SET_ROOT);
                PreparedStatement forget = connection.prepareStatement(FORGET);
                PreparedStatement add = connection.prepareStatement(ADD)) {
            root.setBytes(1, mounts.root().bytes());
            root.setLong(2, subject);
            root.executeUpdate();
            forget.setLong(1, subject);
            forget.executeUpdate();
            for (PathBytes point : mounts.below()) {
                add.setLong(1, subject);
                add.setBytes(2, point.bytes());
                add.addBatch();
            }
            add.executeBatch();
        }
    }
}
