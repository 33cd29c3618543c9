package docrootaudit.walk;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.FileType;
import docrootaudit.access.PathBytes;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a walk keeps over any source. */
public abstract class TreeWalkContract {
    private static final String PICTURE = """
            a/
            a/b/
            a/b/c/
            a/b/c/d
            a/b/e
            a/line\\nbreak
            a/\\e[2J/
            a/\\e[2J/x
            empty/
            f
            to-a -> a
            nowhere -> none
            z/
            z/0/
            z/1/
            z/2/
            z/2/y
            """;

    protected abstract EntrySource source() throws IOException;

    protected abstract FileSystem world();

    /** An empty directory of the test's own, by its canonical path. */
    protected abstract PathBytes top();

    protected final TreePicture draw(String picture) throws IOException {
        return TreePicture.of(picture).build(world(), top());
    }

    protected final Walked walk(int threads, Recorder recorder) throws Exception {
        return walk(new TreeWalk<>(source(), settings(threads), recorder::visitor), p -> {});
    }

    protected final Walked walk(TreeWalk<String> walk, Consumer<Progress> progress) throws Exception {
        try (Node root = source().root();
                TreeReader reader = source().reader();
                Node top = reader.look(root, PathBytes.of(top().bytes(), 1, top().length()))) {
            return walk.walk(top, top(), top(), "start", progress);
        }
    }

    protected static WalkSettings settings(int threads) {
        return new WalkSettings(threads, Duration.ofSeconds(30), Pace.FASTEST, Set.of());
    }

    protected final Set<PathBytes> below(Recorder recorder) {
        Set<PathBytes> seen = new TreeSet<>(recorder.seen());
        assertTrue(seen.remove(top()), "the top itself is entered");
        return seen;
    }

    @ParameterizedTest(name = "by {0} threads")
    @ValueSource(ints = {1, 2, 4})
    void every_entry_is_visited_exactly_once(int threads) throws Exception {
        TreePicture picture = draw(PICTURE);
        Recorder recorder = new Recorder();

        Walked walked = walk(threads, recorder);

        assertEquals(picture.paths(top()), below(recorder));
        assertEquals(recorder.seen().size(), recorder.visits(), "none twice");
        assertEquals(recorder.visits(), walked.entries());
        assertTrue(walked.finished());
        assertEquals(List.of(), walked.unvisited());
        assertEquals(recorder.entered(), recorder.left());
    }

    @Test
    void what_is_excluded_is_left_out_with_all_below_and_directories_are_told() throws Exception {
        draw(PICTURE);
        Recorder recorder = new Recorder();
        recorder.exclude = Set.of("b", "f");

        Walked walked = walk(2, recorder);

        assertFalse(below(recorder).stream()
                .anyMatch(p -> p.startsWith(top().resolve("a/b")) || p.equals(top().resolve("f"))));
        assertTrue(recorder.seen().contains(top().resolve("a/\u001b[2J/x")));
        assertEquals(
                List.of(new Unvisited(
                        top().resolve("a/b"), "left out by the configuration", Unvisited.Reason.EXCLUDED)),
                walked.unvisited());
    }

    @Test
    void a_link_is_walked_on_from_where_the_visitor_says_under_its_own_name() throws Exception {
        draw(PICTURE);
        Recorder recorder = new Recorder();
        recorder.jumps.put("to-a", new Visitor.Jump<>(top().resolve("z"), "by link"));

        Walked walked = walk(2, recorder);

        assertEquals(List.of(), walked.unvisited());
        assertTrue(recorder.seen().contains(top().resolve("to-a/2/y")));
        assertTrue(recorder.seen().contains(top().resolve("z/2/y")));
        assertEquals("by link", recorder.prefixes.get(top().resolve("to-a")));
        assertEquals("start", recorder.prefixes.get(top()));
        assertEquals(top().toString() + "/to-a", recorder.prefixes.get(top().resolve("to-a/2")));
        assertEquals(top().resolve("z/2"), recorder.canonical.get(top().resolve("to-a/2")));
    }

    @Test
    void a_link_whose_target_is_gone_by_then_is_told() throws Exception {
        draw(PICTURE);
        Recorder recorder = new Recorder();
        recorder.jumps.put("nowhere", new Visitor.Jump<>(top().resolve("none"), "by link"));

        assertEquals(
                List.of(new Unvisited(top().resolve("nowhere"), "changed during the scan", Unvisited.Reason.CHANGED)),
                walk(2, recorder).unvisited());
    }

    @ParameterizedTest(name = "by {0} threads")
    @ValueSource(ints = {1, 2, 4})
    void a_stopped_walk_ends_and_says_that_it_did_not_finish(int threads) throws Exception {
        draw(PICTURE);
        AtomicReference<TreeWalk<String>> walk = new AtomicReference<>();
        Recorder recorder = new Recorder();
        recorder.onVisit = path -> walk.get().stop();
        walk.set(new TreeWalk<>(source(), settings(threads), recorder::visitor));

        Walked walked = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> walk(walk.get(), p -> {}));

        assertFalse(walked.finished());
    }

    @ParameterizedTest(name = "by {0} threads")
    @ValueSource(ints = {1, 2, 4})
    void a_fault_of_a_visitor_is_thrown(int threads) throws Exception {
        draw(PICTURE);
        for (String place : List.of("visit", "enter", "leave", "make")) {
            Recorder recorder = new Recorder();
            recorder.faultAt = place;

            RuntimeException thrown = assertThrows(
                    RuntimeException.class,
                    () -> assertTimeoutPreemptively(Duration.ofSeconds(20), () -> walk(threads, recorder)),
                    place);

            assertEquals(
                    "fault",
                    thrown.getCause() == null
                            ? thrown.getMessage()
                            : thrown.getCause().getMessage());
        }
    }

    @Test
    void a_fault_of_the_progress_leaves_no_worker_behind() throws Exception {
        draw(PICTURE);
        Recorder recorder = new Recorder();
        CountDownLatch failed = new CountDownLatch(1);
        recorder.onVisit = path -> waitFor(failed);
        TreeWalk<String> walk = new TreeWalk<>(source(), settings(2), recorder::visitor);

        assertThrows(
                UnsupportedOperationException.class,
                () -> walk(walk, p -> {
                    throw new UnsupportedOperationException();
                }));

        long visits = recorder.visits();
        failed.countDown();
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("walk-")));
        assertTrue(recorder.visits() <= visits + 2, "each worker ends the entry it has at hand");
    }

    @Test
    void a_walk_that_rests_is_not_taken_for_stuck_and_ends_at_once_when_it_is_stopped() throws Exception {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            many.append('f').append(i).append('\n');
        }
        draw(many.toString());
        Recorder recorder = new Recorder();
        Pace slow = new Pace(OptionalInt.of(1), 100, List::of, System::nanoTime);
        TreeWalk<String> walk = new TreeWalk<>(
                source(), new WalkSettings(1, Duration.ofMillis(300), slow, Set.of()), recorder::visitor);
        Duration rested = Duration.ofSeconds(1);
        long began = System.nanoTime();

        Walked walked = assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> walk(walk, p -> {
                    if (System.nanoTime() - began > rested.toNanos()) {
                        walk.stop();
                    }
                }));

        assertFalse(walked.finished());
        assertEquals(List.of(), walked.unvisited());
        assertTrue(walked.entries() < 100, walked::toString);
    }

    @Test
    void a_worker_that_gets_no_answer_is_given_up_and_its_directory_told() throws Exception {
        draw(PICTURE);
        Recorder recorder = new Recorder();
        CountDownLatch over = new CountDownLatch(1);
        recorder.onVisit = path -> {
            if (path.name().equals(PathBytes.of("e"))) {
                waitFor(over);
            }
        };
        TreeWalk<String> walk = new TreeWalk<>(
                source(), new WalkSettings(2, Duration.ofSeconds(1), Pace.FASTEST, Set.of()), recorder::visitor);

        Walked walked = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> walk(walk, p -> {}));

        assertEquals(
                List.of(new Unvisited(
                        top().resolve("a/b"), "the file system did not answer for 1 s", Unvisited.Reason.UNREADABLE)),
                walked.unvisited());
        assertTrue(recorder.seen().contains(top().resolve("z/2/y")));
        assertFalse(recorder.left().contains(top().resolve("a/b")));
        over.countDown();
    }

    /** The moments at which a worker finishes and is given up come to be the same. */
    @Test
    void a_worker_that_comes_back_while_it_is_given_up_is_counted_once() throws Exception {
        draw("""
                a/
                a/1
                b/
                b/1
                c/
                c/1
                d/
                d/1
                """);
        for (int i = 0; i < 20; i++) {
            Recorder recorder = new Recorder();
            int slow = 95 + i;
            recorder.onVisit = path -> takes(slow);
            TreeWalk<String> walk = new TreeWalk<>(
                    source(), new WalkSettings(2, Duration.ofMillis(1), Pace.FASTEST, Set.of()), recorder::visitor);

            Walked walked = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> walk(walk, p -> {}));

            Set<PathBytes> accounted = new TreeSet<>(recorder.left());
            walked.unvisited().forEach(u -> accounted.add(u.path()));
            for (String name : List.of("a", "b", "c", "d")) {
                assertTrue(accounted.contains(top().resolve(name)), name + " in " + walked);
            }
        }
    }

    @Test
    void progress_is_told_while_it_walks() throws Exception {
        draw(PICTURE);
        Recorder recorder = new Recorder();
        CountDownLatch once = new CountDownLatch(1);
        recorder.onVisit = path -> waitFor(once);
        List<Progress> told = new java.util.concurrent.CopyOnWriteArrayList<>();

        walk(new TreeWalk<>(source(), settings(1), recorder::visitor), progress -> {
            told.add(progress);
            once.countDown();
        });

        assertFalse(told.isEmpty());
        assertTrue(told.stream().allMatch(p -> p.directory().startsWith(top())));
    }

    @Test
    void a_hundred_obstacles_are_told_by_name_and_more_by_their_number() throws Exception {
        StringBuilder picture = new StringBuilder("d/\n");
        for (int i = 0; i < 150; i++) {
            picture.append("d/").append(i).append('\n');
        }
        draw(picture.toString());
        Recorder recorder = new Recorder();
        recorder.error = new SourceException(5, "input/output error");

        List<Unvisited> unvisited = walk(1, recorder).unvisited();

        assertEquals(101, unvisited.size());
        assertEquals(
                new Unvisited(
                        top().resolve("d"), "150 of its entries could not be looked at", Unvisited.Reason.UNREADABLE),
                unvisited.get(100));

        recorder.error = new SourceException(2, "gone");
        assertEquals(
                new Unvisited(
                        top().resolve("d"), "150 of its entries changed during the scan", Unvisited.Reason.CHANGED),
                walk(1, recorder).unvisited().get(100));
    }

    @Test
    void the_types_of_entries_are_those_of_the_tree() throws Exception {
        draw(PICTURE);
        Recorder recorder = new Recorder();

        walk(2, recorder);

        assertEquals(FileType.REGULAR, recorder.types.get(top().resolve("a/b/e")));
        assertEquals(FileType.SYMLINK, recorder.types.get(top().resolve("nowhere")));
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A file system that answers late: the lateness is what is tested, there is nothing to wait for. */
    private static void takes(long millis) {
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }
}
