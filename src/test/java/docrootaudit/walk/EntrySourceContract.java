package docrootaudit.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.Errno;
import docrootaudit.access.FileType;
import docrootaudit.access.PathBytes;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What every source of entries keeps, whatever it is made of. */
public abstract class EntrySourceContract {
    /** The source under test. */
    protected abstract EntrySource source() throws IOException;

    /** The file system the source shows. */
    protected abstract FileSystem world();

    /** An empty directory of the test's own, by its canonical path. */
    protected abstract PathBytes top();

    protected final TreePicture draw(String picture) throws IOException {
        return TreePicture.of(picture).build(world(), top());
    }

    protected final Path path(String name) {
        return NioNames.of(world()).path(top().resolve(TreePicture.unescape(name)));
    }

    /** Makes files called n0, n1… in a directory. */
    protected void fill(String directory, int count) throws IOException {
        Path path = path(directory);
        for (int i = 0; i < count; i++) {
            Files.createFile(path.resolve("n" + i));
        }
    }

    protected final Node node(PathBytes path) throws IOException, SourceException {
        Node at = source().root();
        for (PathBytes name : path.names()) {
            try (Node above = at) {
                at = above.child(name);
            }
        }
        return at;
    }

    /** The names in a directory, each with its type by {@code stat}. */
    protected final Map<PathBytes, FileType> list(PathBytes directory) throws IOException, SourceException {
        Map<PathBytes, FileType> found = new TreeMap<>();
        try (Node top = source().root();
                TreeReader reader = source().reader();
                Listing listing = reader.list(top, PathBytes.of(directory.bytes(), 1, directory.length()))) {
            for (Entry entry = listing.next(); entry != null; entry = listing.next()) {
                FileType listed = entry.listedType();
                assertEquals(PathBytes.of(entry.name()).length(), entry.nameLength());
                entry.stat();
                assertTrue(listed == FileType.UNKNOWN || listed == entry.type(), listed + " is " + entry.type());
                assertEquals(null, found.put(PathBytes.of(entry.name()), entry.type()), "listed twice");
            }
        }
        return found;
    }

    @Test
    void a_directory_lists_each_entry_once_and_no_dots() throws Exception {
        draw("""
                d/
                d/sub/
                d/f
                d/line\\nbreak
                d/\\e[31mred
                d/é
                d/..x
                d/l -> nowhere
                """);

        assertEquals(
                Map.of(
                        PathBytes.of("sub"), FileType.DIRECTORY,
                        PathBytes.of("f"), FileType.REGULAR,
                        PathBytes.of("line\nbreak"), FileType.REGULAR,
                        PathBytes.of("\u001b[31mred"), FileType.REGULAR,
                        PathBytes.of("é"), FileType.REGULAR,
                        PathBytes.of("..x"), FileType.REGULAR,
                        PathBytes.of("l"), FileType.SYMLINK),
                list(top().resolve("d")));
    }

    @Test
    void an_empty_directory_lists_nothing() throws Exception {
        draw("d/");

        assertEquals(Map.of(), list(top().resolve("d")));
    }

    @Test
    void an_entry_and_a_node_tell_the_same_of_an_inode() throws Exception {
        draw("""
                d/
                d/f 640
                d/g 751
                d/sub/ 710
                """);
        try (Node d = node(top().resolve("d"));
                TreeReader reader = source().reader();
                Listing listing = reader.list(d, PathBytes.of(""))) {
            assertEquals(d.inode(), listing.self().inode());
            assertEquals(d.id(), listing.directory().id());
            Set<FileId> ids = new HashSet<>();
            for (Entry entry = listing.next(); entry != null; entry = listing.next()) {
                entry.stat();
                try (Node child = d.child(PathBytes.of(entry.name()))) {
                    assertEquals(child.inode(), entry.inode());
                    ids.add(child.id());
                }
            }
            assertEquals(3, ids.size());
            try (Node f = d.child(PathBytes.of("f"));
                    Node sub = d.child(PathBytes.of("sub"))) {
                assertEquals("-rw-r-----", f.inode().attributes().modeText());
                assertEquals("drwx--x---", sub.inode().attributes().modeText());
            }
        }
    }

    @Test
    void a_link_is_looked_at_and_not_followed() throws Exception {
        draw("""
                d/
                to-d -> d
                up -> ../x
                """);
        try (Node top = node(top());
                Node link = top.child(PathBytes.of("to-d"));
                Node up = top.child(PathBytes.of("up"))) {
            assertEquals(FileType.SYMLINK, link.inode().attributes().type());
            assertEquals(Optional.empty(), link.inode().attributes().acl());
            assertEquals(PathBytes.of("d"), link.readLink());
            assertEquals(PathBytes.of("../x"), up.readLink());
            SourceException refused = assertThrows(SourceException.class, () -> link.child(PathBytes.of("f")));
            assertTrue(refused.isChanged());
        }
    }

    @Test
    void a_child_knows_its_parent() throws Exception {
        draw("""
                d/
                d/e/
                """);
        try (Node d = node(top().resolve("d"));
                Node e = d.child(PathBytes.of("e"));
                Node again = e.parent();
                Node top = again.parent()) {
            assertEquals(d.id(), again.id());
            assertNotEquals(d.id(), e.id());
            assertEquals(node(top()).id(), top.id());
        }
    }

    @Test
    void the_root_is_its_own_parent() throws Exception {
        try (Node root = source().root();
                Node above = root.parent()) {
            assertEquals(root.id(), above.id());
        }
    }

    @Test
    void what_is_not_there_is_missing_and_what_is_no_directory_has_no_children() throws Exception {
        draw("f");
        try (Node top = node(top());
                Node f = top.child(PathBytes.of("f"))) {
            SourceException missing = assertThrows(SourceException.class, () -> top.child(PathBytes.of("none")));
            SourceException noDirectory = assertThrows(SourceException.class, () -> f.child(PathBytes.of("x")));
            SourceException tooLong =
                    assertThrows(SourceException.class, () -> top.child(PathBytes.of("n".repeat(256))));

            assertTrue(missing.isMissing());
            assertEquals(Optional.of(Errno.ENOTDIR), noDirectory.errno());
            assertEquals(Optional.of(Errno.ENAMETOOLONG), tooLong.errno());
        }
    }

    @Test
    void a_directory_swapped_for_a_link_is_refused() throws Exception {
        draw("""
                d/
                d/e/
                away/
                away/e/
                """);
        try (Node top = node(top());
                TreeReader reader = source().reader()) {
            Files.move(path("d"), path("moved"));
            Files.createSymbolicLink(path("d"), world().getPath("away"));

            for (String relative : new String[] {"d", "d/e"}) {
                SourceException refused =
                        assertThrows(SourceException.class, () -> reader.list(top, PathBytes.of(relative)));
                assertTrue(refused.isChanged(), relative);
            }
        }
    }

    @Test
    void a_directory_that_is_gone_or_another_file_now_is_changed() throws Exception {
        draw("f");
        try (Node top = node(top());
                TreeReader reader = source().reader()) {
            for (String relative : new String[] {"f", "none", "f/x"}) {
                SourceException refused =
                        assertThrows(SourceException.class, () -> reader.list(top, PathBytes.of(relative)));
                assertTrue(refused.isChanged(), relative);
            }
        }
    }

    @Test
    void a_directory_stays_one_to_open_others_from_while_the_next_is_listed() throws Exception {
        draw("""
                d/
                d/e/
                d/e/f
                """);
        try (Node top = node(top());
                TreeReader reader = source().reader();
                Listing d = reader.list(top, PathBytes.of("d"));
                Listing e = reader.list(d.directory(), PathBytes.of("e"))) {
            Entry f = e.next();
            assertEquals(PathBytes.of("f"), PathBytes.of(f.name()));
            assertEquals(null, e.next());
        }
    }

    @Test
    void the_working_directory_is_where_its_path_leads() throws Exception {
        try (Node here = source().workingDirectory();
                Node byPath = node(source().workingDirectoryPath())) {
            assertEquals(byPath.id(), here.id());
        }
    }

    @Test
    void a_directory_of_100000_entries_is_complete() throws Exception {
        draw("d/");
        fill("d", 100_000);
        Set<Integer> seen = new HashSet<>();
        try (Node top = node(top());
                TreeReader reader = source().reader();
                Listing listing = reader.list(top, PathBytes.of("d"))) {
            for (Entry entry = listing.next(); entry != null; entry = listing.next()) {
                assertTrue(seen.add(
                        Integer.parseInt(PathBytes.of(entry.name()).toString().substring(1))));
            }
        }
        assertEquals(100_000, seen.size());
    }
}
