package docrootaudit.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.FileType;
import docrootaudit.access.Inode;
import docrootaudit.access.PathBytes;
import docrootaudit.access.Principal;
import docrootaudit.walk.Entry;
import docrootaudit.walk.EntrySourceContract;
import docrootaudit.walk.Listing;
import docrootaudit.walk.Node;
import docrootaudit.walk.SourceException;
import docrootaudit.walk.TreeReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a source of this machine's own tree keeps besides. As root: it makes devices and gives files away. */
abstract class DiskSourceContract extends EntrySourceContract {
    private static final int HIGH = 0xee6b2801;
    private Path top;
    private Path filled;

    @BeforeEach
    void makeTop() throws IOException {
        top = Files.createTempDirectory(Path.of("/var/tmp"), "audit-source");
        RandomTree.run("chmod", "755", top.toString());
    }

    @AfterEach
    void removeTop() throws IOException {
        if (filled != null) {
            RandomTree.run("umount", filled.toString());
        }
        RandomTree.run("rm", "-rf", top.toString());
    }

    @Override
    protected FileSystem world() {
        return FileSystems.getDefault();
    }

    @Override
    protected PathBytes top() {
        return PathBytes.of(top.toString());
    }

    @Override
    protected void fill(String directory, int count) throws IOException {
        // in memory: the time goes into making them
        RandomTree.run("mount", "-t", "tmpfs", "tmpfs", top + "/" + directory);
        filled = top.resolve(directory);
        RandomTree.run("bash", "-c", "cd " + filled + "; seq -f n%.0f 0 " + (count - 1) + " | xargs touch");
    }

    private Inode inode(String name) throws Exception {
        try (Node node = node(top().resolve(name))) {
            return node.inode();
        }
    }

    @Test
    void names_of_any_bytes_are_listed_and_opened() throws Exception {
        draw("""
                \\xff\\xfe/
                \\xff\\xfe/caf\\xe9
                \\xff\\xfe/%41
                link -> \\xff
                """);

        PathBytes odd = PathBytes.of(new byte[] {(byte) 0xff, (byte) 0xfe});
        PathBytes cafe = PathBytes.of(new byte[] {'c', 'a', 'f', (byte) 0xe9});
        assertEquals(Map.of(cafe, FileType.REGULAR, PathBytes.of("%41"), FileType.REGULAR), list(top().resolve(odd)));
        try (Node directory = node(top().resolve(odd));
                Node file = directory.child(cafe)) {
            assertEquals(FileType.REGULAR, file.inode().attributes().type());
        }
    }

    @Test
    void a_stamp_has_size_and_times_of_a_file() throws Exception {
        Path file = Files.writeString(path("f"), "12345");
        Instant written = Instant.parse("2020-02-03T04:05:06Z");
        Files.setLastModifiedTime(file, FileTime.from(written));

        try (Node node = node(top().resolve("f"))) {
            assertEquals(5, node.stamp().size());
            assertEquals(written, node.stamp().modified());
            assertEquals(
                    ((FileTime) Files.getAttribute(file, "unix:ctime")).toInstant(),
                    node.stamp().changed());
        }
    }

    @Test
    void a_link_says_every_byte_of_its_target() throws Exception {
        for (String target : new String[] {"a\\\\b", "d/", "//x//y/", "/", ".", "../..", "%2e"}) {
            RandomTree.run("ln", "-sfn", target, top + "/l");
            try (Node link = node(top().resolve("l"))) {
                assertEquals(PathBytes.of(target), link.readLink());
            }
        }
        RandomTree.run("bash", "-c", "ln -sfn $'\\xff/\\xe9' " + top + "/l");
        try (Node link = node(top().resolve("l"))) {
            assertEquals(PathBytes.of(new byte[] {(byte) 0xff, '/', (byte) 0xe9}), link.readLink());
        }
    }

    @Test
    void a_fifo_a_socket_and_a_device_are_told_apart_and_never_opened() throws Exception {
        RandomTree.run("mkfifo", top + "/fifo");
        RandomTree.run("mknod", top + "/null", "c", "1", "3");
        RandomTree.run("mknod", top + "/disk", "b", "7", "200");
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(top.resolve("socket")));

            assertEquals(
                    Map.of(
                            PathBytes.of("fifo"), FileType.FIFO,
                            PathBytes.of("null"), FileType.CHARACTER_DEVICE,
                            PathBytes.of("disk"), FileType.BLOCK_DEVICE,
                            PathBytes.of("socket"), FileType.SOCKET),
                    list(top()));
        }
        try (Node here = node(top());
                TreeReader reader = source().reader()) {
            assertTrue(assertThrows(SourceException.class, () -> reader.list(here, PathBytes.of("fifo")))
                    .isChanged());
        }
    }

    @Test
    void ids_above_two_thousand_million_stay_what_they_are() throws Exception {
        draw("f");
        Files.setAttribute(path("f"), "unix:uid", HIGH, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path("f"), "unix:gid", HIGH + 1, LinkOption.NOFOLLOW_LINKS);
        RandomTree.run("setfacl", "-m", "u:4000000003:r", top + "/f");

        assertEquals(
                "4000000001", Integer.toUnsignedString(inode("f").attributes().uid()));
        assertEquals(
                "4000000002", Integer.toUnsignedString(inode("f").attributes().gid()));
        assertEquals(
                "[user::rw-, user:4000000003:r--, group::r--, mask::r--, other::r--]",
                inode("f").attributes().posixAcl().orElseThrow().entries().toString());
    }

    @Test
    void acls_are_those_of_getfacl() throws Exception {
        draw("""
                d/ 750
                f 640
                plain 640
                to-f -> f
                """);
        RandomTree.run("setfacl", "-m", "u:33:rx,g:34:x,m::r", top + "/d");
        RandomTree.run("setfacl", "-d", "-m", "g:35:rx", top + "/d");
        RandomTree.run("setfacl", "-m", "u:33:r,u:0:w", top + "/f");

        Inode d = inode("d");
        assertEquals(
                "[user::rwx, user:33:r-x, group::r-x, group:34:--x, mask::r--, other::---]",
                d.attributes().posixAcl().orElseThrow().entries().toString());
        assertEquals("drwxr-----+", d.attributes().modeText());
        assertEquals(
                "[group:35:r-x]",
                d.defaultAcl().orElseThrow().entries().stream()
                        .filter(e -> e.toString().matches("\\w+:\\d+:.*"))
                        .toList()
                        .toString());
        assertEquals(
                "[user::rw-, user:0:-w-, user:33:r--, group::r--, mask::rw-, other::---]",
                inode("f").attributes().posixAcl().orElseThrow().entries().toString());
        assertTrue(inode("plain").attributes().acl().isEmpty());
        assertTrue(inode("to-f").attributes().acl().isEmpty());
        assertTrue(inode("f").defaultAcl().isEmpty());
        assertTrue(inode("f").mount().acls());
    }

    @Test
    void what_the_auditor_may_not_look_at_is_refused() throws Exception {
        draw("""
                closed/ 700
                closed/d/
                unlisted/ 711
                unlisted/d/
                unsearched/ 744
                unsearched/f
                """);
        PathBytes below = PathBytes.of(top().bytes(), 1, top().length());
        AsUser.call(Principal.of(61001, 61001), () -> {
            try (Node root = source().root();
                    TreeReader reader = source().reader()) {
                for (String name : new String[] {"closed", "closed/d", "unlisted"}) {
                    SourceException refused =
                            assertThrows(SourceException.class, () -> reader.list(root, below.resolve(name)));
                    assertTrue(refused.isRefused(), name + ": " + refused.getMessage());
                }
                try (Node unlisted = reader.look(root, below.resolve("unlisted"));
                        Listing unsearched = reader.list(root, below.resolve("unsearched"))) {
                    assertEquals(0711, unlisted.inode().attributes().mode());
                    Entry f = unsearched.next();
                    assertEquals(PathBytes.of("f"), PathBytes.of(f.name()));
                    assertTrue(assertThrows(SourceException.class, f::stat).isRefused());
                }
                try (Listing open = reader.list(root, below.resolve("unlisted/d"))) {
                    assertEquals(null, open.next());
                }
            }
            return null;
        });
    }

    @Test
    void nothing_stays_open() throws Exception {
        draw("""
                d/
                d/e/
                f
                """);
        Set<String> before = openFiles();
        for (int i = 0; i < 50; i++) {
            list(top());
            inode("d/e");
            inode("f");
            try (Node here = node(top());
                    TreeReader reader = source().reader()) {
                assertThrows(SourceException.class, () -> reader.list(here, PathBytes.of("f")));
                assertThrows(SourceException.class, () -> reader.list(here, PathBytes.of("d/e/x")));
                assertThrows(SourceException.class, () -> here.child(PathBytes.of("none")));
            }
        }
        Set<String> after = openFiles();
        after.removeAll(before);
        assertEquals(Set.of(), after);
    }

    /** What this process holds open below the test's directory. */
    final Set<String> openFiles() throws IOException {
        Set<String> open = new HashSet<>();
        try (var descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                try {
                    String target = Files.readSymbolicLink(descriptor).toString();
                    if (target.startsWith(top.toString())) {
                        open.add(descriptor.getFileName() + " " + target);
                    }
                } catch (IOException e) {
                    // closed since
                }
            }
        }
        return open;
    }
}
