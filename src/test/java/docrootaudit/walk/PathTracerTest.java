package docrootaudit.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import docrootaudit.access.PathBytes;
import docrootaudit.access.Step;
import docrootaudit.access.Trace;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How paths resolve, step by step, on a tree in memory. */
class PathTracerTest {
    private final FileSystem world = Jimfs.unix();
    private final EntrySource source = Jimfs.source(world);
    private final PathTracer tracer = new PathTracer(source, Set.of(PathBytes.of("/work/mount")));

    @BeforeEach
    void draw() throws IOException {
        TreePicture.of("""
                closed/ 700
                closed/in
                d/
                d/e/
                d/f
                file
                to-d -> d
                to-f -> to-d/f
                dot -> d/.
                file-dot -> link-file/.
                link-file -> file
                out -> closed/../file
                absolute -> /work/d/e
                dangling -> d/none
                loop -> loop
                ping -> pong
                pong -> ping
                into -> ping
                mount/
                mount/x
                to-mount -> mount/x
                """).build(world, PathBytes.of("/work"));
    }

    @AfterEach
    void close() throws IOException {
        world.close();
    }

    private static String text(Trace trace) {
        return trace.steps().stream().map(PathTracerTest::text).collect(Collectors.joining(" "));
    }

    private static String text(Step step) {
        String path = step.path().toString().replaceFirst("^/work/?", "");
        if (step instanceof Step.Search) {
            return path + "/";
        } else if (step instanceof Step.Follow follow) {
            return path + (follow.trailing() ? "=>" : "->") + follow.target();
        } else if (step instanceof Step.Stop stop) {
            return path + "!" + stop.errno();
        }
        return path + (step instanceof Step.Blind ? "?" : ".");
    }

    /** A slash is a search, {@code ->} a link in the middle, {@code =>} a trailing one, a full stop the end. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            /work/file             | // / file.
            /                      | /.
            //work///file          | // / file.
            /work/d/..             | // / d/ .
            /work/closed/../file   | // / closed/ / file.
            /work/closed/.         | // / closed/ closed.
            /work/d/./e            | // / d/ d/e.
            /../work/file          | // / file.
            /work/to-f             | // / to-f=>to-d/f / to-d->d / d/ d/f.
            /work/to-d/f           | // / to-d->d / d/ d/f.
            /work/to-d/            | // / to-d=>d / d.
            /work/dot              | // / dot=>d/. / d/ d.
            /work/dot/f            | // / dot->d/. / d/ d/f.
            /work/out              | // / out=>closed/../file / closed/ / file.
            /work/absolute         | // / absolute=>/work/d/e // / d/ d/e.
            /work/dangling         | // / dangling=>d/none / d/ d/none!ENOENT
            /work/file/            | // / file!ENOTDIR
            /work/file/.           | // / file!ENOTDIR
            /work/file/x           | // / file!ENOTDIR
            /work/file-dot         | // / file-dot=>link-file/. / link-file->file / file!ENOTDIR
            /work/none/x           | // / none!ENOENT
            /work/mount/x          | // / mount?
            /work/to-mount         | // / to-mount=>mount/x / mount?
            d/f                    | / d/ d/f.
            ./file                 | / file.
            ../work/file           | / // / file.
            """)
    void a_path_resolves_step_by_step(String path, String steps) {
        // a search of the root directory reads "//", one of the working directory "/"
        String found = text(tracer.trace(PathBytes.of(path)));
        assertEquals(steps.replaceAll(" +", " "), found.replaceAll(" +", " "));
    }

    @Test
    void a_loop_is_blamed_on_the_link_that_led_into_it() {
        for (String name : List.of("loop", "ping", "into")) {
            Trace trace = tracer.trace(PathBytes.of("/work/" + name));
            Step end = trace.steps().get(trace.steps().size() - 1);

            assertEquals(name + "!ELOOP", text(end));
            assertEquals(
                    40,
                    trace.steps().stream().filter(Step.Follow.class::isInstance).count());
        }
    }

    @Test
    void forty_links_are_followed_and_the_41st_is_not() throws IOException {
        Files.createSymbolicLink(world.getPath("/work/chain1"), world.getPath("file"));
        for (int i = 2; i <= 41; i++) {
            Files.createSymbolicLink(world.getPath("/work/chain" + i), world.getPath("chain" + (i - 1)));
        }
        assertEquals(
                PathBytes.of("/work/file"),
                tracer.trace(PathBytes.of("/work/chain40")).end().orElseThrow().path());
        Trace trace = tracer.trace(PathBytes.of("/work/chain41"));
        assertEquals("chain41!ELOOP", text(trace.steps().get(trace.steps().size() - 1)));
    }

    @Test
    void names_and_paths_over_the_limits_are_too_long() {
        String name = "n".repeat(255);
        assertEquals("// / " + name + "!ENOENT", text(tracer.trace(PathBytes.of("/work/" + name))));
        assertEquals("// / " + name + "n!ENAMETOOLONG", text(tracer.trace(PathBytes.of("/work/" + name + "n"))));
        String most = "/work/" + "./".repeat(2042) + "file./".substring(0, 4);
        assertEquals(4094, most.length());
        assertEquals("// / file.", text(tracer.trace(PathBytes.of(most))));
        String longer = "/" + most + "/";
        assertEquals(4096, longer.length());
        assertEquals(
                "ENAMETOOLONG",
                ((Step.Stop) tracer.trace(PathBytes.of(longer)).steps().get(0))
                        .errno()
                        .name());
        assertEquals("!ENOENT", text(tracer.trace(PathBytes.of(""))));
    }

    @Test
    void a_name_in_an_open_directory_begins_with_its_search() throws Exception {
        try (Node work = source.root().child(PathBytes.of("work"))) {
            Trace trace = tracer.traceIn(work, PathBytes.of("/work"), PathBytes.of("to-f"));
            assertEquals("/ to-f=>to-d/f / to-d->d / d/ d/f.", text(trace));
        }
    }
}
