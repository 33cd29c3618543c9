package docrootaudit.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import docrootaudit.access.Attributes;
import docrootaudit.access.FileType;
import docrootaudit.access.Inode;
import docrootaudit.access.Mount;
import docrootaudit.access.Names;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.access.Principal;
import docrootaudit.finding.CauseKind;
import docrootaudit.finding.Identity;
import docrootaudit.finding.PackedNames;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileGroupsTest {
    private static final int MANY = 3 * FileGroups.HELD + 100;
    private static final Reader READER =
            new Reader(0, new Identity(Optional.empty(), Principal.of(33, 33), "test"), true, Names.NUMERIC);

    private final Random random = new Random(7);

    @Test
    void more_groups_than_memory_holds_come_back_whole_and_in_order() {
        List<FileGroup> given = groups(MANY);

        assertEquals(sorted(given), kept(new FileGroups(), given));
    }

    @Test
    void a_group_of_more_names_than_are_read_at_once_comes_back_whole() {
        List<FileGroup> given = groups(20);
        given.add(10, group(PathBytes.of("/srv/www/large"), 300_000));

        assertEquals(sorted(given), kept(new FileGroups(), given));
    }

    @Test
    void where_no_temporary_file_can_be_made_groups_stay_in_memory() {
        List<FileGroup> given = groups(MANY);
        FileGroups groups = new FileGroups(() -> {
            throw new IOException("no such directory");
        });

        assertEquals(sorted(given), kept(groups, given));
    }

    @Test
    void on_a_full_disk_groups_stay_in_memory() {
        List<FileGroup> given = groups(MANY);
        FileGroups groups = new FileGroups(() -> new GroupFile(new RandomAccessFile("/dev/full", "rw")));

        assertEquals(sorted(given), kept(groups, given));
    }

    @Test
    void what_was_written_before_the_disk_was_full_is_kept(@TempDir Path directory) throws IOException {
        List<FileGroup> given = groups(MANY);
        RandomAccessFile filling = new Filling(directory.resolve("groups"));
        FileGroups groups = new FileGroups(() -> new GroupFile(filling));

        assertEquals(sorted(given), kept(groups, given));
    }

    private static List<FileGroup> kept(FileGroups groups, List<FileGroup> given) {
        given.forEach(groups::add);
        return Merged.of(groups.lists(), FileGroup.IN_ORDER);
    }

    private static List<FileGroup> sorted(List<FileGroup> groups) {
        return groups.stream().sorted(FileGroup.IN_ORDER).toList();
    }

    private List<FileGroup> groups(int count) {
        List<FileGroup> groups = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            // of as many directories as groups: what is in one has an order of its own
            groups.add(group(PathBytes.of("/srv/www/" + Integer.reverse(i)).resolve(hostile()), 1 + random.nextInt(4)));
        }
        return groups;
    }

    private PathBytes hostile() {
        byte[] name = new byte[1 + random.nextInt(20)];
        for (int i = 0; i < name.length; i++) {
            name[i] = (byte) (1 + random.nextInt(255));
        }
        return PathBytes.of(name);
    }

    private FileGroup group(PathBytes directory, int names) {
        PackedNames.Builder some = new PackedNames.Builder();
        for (int i = 0; i < names; i++) {
            byte[] name = hostile().bytes();
            some.add(name, 0, name.length);
        }
        Attributes attributes = new Attributes(
                FileType.REGULAR, random.nextBoolean() ? 0600 : 0640, 0, random.nextInt(5), Optional.empty());
        Inode inode = new Inode(attributes, Mount.plain("ext4"), Optional.empty());
        FileGroup.Alike alike = new FileGroup.Alike(
                READER, Need.READ, CauseKind.MODE, "other::---", inode, random.nextBoolean(), random.nextBoolean());
        PathBytes canonical =
                random.nextBoolean() ? directory : PathBytes.of("/elsewhere").resolve(hostile());
        return FileGroup.of(alike, attributes.toString(), directory, canonical, some.build());
    }

    /** A file on a disk that is full when some of what it is given is written. */
    private static final class Filling extends RandomAccessFile {
        private int room = 1 << 20;

        Filling(Path path) throws IOException {
            super(path.toFile(), "rw");
        }

        @Override
        public void write(byte[] bytes, int from, int size) throws IOException {
            if (size > room) {
                super.write(bytes, from, room);
                room = 0;
                throw new IOException("No space left on device");
            }
            room -= size;
            super.write(bytes, from, size);
        }
    }
}
