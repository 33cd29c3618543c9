package docrootaudit.walk;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.Seed;
import docrootaudit.access.PathBytes;
import docrootaudit.access.Principal;
import docrootaudit.linux.AsUser;
import docrootaudit.linux.LinuxSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Walks by system calls on this machine's file system. As root. */
class TreeWalkIT extends TreeWalkContract {
    private Path top;

    @BeforeEach
    void makeTop() throws IOException {
        top = Files.createTempDirectory(Path.of("/var/tmp"), "audit-walk");
        shell("chmod 755 .");
    }

    @AfterEach
    void removeTop() throws IOException {
        pauseUntilClosed();
        try {
            assertEquals(Set.of(), openBelowTop());
        } finally {
            Path gone = top;
            top = Path.of("/");
            shell("rm -rf " + gone);
        }
    }

    @Override
    protected EntrySource source() throws IOException {
        return LinuxSource.ofThisProcess();
    }

    @Override
    protected FileSystem world() {
        return FileSystems.getDefault();
    }

    @Override
    protected PathBytes top() {
        return PathBytes.of(top.toString());
    }

    private void shell(String script) throws IOException {
        try {
            Process process = new ProcessBuilder("bash", "-ec", script)
                    .directory(top.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, process.waitFor(), script + ": " + output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What this process holds open below the test's directory; given-up workers apart, nothing after a walk. */
    private Set<String> openBelowTop() throws IOException {
        Set<String> open = new TreeSet<>();
        try (var descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                try {
                    String target = Files.readSymbolicLink(descriptor).toString();
                    if (target.startsWith(top.toString())) {
                        open.add(target);
                    }
                } catch (IOException e) {
                    // closed since
                }
            }
        }
        return open;
    }

    @ParameterizedTest(name = "by {0} threads")
    @ValueSource(ints = {1, 2})
    void a_tree_3000_levels_deep_is_walked_to_its_end(int threads) throws Exception {
        // in three pieces that each fit one call; together they are longer than PATH_MAX
        shell("piece=$(printf 'l/%.0s' {1..1000}); for i in 1 2 3; do mkdir -p $piece; cd -P $piece; touch f; done");
        TreeWalk<String> walk = new TreeWalk<>(source(), settings(threads), CountingWalk::visitor);

        Walked walked = walk(walk, p -> {});

        assertEquals(List.of(), walked.unvisited());
        assertEquals(3004, walked.entries());
    }

    @Test
    void a_tree_that_changes_underfoot_is_walked_and_what_stays_is_seen() throws Exception {
        shell("mkdir churn; for d in {1..40}; do mkdir -p still/$d; touch still/$d/{a,b,c}; "
                + "mkdir -p churn/$d/x/y; touch churn/$d/x/y/{a,b} churn/$d/f; done; mkdir away; touch away/secret");
        AtomicBoolean over = new AtomicBoolean();
        long seed = Seed.of("TreeWalkIT");
        Thread churn = new Thread(() -> churn(new Random(seed), over));
        churn.start();
        try {
            for (int i = 0; i < 20; i++) {
                Recorder recorder = new Recorder();
                int threads = 1 + i % 4;

                Walked walked = assertTimeoutPreemptively(Duration.ofSeconds(60), () -> walk(threads, recorder));

                assertTrue(walked.finished());
                Set<PathBytes> seen = recorder.seen();
                for (int d = 1; d <= 40; d++) {
                    for (String name : List.of("", "/a", "/b", "/c")) {
                        assertTrue(seen.contains(top().resolve("still/" + d + name)), "seed " + seed);
                    }
                }
                assertEquals(recorder.seen().size(), recorder.visits(), "nothing twice");
                for (PathBytes path : seen) {
                    boolean through = path.startsWith(top().resolve("churn"))
                            && path.name().equals(PathBytes.of("secret"));
                    assertFalse(through, "a link was followed: " + path);
                }
                for (Unvisited unvisited : walked.unvisited()) {
                    assertEquals(Unvisited.Reason.CHANGED, unvisited.reason(), unvisited.toString());
                    assertTrue(unvisited.path().startsWith(top().resolve("churn")), unvisited.toString());
                }
            }
        } finally {
            over.set(true);
            churn.join();
        }
    }

    /** Renames away and back, removes and makes again, puts a file or a link to elsewhere in a directory's place. */
    private void churn(Random random, AtomicBoolean over) {
        Path churn = top.resolve("churn");
        while (!over.get()) {
            Path d = churn.resolve(Integer.toString(1 + random.nextInt(40)));
            Path aside = top.resolve("churn").resolve("aside");
            try {
                Path what = random.nextBoolean() ? d : d.resolve("x");
                Files.move(what, aside);
                switch (random.nextInt(3)) {
                    case 0 -> Files.createSymbolicLink(what, top.resolve("away"));
                    case 1 -> Files.createFile(what);
                    default -> {}
                }
                Files.deleteIfExists(what);
                Files.move(aside, what);
                Path file = d.resolve("f");
                Files.deleteIfExists(file);
                Files.createDirectory(file);
                Files.delete(file);
                Files.createFile(file);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    @Test
    void a_mount_that_does_not_answer_is_given_up_as_a_whole_and_the_rest_is_walked() throws Exception {
        shell("mkdir -p behind/{1..20}/x point other/{1..20}; touch other/{1..20}/f; "
                + "bindfs -f -o allow_other,default_permissions,attr_timeout=0,entry_timeout=0 behind point </dev/null >&/dev/null & "
                + "echo $! >pid; for i in {1..100}; do mountpoint -q point && break; sleep 0.05; done; mountpoint -q point; "
                + "kill -STOP $(cat pid)");
        try {
            Recorder recorder = new Recorder();
            WalkSettings settings =
                    new WalkSettings(2, Duration.ofSeconds(2), Pace.FASTEST, Set.of(top().resolve("point")));
            TreeWalk<String> walk = new TreeWalk<>(source(), settings, recorder::visitor);

            Walked walked = assertTimeoutPreemptively(Duration.ofSeconds(15), () -> walk(walk, p -> {}));

            assertTrue(walked.finished());
            assertEquals(
                    List.of(new Unvisited(
                            top().resolve("point"),
                            "the file system did not answer for 2 s",
                            Unvisited.Reason.UNREADABLE)),
                    walked.unvisited());
            for (int i = 1; i <= 20; i++) {
                assertTrue(recorder.seen().contains(top().resolve("other/" + i + "/f")));
                assertTrue(recorder.seen().contains(top().resolve("behind/" + i + "/x")));
            }
        } finally {
            shell("kill -CONT $(cat pid); sleep 0.2; fusermount -u point || umount -l point");
        }
    }

    /** Its directories were found while it still answered: none of them is waited for. */
    @Test
    void a_mount_that_stops_to_answer_half_way_costs_its_patience_once() throws Exception {
        shell(
                "mkdir -p behind/{1..30} point; "
                        + "bindfs -f -o allow_other,default_permissions,attr_timeout=0,entry_timeout=0 behind point </dev/null >&/dev/null & "
                        + "echo $! >pid; for i in {1..100}; do mountpoint -q point && break; sleep 0.05; done; mountpoint -q point");
        try {
            Recorder recorder = new Recorder();
            AtomicBoolean stopped = new AtomicBoolean();
            recorder.onEnter = path -> {
                if (path.startsWith(top().resolve("point/")) && stopped.compareAndSet(false, true)) {
                    try {
                        shell("kill -STOP $(cat pid)");
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                }
            };
            WalkSettings settings =
                    new WalkSettings(1, Duration.ofSeconds(2), Pace.FASTEST, Set.of(top().resolve("point")));
            TreeWalk<String> walk = new TreeWalk<>(source(), settings, recorder::visitor);

            Walked walked = assertTimeoutPreemptively(Duration.ofSeconds(15), () -> walk(walk, p -> {}));

            assertEquals(
                    List.of(top().resolve("point")),
                    walked.unvisited().stream().map(Unvisited::path).toList());
            assertTrue(recorder.seen().contains(top().resolve("behind/30")));
        } finally {
            shell("kill -CONT $(cat pid); sleep 0.2; fusermount -u point || umount -l point");
        }
    }

    /** A worker that was given up closes what it held when its call returns at last. */
    private void pauseUntilClosed() {
        await().until(() -> openBelowTop().isEmpty());
    }

    @Test
    void a_FUSE_mount_is_told_and_not_opened_unless_it_is_named() throws Exception {
        shell("mkdir -p behind/d point; touch behind/d/f file mounted; bindfs behind point; "
                + "mount --bind point/d/f mounted");
        try {
            Recorder recorder = new Recorder();
            Walked walked = walk(2, recorder);

            Set<PathBytes> hazards = new TreeSet<>();
            for (Unvisited unvisited : walked.unvisited()) {
                assertTrue(unvisited.why().contains("visit-mounts"), unvisited.why());
                hazards.add(unvisited.path());
            }
            assertEquals(Set.of(top().resolve("point"), top().resolve("mounted")), hazards);
            assertFalse(recorder.seen().contains(top().resolve("point")));
            assertTrue(recorder.seen().contains(top().resolve("file")));

            Recorder named = new Recorder();
            WalkSettings settings =
                    new WalkSettings(2, Duration.ofSeconds(30), Pace.FASTEST, Set.of(top().resolve("point")));
            walk(new TreeWalk<>(source(), settings, named::visitor), p -> {});
            assertTrue(named.seen().contains(top().resolve("point/d/f")));
        } finally {
            shell("umount mounted; fusermount -u point");
        }
    }

    @Test
    void an_auditor_who_is_not_root_tells_what_he_cannot_list_and_judges_the_directory_itself() throws Exception {
        shell("mkdir -p closed/d open/unlisted/d open/unsearched; touch closed/f open/f open/unsearched/{1..150}; "
                + "chmod 700 closed; chmod 711 open/unlisted; chmod 744 open/unsearched");
        Recorder recorder = new Recorder();

        Walked walked = AsUser.call(Principal.of(61001, 61001), () -> walk(2, recorder));

        Set<PathBytes> told = new TreeSet<>();
        for (Unvisited unvisited : walked.unvisited()) {
            assertEquals(Unvisited.Reason.UNREADABLE, unvisited.reason(), unvisited.toString());
            told.add(unvisited.path());
        }
        assertTrue(told.containsAll(
                List.of(top().resolve("closed"), top().resolve("open/unlisted"), top().resolve("open/unsearched"))));
        assertEquals(walked.unvisited().size(), told.size(), "none twice");
        assertTrue(recorder.entered().containsAll(List.of(top().resolve("closed"), top().resolve("open/unlisted"))));
        assertEquals(recorder.entered(), recorder.left());
        assertTrue(recorder.seen().contains(top().resolve("open/f")));
    }

    @Test
    void a_bind_mount_of_a_directory_above_ends() throws Exception {
        shell("mkdir -p a/b; touch a/f; mount --bind a a/b");
        try {
            Recorder recorder = new Recorder();
            Walked walked = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> walk(2, recorder));

            assertEquals(List.of(), walked.unvisited());
            assertEquals(
                    Set.of(
                            top().resolve("a"),
                            top().resolve("a/f"),
                            top().resolve("a/b"),
                            top().resolve("a/b/f"),
                            top().resolve("a/b/b")),
                    below(recorder));
        } finally {
            shell("umount a/b");
        }
    }

    /** The trace of {@code /x/..} where /x is the root directory once more. */
    @Test
    void dot_dot_of_a_bind_mount_of_the_root_directory_leads_to_what_holds_it() throws Exception {
        shell("mkdir root; touch beside; mount --bind / root");
        try {
            PathTracer tracer = new PathTracer(source(), Set.of());
            var trace = tracer.trace(top().resolve("root/../beside"));

            assertEquals(top().resolve("beside"), trace.end().orElseThrow().path());
        } finally {
            shell("umount root");
        }
    }

    @Test
    void a_directory_of_250000_entries_fits_a_small_heap() throws Exception {
        shell(
                "mkdir big; mount -t tmpfs tmpfs big; cd big; seq 0 199999 | xargs touch; seq -f d%.0f 0 49999 | xargs mkdir");
        List<String> command = new ArrayList<>(
                List.of(ProcessHandle.current().info().command().orElse("java"), "-Xmx24m", "-XX:+UseSerialGC", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.addAll(List.of(CountingWalk.class.getName(), top.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        int status = process.waitFor();
        shell("umount big");

        assertEquals(0, status, output);
        assertEquals("250002", output.strip());
    }
}
