package docrootaudit.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.Errno;
import docrootaudit.access.FileType;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.access.PathCheck;
import docrootaudit.access.Permissions;
import docrootaudit.access.Principal;
import docrootaudit.linux.LinuxSource;
import docrootaudit.server.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The files of this machine as somebody meets them who is not the auditor. */
class WorkerTreeIT {
    /** Nobody's number: neither an owner nor in a group of anything here. */
    private static final PathCheck STRANGER = new PathCheck(Principal.of(61999, 61999), true);

    private Path top;

    @BeforeEach
    void make() throws IOException {
        top = Files.createTempDirectory(Path.of("/var/tmp"), "worker-tree");
        mode("", "rwxr-xr-x");
        write("open", "text", "rw-r--r--");
        write("shut", "secret", "rw-------");
        Files.createDirectory(top.resolve("closed"));
        write("closed/in", "text", "rw-r--r--");
        mode("closed", "rwx------");
        Files.createSymbolicLink(top.resolve("link"), Path.of("open"));
        Files.createSymbolicLink(top.resolve("out"), Path.of("closed/../open"));
    }

    private void write(String name, String text, String mode) throws IOException {
        Files.writeString(top.resolve(name), text);
        mode(name, mode);
    }

    private void mode(String name, String mode) throws IOException {
        Files.setPosixFilePermissions(top.resolve(name), PosixFilePermissions.fromString(mode));
    }

    @AfterEach
    void remove() throws Exception {
        new ProcessBuilder("rm", "-rf", "--", top.toString()).start().waitFor();
    }

    private WorkerTree tree(Mended mended) throws IOException {
        return new WorkerTree(new Traces(LinuxSource.ofThisProcess()), STRANGER, Optional.empty(), mended, List.of());
    }

    private PathBytes path(String name) {
        return PathBytes.of(top.toString()).resolve(name);
    }

    private Mended.Opened search(String name) {
        return new Mended.Opened(STRANGER.who(), path(name), Permissions.EXECUTE);
    }

    private Mended.Opened read(String name) {
        return new Mended.Opened(STRANGER.who(), path(name), Permissions.READ);
    }

    @Test
    void what_is_closed_on_the_way_refuses_also_a_look() throws IOException {
        Tree tree = tree(Mended.NOTHING);

        assertTrue(tree.stat(path("shut")).is(FileType.REGULAR));
        assertTrue(tree.stat(path("closed")).is(FileType.DIRECTORY));
        for (String name : List.of("closed/in", "closed/missing", "out")) {
            assertTrue(tree.stat(path(name)).failedWith(Errno.EACCES), name);
        }
        assertTrue(tree.stat(path("missing")).failedWith(Errno.ENOENT));
        assertTrue(tree.stat(path("open/")).failedWith(Errno.ENOTDIR));
    }

    @Test
    void a_link_is_followed_or_seen_itself() throws IOException {
        Tree tree = tree(Mended.NOTHING);

        assertTrue(tree.stat(path("link")).is(FileType.REGULAR));
        assertTrue(tree.lstat(path("link")).is(FileType.SYMLINK));
        assertTrue(tree.lstat(path("out")).is(FileType.SYMLINK));
        assertTrue(tree.lstat(path("open")).is(FileType.REGULAR));
    }

    @Test
    void only_what_the_worker_may_read_is_opened() throws IOException {
        Tree tree = tree(Mended.NOTHING);

        assertEquals(new Tree.Contents.Read("text"), tree.read(path("link")));
        assertEquals(new Tree.Contents.Failed(Errno.EACCES), tree.read(path("shut")));
        assertEquals(new Tree.Contents.Failed(Errno.EACCES), tree.read(path("closed/in")));
    }

    @Test
    void a_trap_is_not_opened() throws Exception {
        new ProcessBuilder("mkfifo", "-m", "644", top.resolve("fifo").toString())
                .start()
                .waitFor();
        Files.write(top.resolve("large"), new byte[(1 << 20) + 1]);
        mode("large", "rw-r--r--");
        Tree tree = tree(Mended.NOTHING);

        assertInstanceOf(Tree.Contents.Withheld.class, tree.read(path("fifo")));
        assertInstanceOf(Tree.Contents.Withheld.class, tree.read(path("large")));
    }

    @Test
    void names_are_for_whoever_may_list() throws IOException {
        mode("closed", "rwx--x--x");
        Tree tree = tree(Mended.NOTHING);

        assertEquals(new Tree.Names.Failed(Errno.EACCES), tree.names(path("closed")));
        assertEquals(
                new Tree.Names.Read(List.of("closed", "link", "open", "out", "shut").stream()
                        .map(PathBytes::of)
                        .toList()),
                tree.names(path("")));
    }

    @Test
    void what_is_taken_for_mended_refuses_no_more() throws IOException {
        Tree opened = tree(Mended.opening(Set.of(search("closed"), read("shut"))));

        assertTrue(opened.access(path("closed/in"), Need.READ).isThere());
        assertTrue(opened.access(path("shut"), Need.READ).isThere());
        assertTrue(opened.stat(path("closed/missing")).failedWith(Errno.ENOENT));
    }

    @Test
    void a_right_is_for_whom_it_was_given_and_no_other_right() throws IOException {
        Tree opened = tree(Mended.opening(Set.of(search("closed"))));
        Mended others = Mended.opening(
                Set.of(new Mended.Opened(Principal.of(61998, 61998), path("closed"), Permissions.EXECUTE)));

        assertEquals(new Tree.Names.Failed(Errno.EACCES), opened.names(path("closed")));
        assertTrue(tree(others).stat(path("closed/in")).failedWith(Errno.EACCES));
    }

    @Test
    void a_file_that_is_taken_for_opened_is_no_directory_for_all_that() throws IOException {
        Tree opened = tree(Mended.opening(Set.of(read("shut"))));

        assertEquals(new Tree.Contents.Failed(Errno.ENOTDIR), opened.read(path("shut/.htaccess")));
        assertTrue(opened.stat(path("shut/")).failedWith(Errno.ENOTDIR));
    }

    @Test
    void rights_that_were_changed_while_the_worker_runs_are_told_from_what_was_written() throws IOException {
        Instant before = Instant.now().minusSeconds(3600);
        Files.setLastModifiedTime(top.resolve("open"), FileTime.from(before));
        Tree running = new WorkerTree(
                new Traces(LinuxSource.ofThisProcess()), STRANGER, Optional.of(before), Mended.NOTHING, List.of());
        Tree young = new WorkerTree(
                new Traces(LinuxSource.ofThisProcess()),
                STRANGER,
                Optional.of(Instant.now().plusSeconds(60)),
                Mended.NOTHING,
                List.of());

        assertTrue(running.changedWithin(path("open"), Duration.ofMinutes(30)));
        assertFalse(running.changedWithin(path("open"), Duration.ZERO));
        assertFalse(young.changedWithin(path("open"), Duration.ofMinutes(30)));
        assertFalse(tree(Mended.NOTHING).changedWithin(path("open"), Duration.ofMinutes(30)));
        assertTrue(new WorkerTree(
                        new Traces(LinuxSource.ofThisProcess()),
                        STRANGER,
                        Optional.of(Instant.now().plusSeconds(60)),
                        Mended.opening(Set.of(read("shut"))),
                        List.of())
                .changedWithin(path("shut"), Duration.ZERO));
    }

    @Test
    void what_is_taken_for_made_is_there() throws IOException {
        Tree made = tree(
                Mended.creating(path("new"), "ada:x").and(Mended.linking(Map.of(path("OPEN"), PathBytes.of("open")))));

        assertEquals(new Tree.Contents.Read("ada:x"), made.read(path("new")));
        assertEquals(new Tree.Contents.Read("text"), made.read(path("OPEN")));
        assertTrue(made.lstat(path("OPEN")).is(FileType.SYMLINK));
    }
}
