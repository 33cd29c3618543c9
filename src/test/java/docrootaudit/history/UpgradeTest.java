package docrootaudit.history;

import static docrootaudit.history.Scans.files;
import static docrootaudit.history.Scans.finished;
import static docrootaudit.history.Scans.hour;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.finding.Changes;
import docrootaudit.finding.PackedNames;
import docrootaudit.finding.Since;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store of the first version with a history in it. */
class UpgradeTest {
    private static final List<String> OF_THE_FIRST_VERSION = List.of(
            "INSERT INTO subject (root, uid, question) VALUES (X'2f7372762f777777', 33, 'default')",
            "INSERT INTO scan (subject, started, ended, entries, finished, complete, opened, closed)"
                    + " VALUES (1, 3600000000, 3660000000, 1000, TRUE, TRUE, 0, 0)",
            "INSERT INTO refusal (subject, directory, family, blame, first_name, names, kind, rule, behind, intended,"
                    + " paths, first_scan, from_scan) VALUES (1, X'2f7372762f777777', 'PERMISSION', X'', X'61',"
                    + " X'61006200', 'mode', 'other::---', FALSE, FALSE, 2, 1, 1)");

    @TempDir
    private Path temporary;

    @Test
    void goes_on_where_it_was() throws Exception {
        Path directory = temporary.resolve("store");
        Layout first = new Layout(new Migrations(List.of("V001__refusals.sql")), 99);
        History.open(directory, Scans.NOBODY, Duration.ZERO, first).close();
        try (var connection = DriverManager.getConnection("jdbc:h2:file:" + directory.resolve("history"), "", "");
                var statement = connection.createStatement()) {
            for (String sql : OF_THE_FIRST_VERSION) {
                statement.execute(sql);
            }
        }

        try (History history = Scans.open(directory)) {
            Changes changes = history.record(
                    finished(2), List.of(files("/srv/www", "b", "c").as("c0ffee")));

            assertEquals(Optional.of(hour(1)), changes.previous());
            assertEquals(
                    List.of(
                            new Since(Scans.names("b"), Since.State.KNOWN, hour(1)),
                            new Since(Scans.names("c"), Since.State.NEW, hour(2))),
                    changes.since().get(0));
            assertEquals(Scans.names("a"), changes.recovered().get(0).names());
            // nobody was told of these
            assertEquals("", changes.recovered().get(0).cause());
            assertEquals(List.of(new Changes.Surfaced(Scans.names("c"), "c0ffee")), changes.surfaced());
            assertEquals(3, history.facts().schema());
        }
        assertTrue(Files.size(directory.resolve("history-schema-1.zip")) > 0);
    }

    @Test
    void a_half_done_upgrade_starts_over() throws Exception {
        Path directory = temporary.resolve("store");
        Scans.open(directory).close();
        try (var connection = DriverManager.getConnection("jdbc:h2:file:" + directory.resolve("history"), "", "");
                var statement = connection.createStatement()) {
            statement.execute("DELETE FROM schema_version WHERE version >= 2");
            statement.execute("DROP TABLE blind");
        }

        try (History history = Scans.open(directory)) {
            assertEquals(3, history.facts().schema());
            assertEquals(AlertFacts.NONE, history.alertFacts(9));
        }
    }

    @Test
    void names_come_up_once_until_they_recover() throws Exception {
        try (History history = Scans.open(temporary.resolve("store"))) {
            var open = files("/srv/www", "a").as("c0ffee");
            assertEquals(List.of(PackedNames.NONE), up(history, 1, Scans.behind(open)));
            assertEquals(List.of(Scans.names("a")), up(history, 2, open));
            assertEquals(List.of(PackedNames.NONE), up(history, 3, Scans.behind(open)));
            assertEquals(List.of(PackedNames.NONE), up(history, 4, open));
            Changes over = history.record(finished(5), List.of());
            assertEquals("c0ffee", over.recovered().get(0).cause());
            assertEquals(List.of(Scans.names("a")), up(history, 6, open));
        }
    }

    private static List<PackedNames> up(History history, int hour, docrootaudit.finding.Refusals refusals)
            throws StoreException {
        return history.record(finished(hour), List.of(refusals)).surfaced().stream()
                .map(Changes.Surfaced::names)
                .toList();
    }
}
