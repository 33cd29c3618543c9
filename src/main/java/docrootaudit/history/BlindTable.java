package docrootaudit.history;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.Unseen;
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

/** The statements about what the audit itself cannot see. */
final class BlindTable {
    private static final String ALL = "SELECT root, path, why, since FROM blind ORDER BY root, path";
    private static final String OF_ROOT = "SELECT root, path, why, since FROM blind WHERE root = ? ORDER BY path";
    private static final String ADD = "INSERT INTO blind (root, path, why, since) VALUES (?, ?, ?, ?)";
    private static final String FORGET = "DELETE FROM blind WHERE root = ?";
    private static final String REMOVE = "DELETE FROM blind WHERE root = ? AND path = ?";

    /** As much of a sentence as the column takes. */
    private static final int LONGEST = 2000;

    private final Connection connection;

    BlindTable(Connection connection) {
        this.connection = connection;
    }

    /** What changed. */
    record Difference(List<Blind> blinded, List<Blind> seeing) {}

    List<Blind> all() throws SQLException {
        List<Blind> all = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ALL)) {
            while (rows.next()) {
                all.add(blind(rows));
            }
        }
        return all;
    }

    /** A scan looked at the whole root but for some parts. */
    Difference saw(PathBytes root, Instant scan, List<Unseen> but) throws SQLException {
        Map<PathBytes, Blind> before = ofRoot(root);
        List<Blind> blinded = new ArrayList<>();
        for (Unseen part : but) {
            PathBytes path = Coverage.withoutSlash(part.path());
            if (!part.wanted() && before.remove(path) == null) {
                blinded.add(new Blind(root, path, cut(part.why()), scan));
            }
        }
        return write(new Difference(distinct(blinded), List.copyOf(before.values())));
    }

    /** A scan did not come to its end, for that reason: what it should have seen is known no better than before. */
    Difference missed(PathBytes root, Instant scan, String why) throws SQLException {
        boolean known = ofRoot(root).containsKey(root);
        List<Blind> blinded = known ? List.of() : List.of(new Blind(root, root, cut(why), scan));
        return write(new Difference(blinded, List.of()));
    }

    /** Nobody looks there any more. */
    void forget(PathBytes root) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
            statement.setBytes(1, root.bytes());
            statement.executeUpdate();
        }
    }

    private static List<Blind> distinct(List<Blind> blinds) {
        Map<PathBytes, Blind> byPath = new LinkedHashMap<>();
        blinds.forEach(b -> byPath.putIfAbsent(b.path(), b));
        return List.copyOf(byPath.values());
    }

    private Map<PathBytes, Blind> ofRoot(PathBytes root) throws SQLException {
        Map<PathBytes, Blind> known = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(OF_ROOT)) {
            statement.setBytes(1, root.bytes());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Blind blind = blind(rows);
                    known.put(blind.path(), blind);
                }
            }
        }
        return known;
    }

    private Difference write(Difference difference) throws SQLException {
        try (PreparedStatement add = connection.prepareStatement(ADD);
                PreparedStatement remove = connection.prepareStatement(REMOVE)) {
            for (Blind blind : difference.blinded()) {
                add.setBytes(1, blind.root().bytes());
                add.setBytes(2, blind.path().bytes());
                add.setString(3, blind.why());
                add.setLong(4, Micros.of(blind.since()));
                add.addBatch();
            }
            add.executeBatch();
            for (Blind blind : difference.seeing()) {
                remove.setBytes(1, blind.root().bytes());
                remove.setBytes(2, blind.path().bytes());
                remove.addBatch();
            }
            remove.executeBatch();
        }
        return difference;
    }

    private static Blind blind(ResultSet row) throws SQLException {
        return new Blind(
                PathBytes.of(row.getBytes(1)),
                PathBytes.of(row.getBytes(2)),
                row.getString(3),
                Micros.time(row.getLong(4)));
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
