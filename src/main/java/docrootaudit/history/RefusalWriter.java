package docrootaudit.history;

import docrootaudit.history.Interval.Ending;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Locale;

/** Writes rows of refusals, in batches. */
final class RefusalWriter implements AutoCloseable {
    private static final String INSERT = "INSERT INTO refusal (subject, directory, family, blame, first_name, names,"
            + " kind, rule, behind, intended, paths, first_scan, from_scan, cause, until_scan, ending)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String SHRINK = "UPDATE refusal SET first_name = ?, names = ?, paths = ? WHERE id = ?";
    private static final String RECOUNT = "UPDATE refusal SET paths = ? WHERE id = ?";
    private static final String CLOSE = "UPDATE refusal SET until_scan = ?, ending = ? WHERE id = ?";

    private static final String UNTELL = "UPDATE refusal SET cause = '' WHERE id = ?";

    private static final int BATCH_ROWS = 1000;
    private static final int BATCH_BYTES = 512 << 10;

    private final long subject;
    private final long scan;
    private final PreparedStatement insert;
    private final PreparedStatement shrink;
    private final PreparedStatement recount;
    private final PreparedStatement close;
    private final PreparedStatement untell;
    private int rows;
    private int bytes;

    RefusalWriter(Connection connection, long subject, long scan) throws SQLException {
        this.subject = subject;
        this.scan = scan;
        insert = connection.prepareStatement(INSERT);
        shrink = connection.prepareStatement(SHRINK);
        recount = connection.prepareStatement(RECOUNT);
        close = connection.prepareStatement(CLOSE);
        untell = connection.prepareStatement(UNTELL);
    }

    /** Names that are refused in this way from this scan on. */
    void open(Place place, Way way, byte[] names, long paths, long firstScan, String cause) throws SQLException {
        insert(place, way, names, paths, firstScan, scan, cause);
        insert.setObject(15, null);
        insert.setObject(16, null);
        insert.addBatch();
        added(names.length);
    }

    /** Names of an open row that are no longer refused in its way, while others of it are. */
    void closePart(OpenRow row, byte[] names, long paths, Ending ending) throws SQLException {
        insert(row.place, row.way, names, paths, row.firstScan, row.fromScan, row.cause);
        insert.setLong(15, scan);
        insert.setString(16, word(ending));
        insert.addBatch();
        added(names.length);
    }

    void close(OpenRow row, Ending ending) throws SQLException {
        close.setLong(1, scan);
        close.setString(2, word(ending));
        close.setLong(3, row.id);
        close.addBatch();
        added(0);
    }

    /** Names of an open row of which people no longer hear, while they do of others of it. */
    void untellPart(OpenRow row, byte[] names, long paths) throws SQLException {
        insert(row.place, row.way, names, paths, row.firstScan, row.fromScan, "");
        insert.setObject(15, null);
        insert.setObject(16, null);
        insert.addBatch();
        added(names.length);
    }

    /** People no longer hear of an open row. */
    void untell(OpenRow row) throws SQLException {
        untell.setLong(1, row.id);
        untell.addBatch();
        added(0);
    }

    /** Leaves an open row those names only. */
    void shrink(OpenRow row, byte[] names, long paths) throws SQLException {
        shrink.setBytes(1, firstName(names));
        shrink.setBytes(2, names);
        shrink.setLong(3, paths);
        shrink.setLong(4, row.id);
        shrink.addBatch();
        added(names.length);
    }

    void recount(OpenRow row, long paths) throws SQLException {
        recount.setLong(1, paths);
        recount.setLong(2, row.id);
        recount.addBatch();
        added(0);
    }

    void flush() throws SQLException {
        if (rows > 0) {
            insert.executeBatch();
            shrink.executeBatch();
            recount.executeBatch();
            close.executeBatch();
            untell.executeBatch();
        }
        rows = 0;
        bytes = 0;
    }

    private void insert(Place place, Way way, byte[] names, long paths, long firstScan, long fromScan, String cause)
            throws SQLException {
        insert.setLong(1, subject);
        insert.setBytes(2, place.directory().bytes());
        insert.setString(3, place.family());
        insert.setBytes(4, place.blame().bytes());
        insert.setBytes(5, firstName(names));
        insert.setBytes(6, names);
        insert.setString(7, way.kind().word());
        insert.setString(8, way.rule());
        insert.setBoolean(9, way.behind());
        insert.setBoolean(10, way.intended());
        insert.setLong(11, paths);
        insert.setLong(12, firstScan);
        insert.setLong(13, fromScan);
        insert.setString(14, cause);
    }

    private void added(int size) throws SQLException {
        rows++;
        bytes += size;
        if (rows >= BATCH_ROWS || bytes >= BATCH_BYTES) {
            flush();
        }
    }

    private static byte[] firstName(byte[] names) {
        int end = 0;
        while (names[end] != 0) {
            end++;
        }
        return java.util.Arrays.copyOf(names, end);
    }

    private static String word(Ending ending) {
        return ending.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() throws SQLException {
        insert.close();
        shrink.close();
        recount.close();
        close.close();
        untell.close();
    }
}
