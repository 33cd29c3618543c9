package docrootaudit.history;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.Unseen;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The statements about what finished scans did not look at. */
final class UnseenTable {
    private static final String OPEN =
            "SELECT id, path, why, wanted FROM unseen WHERE subject = ? AND until_scan IS NULL";
    private static final String ADD =
            "INSERT INTO unseen (subject, path, why, wanted, from_scan) VALUES (?, ?, ?, ?, ?)";
    private static final String CLOSE = "UPDATE unseen SET until_scan = ? WHERE id = ?";
    private static final String FROM_AT = "SELECT from_scan FROM unseen WHERE subject = ? AND path = ?"
            + " AND from_scan <= ? AND (until_scan IS NULL OR until_scan > ?)";

    /** As much of a sentence as the column takes. */
    private static final int LONGEST = 2000;

    private final Connection connection;

    UnseenTable(Connection connection) {
        this.connection = connection;
    }

    /** Writes what changed against the last finished scan. */
    void replace(long subject, long scan, List<Unseen> unseen) throws SQLException {
        Set<Unseen> missing = new HashSet<>();
        for (Unseen part : unseen) {
            missing.add(new Unseen(Coverage.withoutSlash(part.path()), cut(part.why()), part.wanted()));
        }
        try (PreparedStatement open = connection.prepareStatement(OPEN);
                PreparedStatement close = connection.prepareStatement(CLOSE);
                PreparedStatement add = connection.prepareStatement(ADD)) {
            open.setLong(1, subject);
            try (ResultSet rows = open.executeQuery()) {
                while (rows.next()) {
                    var known = new Unseen(PathBytes.of(rows.getBytes(2)), rows.getString(3), rows.getBoolean(4));
                    if (!missing.remove(known)) {
                        close.setLong(1, scan);
                        close.setLong(2, rows.getLong(1));
                        close.addBatch();
                    }
                }
            }
            close.executeBatch();
            for (Unseen part : missing) {
                add.setLong(1, subject);
                add.setBytes(2, part.path().bytes());
                add.setString(3, part.why());
                add.setBoolean(4, part.wanted());
                add.setLong(5, scan);
                add.addBatch();
            }
            add.executeBatch();
        }
    }

    /** Since which scan a path itself, as it is written, was unseen at that scan; 0 if it was not. */
    long unseenSince(long subject, PathBytes path, long scan) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FROM_AT)) {
            statement.setLong(1, subject);
            statement.setBytes(2, path.bytes());
            statement.setLong(3, scan);
            statement.setLong(4, scan);
            long since = 0;
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    since = since == 0 ? rows.getLong(1) : Math.min(since, rows.getLong(1));
                }
            }
            return since;
        }
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
