package docrootaudit.history;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.Root;
import docrootaudit.history.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Other processes, other users, other file systems. */
class SharedStoreIT {
    private static final int NOBODY = 65534;
    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");

    private Path temporary;
    private Path directory;

    @BeforeEach
    void make() throws IOException {
        temporary = Files.createTempDirectory("history");
        directory = temporary.resolve("store");
    }

    @AfterEach
    void remove() throws Exception {
        run("rm", "-rf", temporary.toString());
    }

    @Test
    void a_second_process_is_told_that_the_store_is_in_use() throws Exception {
        try (Forked other = Forked.run("hold", directory.toString())) {
            assertEquals("open 0", other.line());

            var refusal = assertThrows(
                    StoreException.class, () -> History.open(directory, Scans.NOBODY, Duration.ofMillis(300)));

            assertEquals(Kind.LOCKED, refusal.kind());
            assertTrue(refusal.getMessage().startsWith("the store in " + directory + " is in use"));
            var reading = assertThrows(
                    StoreException.class, () -> History.openForReading(directory, Scans.NOBODY, Duration.ZERO));
            assertEquals(Kind.LOCKED, reading.kind());
        }
    }

    @Test
    void patience_waits_until_the_other_process_is_done() throws Exception {
        try (Forked other = Forked.run("hold", directory.toString())) {
            other.line();
            FutureTask<History> waiting =
                    new FutureTask<>(() -> History.open(directory, Scans.NOBODY, Duration.ofSeconds(20)));
            Thread opener = new Thread(waiting);
            opener.start();
            await().until(() -> opener.getState() == Thread.State.TIMED_WAITING);
            other.kill();

            waiting.get().close();
        }
    }

    @Test
    void on_a_full_disk_the_recorded_scans_remain() throws Exception {
        Root.required();
        Path disk = Files.createDirectory(temporary.resolve("disk"));
        assertEquals(0, run("mount", "-t", "tmpfs", "-o", "size=8m,mode=700", "tmpfs", disk.toString()));
        try {
            Path store = disk.resolve("store");
            List<String> lines;
            try (Forked writer = Forked.run("fill", store.toString())) {
                lines = writer.lines();
            }
            int acknowledged = Integer.parseInt(lines.get(0).split(" ")[0]);
            assertTrue(acknowledged > 0);
            assertTrue(lines.get(0).contains(" FULL no space is left for the store in " + store), lines.get(0));
            run("mount", "-o", "remount,size=64m", disk.toString());
            try (History history = Scans.open(store)) {
                assertEquals(acknowledged, history.scans(1 << 20).size());
                history.record(Scans.finished(acknowledged + 1), List.of());
            }
        } finally {
            run("umount", disk.toString());
        }
    }

    @Test
    void on_a_read_only_file_system_one_may_read_but_not_record() throws Exception {
        Root.required();
        Path disk = Files.createDirectory(temporary.resolve("disk"));
        assertEquals(0, run("mount", "-t", "tmpfs", "-o", "size=8m,mode=700", "tmpfs", disk.toString()));
        try {
            Path store = disk.resolve("store");
            record(store);
            run("mount", "-o", "remount,ro", disk.toString());

            var refusal = assertThrows(StoreException.class, () -> Scans.open(store));
            assertEquals(Kind.NOT_PERMITTED, refusal.kind(), refusal.getMessage());
            try (History history = History.openForReading(store, Scans.NOBODY, Duration.ZERO)) {
                assertEquals(1, history.scans(9).size());
            }
        } finally {
            run("umount", disk.toString());
        }
    }

    @Test
    void somebody_else_gets_a_sentence() throws Exception {
        Root.required();
        record(directory);
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertTrue(asNobody("open").get(0).startsWith("NOT_PERMITTED the store in " + directory));
        assertTrue(asNobody("read").get(0).startsWith("NOT_PERMITTED the store in " + directory));

        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(directory.resolve("history.mv.db"), PosixFilePermissions.fromString("rw-r--r--"));
        assertTrue(asNobody("open").get(0).startsWith("NOT_PERMITTED the store in " + directory));
        assertEquals(List.of("open 1"), asNobody("read"));
    }

    @Test
    void root_becomes_the_owner_first() throws Exception {
        Root.required();
        record(directory);
        run("chown", "-R", NOBODY + ":" + NOBODY, temporary.toString());

        try (Forked root = Forked.run("open", directory.toString())) {
            assertEquals(List.of("becomes " + NOBODY, "open 1"), root.lines());
        }
        assertEquals(List.of("open 1"), asNobody("open"));
    }

    private List<String> asNobody(String verb) throws Exception {
        try (Forked writer = Forked.runAs(AS_NOBODY, readableClassPath(), verb, directory.toString())) {
            return writer.lines();
        }
    }

    /** What the writer needs, where anyone may read it. */
    private String readableClassPath() throws Exception {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path copies = Files.createDirectories(temporary.resolve("classes"));
        List<String> copied = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(":")) {
            Path from = Path.of(entry);
            String name = from.getFileName().toString();
            if (Files.isDirectory(from) || name.startsWith("h2-") || name.startsWith("slf4j-api-")) {
                Path copy = copies.resolve(copied.size() + "-" + name);
                if (!Files.exists(copy)) {
                    run("cp", "-rL", from.toString(), copy.toString());
                }
                copied.add(copy.toString());
            }
        }
        run("chmod", "-R", "a+rX", copies.toString());
        return String.join(":", copied);
    }

    private static void record(Path directory) throws StoreException {
        try (History history = Scans.open(directory)) {
            history.record(Scans.finished(1), List.of());
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
