package docrootaudit.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.Seed;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Guards every change of the database: {@code -Dhistory.kills=200} for a longer proof. */
class KilledWriterIT {
    private static final int KILLS = Integer.getInteger("history.kills", 25);

    @TempDir
    private Path temporary;

    @Test
    @Timeout(3600)
    void whatever_was_acknowledged_survives_a_kill() throws Exception {
        Path directory = temporary.resolve("store");
        Random random = new Random(Seed.of("killed writers"));
        int acknowledged = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            int next = acknowledged + 1;
            List<String> lines;
            try (Forked writer = Forked.run("record", directory.toString(), Integer.toString(next))) {
                writer.line();
                writer.runsFor(Duration.ofMillis(random.nextInt(250)));
                writer.kill();
                lines = writer.lines();
            }
            int last = lines.isEmpty() ? next : Integer.parseInt(lines.get(lines.size() - 1));
            acknowledged = check(directory, last, kill % 2 == 0);
        }
        assertTrue(acknowledged > KILLS);
    }

    @Test
    @Timeout(3600)
    void a_store_that_is_made_smaller_survives_a_kill() throws Exception {
        Path directory = temporary.resolve("store");
        Random random = new Random(Seed.of("killed while tidying up"));
        for (int kill = 1; kill <= KILLS; kill++) {
            try (History history = Scans.open(directory)) {
                assertEquals(kill - 1, history.scans(1 << 20).size());
                history.record(Scans.finished(kill), Writer.observed(kill, 2000));
            }
            try (Forked writer = Forked.run("tidy", directory.toString())) {
                writer.line();
                writer.runsFor(Duration.ofMillis(random.nextInt(150)));
            }
        }
    }

    /** Answers the last hour that is there, which may be one more than acknowledged. */
    private static int check(Path directory, int acknowledged, boolean byReaderFirst) throws Exception {
        if (byReaderFirst) {
            try (History history = History.openForReading(directory, Scans.NOBODY, Duration.ZERO)) {
                assertTrue(history.scans(1 << 20).size() >= acknowledged);
            }
        }
        int last;
        try (History history = Scans.open(directory)) {
            List<RecordedScan> scans = history.scans(1 << 20);
            last = scans.size();
            assertTrue(last == acknowledged || last == acknowledged + 1, acknowledged + " acknowledged, " + last);
            for (int i = 0; i < last; i++) {
                assertEquals(Scans.hour(last - i), scans.get(i).started());
            }
        }
        try (Connection connection =
                        DriverManager.getConnection("jdbc:h2:file:" + directory.resolve("history"), "", "");
                Statement statement = connection.createStatement()) {
            long rows = number(statement, "SELECT COUNT(*) FROM (SELECT names FROM refusal WHERE paths >= 0)");
            assertEquals(rows, number(statement, "SELECT COUNT(*) FROM refusal WHERE directory >= X''"));
            assertEquals(
                    rows,
                    number(statement, "SELECT COUNT(*) FROM refusal USE INDEX (refusal_in_order) WHERE subject >= 0"));
            assertEquals(
                    number(statement, "SELECT COUNT(*) FROM refusal WHERE until_scan IS NULL AND paths >= 0"),
                    Writer.observed(last, 40).size()
                            + number(
                                    statement,
                                    "SELECT COUNT(*) - COUNT(DISTINCT directory)"
                                            + " FROM refusal WHERE until_scan IS NULL"));
        }
        return last;
    }

    private static long number(Statement statement, String sql) throws Exception {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
