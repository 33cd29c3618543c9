package docrootaudit.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.Acl;
import docrootaudit.access.FileType;
import docrootaudit.access.PathBytes;
import docrootaudit.walk.Entry;
import docrootaudit.walk.EntrySource;
import docrootaudit.walk.Listing;
import docrootaudit.walk.Node;
import docrootaudit.walk.SourceException;
import docrootaudit.walk.TreeReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The source by system calls, also where newer ones are missing. */
class LinuxSourceIT {
    /** Everything at hand. */
    @Nested
    class WithAllCalls extends OnThisKernel {}

    /** A kernel before openat2(2) and getxattrat(2), and a file system that does not tell types when listing. */
    @Nested
    class WithOldCallsOnly extends OnThisKernel {
        @BeforeEach
        void hide() {
            LinuxReader.openat2Missing = true;
            AclReader.getxattratMissing = true;
            LinuxEntry.typesHidden = true;
        }

        @AfterEach
        void show() {
            LinuxReader.openat2Missing = false;
            AclReader.getxattratMissing = false;
            LinuxEntry.typesHidden = false;
        }
    }

    abstract static class OnThisKernel extends DiskSourceContract {
        @Override
        protected EntrySource source() throws IOException {
            return LinuxSource.ofThisProcess();
        }

        private Path mount(String name, String... how) throws IOException {
            Path point = Files.createDirectory(path(name));
            String[] command = Stream.of(Stream.of("mount"), Stream.of(how), Stream.of(point.toString()))
                    .flatMap(s -> s)
                    .toArray(String[]::new);
            RandomTree.run(command);
            return point;
        }

        /** Relative to an open directory, a path may be longer than the kernel takes at once. */
        @Test
        void a_directory_deeper_than_PATH_MAX_is_opened() throws Exception {
            String name = "n".repeat(200);
            RandomTree.run(
                    "bash",
                    "-ec",
                    "cd " + path("") + "; for i in {1..50}; do mkdir " + name + "; cd " + name + "; done; touch end");
            PathBytes deep = PathBytes.of((name + "/").repeat(49) + name);
            try (Node top = node(top());
                    TreeReader reader = source().reader();
                    Listing listing = reader.list(top, deep);
                    Node looked = reader.look(top, deep.resolve("end"))) {
                assertEquals(PathBytes.of("end"), PathBytes.of(listing.next().name()));
                assertEquals(null, listing.next());
                assertEquals(FileType.REGULAR, looked.inode().attributes().type());
            }
        }

        @Test
        void a_link_in_the_middle_of_a_long_path_is_refused_wherever_the_path_is_cut() throws Exception {
            String name = "n".repeat(200);
            RandomTree.run(
                    "bash",
                    "-ec",
                    "cd " + path("") + "; for i in {1..50}; do mkdir " + name + "; [ $i -gt 18 ] || ln -s " + name
                            + " l; cd " + name + "; done");
            try (Node top = node(top());
                    TreeReader reader = source().reader()) {
                for (int at = 0; at < 18; at++) {
                    String path =
                            (name + "/").repeat(at) + "./".repeat(99) + "l/" + (name + "/").repeat(48 - at) + name;
                    SourceException refused =
                            assertThrows(SourceException.class, () -> reader.list(top, PathBytes.of(path)));
                    assertTrue(refused.isChanged(), refused.getMessage());
                }
            }
        }

        @Test
        void an_entry_that_became_a_directory_since_it_was_listed_is_changed() throws Exception {
            draw("f");
            try (Node top = node(top());
                    TreeReader reader = source().reader();
                    Listing listing = reader.list(top, PathBytes.of(""))) {
                Entry f = listing.next();
                if (f.listedType() == FileType.UNKNOWN) {
                    return; // nobody has been told anything else
                }
                Files.delete(path("f"));
                Files.createDirectory(path("f"));

                assertTrue(assertThrows(SourceException.class, f::stat).isChanged());
            }
        }

        @Test
        void a_link_that_takes_the_place_of_a_file_does_not_make_a_mount_one_without_acls() throws Exception {
            draw("""
                    f 640
                    other 640
                    """);
            RandomTree.run("setfacl", "-m", "u:33:r", path("other").toString());
            EntrySource source = source();
            try (Node top = source.root();
                    TreeReader reader = source.reader();
                    Listing listing = reader.list(top, PathBytes.of(top().bytes(), 1, top().length()))) {
                for (Entry entry = listing.next(); entry != null; entry = listing.next()) {
                    if (PathBytes.of(entry.name()).equals(PathBytes.of("f"))) {
                        entry.stat();
                        Files.delete(path("f"));
                        Files.createSymbolicLink(path("f"), Path.of("other"));
                        assertTrue(
                                assertThrows(SourceException.class, entry::acl).isChanged());
                    }
                }
                try (Node here = reader.look(top, PathBytes.of(top().bytes(), 1, top().length()));
                        Node other = here.child(PathBytes.of("other"))) {
                    assertTrue(other.inode().attributes().acl().isPresent());
                    assertTrue(other.inode().mount().acls());
                }
            }
        }

        @Test
        void a_mount_without_acls_says_so() throws Exception {
            Path point = mount("ramfs", "-t", "ramfs", "ramfs");
            try {
                Files.createFile(point.resolve("f"));
                EntrySource source = source();
                PathBytes below = PathBytes.of(top().bytes(), 1, top().length()).resolve("ramfs");
                try (Node root = source.root();
                        TreeReader reader = source.reader();
                        Listing listing = reader.list(root, below);
                        Node looked = reader.look(root, below)) {
                    Entry f = listing.next();
                    f.stat();
                    assertEquals("ramfs", f.mount().fileSystem());
                    assertFalse(f.inode().mount().acls());
                    assertFalse(listing.self().inode().mount().acls());
                    assertFalse(looked.inode().mount().acls());
                }
            } finally {
                RandomTree.run("umount", point.toString());
            }
        }

        @Test
        void what_is_immutable_cannot_be_changed() throws Exception {
            Path file = Files.createFile(path("immutable"));
            RandomTree.run("chattr", "+i", file.toString());
            try (Node top = node(top());
                    Node there = top.child(PathBytes.of("immutable"))) {
                assertTrue(there.inode().fixed().isPresent());
            } finally {
                RandomTree.run("chattr", "-i", file.toString());
            }
        }

        @Test
        void a_mount_point_is_on_the_mount_and_not_on_its_directorys() throws Exception {
            Path point = mount("m", "-t", "tmpfs", "-o", "noexec", "tmpfs");
            try (Node top = node(top());
                    TreeReader reader = source().reader();
                    Listing listing = reader.list(top, PathBytes.of(""))) {
                Entry m = listing.next();
                m.stat();
                assertEquals(PathBytes.of(point.toString()), m.mount().point());
                assertTrue(m.mount().noexec());
                assertFalse(listing.self().mount().noexec());
            } finally {
                RandomTree.run("umount", point.toString());
            }
        }

        /** Read through FUSE they are those of the files behind; whether the kernel asks them cannot be seen. */
        @Test
        void an_acl_on_FUSE_is_not_taken_to_count() throws Exception {
            draw("""
                    behind/
                    behind/f 640
                    behind/g 640
                    point/
                    """);
            RandomTree.run("setfacl", "-m", "u:33:r", path("behind/f").toString());
            RandomTree.run(
                    "bindfs",
                    "-o",
                    "allow_other,default_permissions",
                    path("behind").toString(),
                    path("point").toString());
            try (Node point = node(top().resolve("point"));
                    Node f = point.child(PathBytes.of("f"));
                    Node g = point.child(PathBytes.of("g"))) {
                assertInstanceOf(
                        Acl.Unreadable.class, f.inode().attributes().acl().orElseThrow());
                assertTrue(g.inode().attributes().acl().isEmpty());
                assertFalse(g.inode().mount().acls());
            } finally {
                RandomTree.run("fusermount", "-u", path("point").toString());
            }
        }

        @Test
        void all_types_are_listed_without_help_of_the_directory() throws Exception {
            draw("""
                    d/
                    f
                    l -> d
                    """);
            assertEquals(
                    Map.of(
                            PathBytes.of("d"), FileType.DIRECTORY,
                            PathBytes.of("f"), FileType.REGULAR,
                            PathBytes.of("l"), FileType.SYMLINK),
                    list(top()));
        }
    }
}
