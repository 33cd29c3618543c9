package docrootaudit.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.PathBytes;
import docrootaudit.history.StoreException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreTest {
    @TempDir
    private Path temporary;

    private Path directory;

    @BeforeEach
    void name() {
        directory = temporary.resolve("below").resolve("store");
    }

    @Test
    void nobody_else_may_look_into_it() throws Exception {
        record(1);

        assertEquals("rwx------", permissions(directory));
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(List.of(directory.resolve("history.mv.db")), files.toList());
        }
        assertEquals("rw-------", permissions(directory.resolve("history.mv.db")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a;INIT=x", "a\\b", "a\nb"})
    void a_path_that_a_URL_would_not_take_literally_is_refused(String name) {
        var refusal = refused(Kind.BAD_PATH, temporary.resolve(name));

        assertTrue(refusal.getMessage().contains(PathBytes.of(name).toString()), refusal.getMessage());
        assertFalse(Files.exists(temporary.resolve(name)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "a'b\"c", "50%20", "ü:x", "~", "${user.home}", "nio:x", "a?b#c"})
    void any_other_path_is_taken_literally(String name) throws StoreException {
        Charset ofPaths = Charset.forName(System.getProperty("sun.jnu.encoding"));
        if (!ofPaths.newEncoder().canEncode(name)) {
            // a locale that cannot spell it has no such path
            assertThrows(InvalidPathException.class, () -> temporary.resolve(name));
            return;
        }
        Path odd = temporary.resolve(name);
        Scans.open(odd).close();

        assertTrue(Files.exists(odd.resolve("history.mv.db")));
    }

    @Test
    void a_link_is_no_directory_for_a_store() throws IOException {
        Path link = Files.createSymbolicLink(temporary.resolve("link"), Files.createDirectory(directory.getParent()));

        refused(Kind.UNSAFE, link);
    }

    @Test
    void a_directory_where_others_may_write_is_refused() throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwx---"));

        refused(Kind.UNSAFE, directory);
    }

    @Test
    void a_file_is_no_directory() throws IOException {
        refused(Kind.BAD_PATH, Files.createFile(temporary.resolve("file")));
    }

    @Test
    void reading_makes_no_store() throws IOException {
        var refusal = assertThrows(
                StoreException.class, () -> History.openForReading(directory, Scans.NOBODY, Duration.ZERO));

        assertEquals(Kind.ABSENT, refusal.kind());
        assertEquals(
                "no scan has been recorded in " + directory
                        + ": run audit now first, or name another history with --store",
                refusal.getMessage());
        assertFalse(Files.exists(directory));
    }

    @Test
    void a_store_that_was_never_filled_is_none_for_a_reader() throws IOException {
        Files.createDirectories(directory);
        Files.createFile(directory.resolve("history.mv.db"));

        var refusal = assertThrows(
                StoreException.class, () -> History.openForReading(directory, Scans.NOBODY, Duration.ZERO));

        assertEquals(Kind.ABSENT, refusal.kind());
    }

    @Test
    void garbage_is_called_damaged() throws Exception {
        Files.createDirectories(directory);
        byte[] garbage = new byte[100_000];
        new Random(1).nextBytes(garbage);
        Files.write(directory.resolve("history.mv.db"), garbage);

        var refusal = refused(Kind.DAMAGED, directory);

        assertEquals(
                "the store in " + directory + " is damaged: move history.mv.db there out of the way,"
                        + " and the next scan begins a new one",
                refusal.getMessage());
    }

    @Test
    void what_is_left_of_a_truncated_file_is_called_damaged_or_read() throws Exception {
        for (int i = 1; i <= 10; i++) {
            record(i);
        }
        Path file = directory.resolve("history.mv.db");
        byte[] whole = Files.readAllBytes(file);
        for (int eighth = 1; eighth < 8; eighth++) {
            Files.write(file, whole);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(whole.length / 8L * eighth);
            }
            try (History history = Scans.open(directory)) {
                assertTrue(history.scans(99).size() <= 10);
            } catch (StoreException e) {
                assertEquals(Kind.DAMAGED, e.kind(), e.getMessage());
            }
        }
    }

    @Test
    void a_store_of_a_newer_version_is_refused_and_left_alone() throws Exception {
        record(1);
        sql("INSERT INTO schema_version (version, applied) VALUES (7, 0)");

        var refusal = refused(Kind.NEWER, directory);

        assertTrue(refusal.getMessage().contains("schema 7, this program knows 3"), refusal.getMessage());
    }

    @Test
    void a_newer_store_names_the_backup_from_before_its_upgrade() throws Exception {
        record(1);
        var next = new Layout(
                new Migrations(List.of(
                        "V001__refusals.sql",
                        "V002__alerts.sql",
                        "V003__mounts.sql",
                        "/docrootaudit/history/V003__test.sql")),
                9);

        History.open(directory, Scans.NOBODY, Duration.ZERO, next).close();

        var refusal = refused(Kind.NEWER, directory);
        assertTrue(refusal.getMessage().contains("history-schema-3.zip"), refusal.getMessage());
        assertEquals("rw-------", permissions(directory.resolve("history-schema-3.zip")));
        assertTrue(Files.size(directory.resolve("history-schema-3.zip")) > 0);
    }

    @Test
    void an_upgrade_that_was_killed_starts_over() throws Exception {
        record(1);
        sql("DELETE FROM schema_version");

        try (History history = Scans.open(directory)) {
            assertEquals(1, history.scans(9).size());
        }
    }

    private void record(int hour) throws StoreException {
        try (History history = Scans.open(directory)) {
            history.record(Scans.finished(hour), List.of(Scans.files("/srv/www", "a" + hour)));
        }
    }

    private void sql(String statement) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:h2:file:" + directory.resolve("history"), "", "");
                var any = connection.createStatement()) {
            any.execute(statement);
        }
    }

    private static StoreException refused(Kind kind, Path directory) {
        var refusal = assertThrows(StoreException.class, () -> Scans.open(directory));
        assertEquals(kind, refusal.kind(), refusal.getMessage());
        assertEquals(1, refusal.getMessage().lines().count());
        return refusal;
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
