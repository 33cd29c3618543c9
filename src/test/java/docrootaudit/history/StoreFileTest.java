package docrootaudit.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import docrootaudit.Seed;
import docrootaudit.finding.Refusals;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreFileTest {
    @TempDir
    private Path temporary;

    private Path store() {
        return temporary.resolve("store");
    }

    private Path file() {
        return store().resolve("history.mv.db");
    }

    /** What a process leaves that is killed when this one has it open. */
    private void kill(History open) throws IOException, StoreException {
        Path image = Files.copy(file(), temporary.resolve("image"), StandardCopyOption.REPLACE_EXISTING);
        open.close();
        Files.move(image, file(), StandardCopyOption.REPLACE_EXISTING);
    }

    private Object key() throws IOException {
        return Files.getAttribute(file(), "unix:ino");
    }

    private static void record(History history, int hour, List<Refusals> refused) throws StoreException {
        history.record(Scans.finished(hour), refused);
    }

    @Test
    void tidied_up_it_is_another_file_and_keeps_everything() throws Exception {
        try (History history = Scans.open(store())) {
            record(history, 1, List.of(Scans.files("/srv/www/a", "f")));
            record(history, 2, List.of(Scans.files("/srv/www/a", "f", "g")));
        }
        Object before = key();

        StoreFile.tidy(StoreDirectory.of(store()));

        assertNotEquals(before, key());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
        try (Stream<Path> files = Files.list(store())) {
            assertEquals(List.of(file()), files.toList());
        }
        try (History history = Scans.open(store())) {
            assertEquals(2, history.scans(9).size());
            record(history, 3, List.of());
        }
    }

    @Test
    void what_a_killed_writer_has_left_is_not_tidied_up() throws Exception {
        History killed = Scans.open(store());
        record(killed, 1, List.of());
        kill(killed);
        Object before = key();

        StoreFile.tidy(StoreDirectory.of(store()));

        assertEquals(before, key());
    }

    @Test
    void what_somebody_has_open_is_not_tidied_up() throws Exception {
        Scans.open(store()).close();
        Object before = key();
        try (FileChannel other = FileChannel.open(file(), StandardOpenOption.WRITE);
                FileLock lock = other.lock()) {
            StoreFile.tidy(StoreDirectory.of(store()));
        }

        assertEquals(before, key());
    }

    /** Each goes on with what the one before has left, within the time in which the database keeps what is dead. */
    @Test
    void a_store_whose_writers_are_killed_again_and_again_keeps_every_scan() throws Exception {
        Random random = new Random(Seed.of("killed writers"));
        for (int hour = 1; hour <= 300; hour++) {
            History history = Scans.open(store());
            assertEquals(hour - 1, history.scans(1 << 20).size());
            record(history, hour, refused(random));
            if (random.nextInt(3) == 0) {
                kill(history);
            } else {
                history.close();
                StoreFile.tidy(StoreDirectory.of(store()));
            }
        }
    }

    private static List<Refusals> refused(Random random) {
        List<Refusals> refused = new ArrayList<>();
        for (int d = 0; d < 40; d++) {
            if (random.nextInt(3) == 0) {
                refused.add(Scans.files("/srv/www/d" + d, "a", "b", "c"));
            }
        }
        return refused;
    }
}
