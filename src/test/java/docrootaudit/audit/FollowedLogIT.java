package docrootaudit.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.PathBytes;
import docrootaudit.linux.OpenFile;
import docrootaudit.server.log.LogEvent;
import docrootaudit.server.log.LogReading;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real files that grow, are rotated, cut, removed and come back; the clock alone is ours. */
class FollowedLogIT {
    @TempDir
    Path directory;

    private Path log;
    private FollowedLog followed;
    private Instant now = Instant.parse("2026-11-26T00:00:00Z");
    private final List<LogEvent> events = new ArrayList<>();

    @BeforeEach
    void follow() throws IOException {
        log = directory.resolve("access.log");
        write("/before");
        followed = new FollowedLog(
                LogInput.of(PathBytes.of(log.toString())),
                input -> {
                    OpenFile open = OpenFile.of(input.file());
                    return new Host.RegularFile(open.channel(), open.identity());
                },
                LogReading.usual(ZoneOffset.UTC));
        poll();
    }

    @Test
    void only_what_comes_is_read() throws IOException {
        assertEquals(List.of(), urls());
        assertEquals("access log (combined)", followed.state());

        write("/a", "/b");

        assertEquals(List.of("/a", "/b"), poll());
    }

    @Test
    void a_line_is_read_when_it_is_whole() throws IOException {
        String line = line("/a");
        append(line.substring(0, 20));
        assertEquals(List.of(), poll());
        append(line.substring(20, 50));
        assertEquals(List.of(), poll());
        append(line.substring(50));

        assertEquals(List.of("/a"), poll());
    }

    @Test
    void renamed_and_made_anew_it_loses_nothing() throws IOException {
        write("/a");
        Path old = Files.move(log, directory.resolve("access.log.1"));
        Files.writeString(old, line("/b"), StandardOpenOption.APPEND);
        poll();
        write("/c");
        Files.writeString(old, line("/late"), StandardOpenOption.APPEND);
        poll();

        assertEquals(
                List.of("/a", "/b", "/c", "/late"), urls().stream().sorted().toList());
    }

    @Test
    void a_file_that_was_renamed_is_let_go_in_the_end() throws IOException {
        Path old = Files.move(log, directory.resolve("access.log.1"));
        write("/a");
        poll();
        now = now.plus(Duration.ofMinutes(5));
        poll();
        Files.writeString(old, line("/much/too/late"), StandardOpenOption.APPEND);

        assertEquals(List.of("/a"), poll());
        assertEquals(1, open());
    }

    @Test
    void cut_after_a_copy_it_begins_anew() throws IOException {
        write("/a", "/b");
        poll();
        Files.copy(log, directory.resolve("access.log.1"));
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
        write("/c");

        assertEquals(List.of("/a", "/b", "/c"), poll());
    }

    @Test
    void removed_it_is_told_and_read_when_it_comes_back() throws IOException {
        Files.delete(log);
        poll();
        assertEquals("cannot be read: no such file or directory", followed.state());
        now = now.plus(Duration.ofMinutes(5));
        poll();
        assertEquals(0, open());

        write("/a");

        assertEquals(List.of("/a"), poll());
        assertEquals("access log (combined)", followed.state());
    }

    @Test
    void moved_away_and_back_it_is_read_on() throws IOException {
        write("/a");
        poll();
        Path away = Files.move(log, directory.resolve("away"));
        poll();
        Files.move(away, log, StandardCopyOption.ATOMIC_MOVE);
        write("/b");

        assertEquals(List.of("/a", "/b"), poll());
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_fifo_in_its_place_holds_nobody_up() throws Exception {
        Files.delete(log);
        assertEquals(0, new ProcessBuilder("mkfifo", log.toString()).start().waitFor());

        poll();

        assertEquals("cannot be read: it is no regular file", followed.state());
    }

    @Test
    void what_kind_it_is_an_empty_file_tells_with_its_first_lines() throws IOException {
        Files.delete(log);
        Files.createFile(log);
        FollowedLog empty = followed;
        poll();
        append("no line of any log\n");
        poll();
        write("/a");

        assertEquals(List.of("/a"), poll());
        assertTrue(empty.kind().isPresent());
    }

    private List<String> poll() {
        followed.look(now);
        followed.read(1000, events::add);
        return urls();
    }

    private List<String> urls() {
        return events.stream()
                .map(e -> ((LogEvent.Answered) e).url().toString())
                .toList();
    }

    private long open() throws IOException {
        long count = 0;
        try (var fds = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path fd : fds) {
                count += Files.isSymbolicLink(fd) && Files.readSymbolicLink(fd).startsWith(directory) ? 1 : 0;
            }
        }
        return count;
    }

    private void write(String... urls) throws IOException {
        for (String url : urls) {
            append(line(url));
        }
    }

    private void append(String text) throws IOException {
        Files.writeString(log, text, ISO_8859_1, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static String line(String url) {
        return "192.0.2.1 - - [26/Nov/2026:00:00:01 +0000] \"GET " + url + " HTTP/1.1\" 403 5 \"-\" \"x\"\n";
    }
}
