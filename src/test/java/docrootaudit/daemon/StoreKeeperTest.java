package docrootaudit.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.ScanRecord;
import docrootaudit.finding.Subject;
import docrootaudit.history.History;
import docrootaudit.history.StoreException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real store, and what can happen to one. */
class StoreKeeperTest {
    @TempDir
    Path directory;

    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger recovered = new AtomicInteger();
    private final List<String> lost = new ArrayList<>();
    private History history;
    private StoreKeeper keeper;

    private Path store() {
        return directory.resolve("store");
    }

    @BeforeEach
    void open() throws Exception {
        history = History.open(store(), uid -> {}, Duration.ZERO);
        keeper = new StoreKeeper(history, answered::incrementAndGet, recovered::incrementAndGet, lost::add);
    }

    @AfterEach
    void close() {
        keeper.close();
    }

    private void record() throws StoreException {
        Subject subject = new Subject(PathBytes.of("/srv/www"), 33, "default");
        history.record(new ScanRecord(subject, Instant.EPOCH, Instant.EPOCH, true, 1, List.of()), List.of());
    }

    /** What stands in its place keeps a new one from being made. */
    private void lose() throws Exception {
        Files.move(store(), directory.resolve("elsewhere"));
        Files.createFile(store());
    }

    @Test
    void whoever_closes_what_is_lent_closes_nothing() throws Exception {
        keeper.borrow().close();

        assertTrue(isOpen());
    }

    @Test
    void whoever_keeps_it_closes_it() throws Exception {
        keeper.close();

        assertFalse(isOpen());
    }

    private boolean isOpen() throws IOException {
        Path file = store().resolve("history.mv.db");
        try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : open) {
                if (Files.exists(descriptor) && Files.isSameFile(descriptor, file)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    void a_store_that_is_well_is_looked_at_now_and_then() {
        assertEquals(Duration.ofSeconds(10), keeper.look());
        assertTrue(keeper.isWell());
        assertEquals(1, answered.get());
    }

    @Test
    void one_that_is_gone_is_noticed_though_its_file_is_still_open() throws Exception {
        lose();
        keeper.look();

        assertFalse(keeper.isWell());
        assertThrows(StoreException.class, keeper::borrow);
    }

    @Test
    void trouble_is_tried_again_ever_more_rarely_and_is_an_answer() throws Exception {
        lose();

        assertEquals(Duration.ofSeconds(1), keeper.look());
        assertEquals(Duration.ofSeconds(2), keeper.look());
        assertEquals(Duration.ofSeconds(4), keeper.look());
        for (int i = 0; i < 10; i++) {
            keeper.look();
        }
        assertEquals(Duration.ofMinutes(1), keeper.look());
        assertEquals(14, answered.get());
    }

    @Test
    void one_that_is_put_back_is_used_again() throws Exception {
        keeper.look();
        record();
        lose();
        keeper.look();
        Files.delete(store());
        Files.move(directory.resolve("elsewhere"), store());
        keeper.look();

        assertTrue(keeper.isWell());
        assertEquals(1, recovered.get());
        assertEquals(1, history.scans(1).size());
        assertEquals(List.of(), lost);
    }

    @Test
    void one_that_was_deleted_is_begun_anew_though_a_scan_is_in_it_before_anybody_looks() throws Exception {
        keeper.look();
        Files.delete(store().resolve("history.mv.db"));
        keeper.look();
        assertFalse(keeper.isWell());
        record();
        keeper.look();

        assertTrue(keeper.isWell());
        assertTrue(Files.exists(store().resolve("history.mv.db")));
        assertEquals(1, lost.size());
        assertTrue(lost.get(0).contains(store() + " was removed while it was in use"), lost::toString);
    }
}
