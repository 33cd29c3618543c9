package docrootaudit.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The statements that forget. */
final class Retention {
    private static final String OLD_SCANS = "SELECT id, subject FROM scan WHERE ended < ? ORDER BY id";
    private static final String CLOSED_REFUSALS = "DELETE FROM refusal WHERE subject = ? AND until_scan = ?";
    private static final String CLOSED_UNSEEN = "DELETE FROM unseen WHERE subject = ? AND until_scan = ?";
    private static final String NEEDED = "SELECT MAX(id) FROM scan GROUP BY subject"
            + " UNION SELECT MAX(id) FROM scan WHERE finished GROUP BY subject"
            + " UNION SELECT from_scan FROM unseen"
            + " UNION SELECT until_scan FROM unseen WHERE until_scan IS NOT NULL";
    private static final String NEEDED_BY_REFUSALS = "SELECT DISTINCT first_scan, from_scan, until_scan FROM refusal";
    private static final String SCAN = "DELETE FROM scan WHERE id = ?";

    private final Connection connection;

    Retention(Connection connection) {
        this.connection = connection;
    }

    /** Forgets what ended before that time. */
    void forget(Instant before) throws SQLException {
        Map<Long, Long> old = scansEnded(before);
        if (old.isEmpty()) {
            return;
        }
        for (String sql : new String[] {CLOSED_REFUSALS, CLOSED_UNSEEN}) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (Map.Entry<Long, Long> scan : old.entrySet()) {
                    statement.setLong(1, scan.getValue());
                    statement.setLong(2, scan.getKey());
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        }
        old.keySet().removeAll(needed());
        try (PreparedStatement statement = connection.prepareStatement(SCAN)) {
            for (long scan : old.keySet()) {
                statement.setLong(1, scan);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** Scans and their subjects. */
    private Map<Long, Long> scansEnded(Instant before) throws SQLException {
        Map<Long, Long> scans = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(OLD_SCANS)) {
            statement.setLong(1, Micros.of(before));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    scans.put(rows.getLong(1), rows.getLong(2));
                }
            }
        }
        return scans;
    }

    /** The last scans, which the next are compared with, and those that tell the time of something kept. */
    private Set<Long> needed() throws SQLException {
        Set<Long> needed = new HashSet<>();
        for (String sql : new String[] {NEEDED, NEEDED_BY_REFUSALS}) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                int columns = rows.getMetaData().getColumnCount();
                while (rows.next()) {
                    for (int i = 1; i <= columns; i++) {
                        needed.add(rows.getLong(i));
                    }
                }
            }
        }
        return needed;
    }
}
