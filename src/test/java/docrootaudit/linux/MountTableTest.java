package docrootaudit.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import docrootaudit.access.Mount;
import docrootaudit.access.PathBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What mountinfo says, in small tables. */
class MountTableTest {
    @TempDir
    private Path scratch;

    private Set<PathBytes> hazards(String... lines) throws IOException {
        Path file = scratch.resolve("mountinfo");
        Files.writeString(file, String.join("\n", lines) + "\n", StandardCharsets.ISO_8859_1);
        return new MountTable(file).hazardous().keySet();
    }

    private static String mount(int id, int parent, String point, String type) {
        return id + " " + parent + " 0:" + id + " / " + point + " rw shared:1 - " + type + " source rw";
    }

    private Optional<String> fixed(Optional<MountTable> host, String... lines) throws IOException {
        Path file = scratch.resolve("mountinfo");
        Files.write(file, List.of(lines));
        MountTable table = new MountTable(file, host);
        return table.all().stream()
                .filter(m -> m.point().equals(PathBytes.of("/m")))
                .findFirst()
                .flatMap(table::fixed);
    }

    /** In a sandbox, one's own or another process's, a mount is read-only there and not for whoever mends. */
    @Test
    void a_read_only_mount_cannot_be_changed_unless_only_a_sandbox_sees_it_so() throws IOException {
        String root = "1 0 0:1 / / rw - ext4 source rw";
        String sandbox = "1 0 0:1 / / ro - ext4 source rw";
        String bind = "2 1 0:2 / /m ro - ext4 source rw";
        String image = "2 1 0:2 / /m rw - squashfs source ro";
        Optional<String> readOnly = Optional.of("the mount /m is read-only");

        assertEquals(readOnly, fixed(Optional.empty(), root, bind));
        assertEquals(readOnly, fixed(Optional.empty(), sandbox, image));
        assertEquals(Optional.empty(), fixed(Optional.empty(), sandbox, bind));
        assertEquals(Optional.empty(), fixed(Optional.empty(), root, mount(2, 1, "/m", "ext4")));
        Optional<MountTable> host = Optional.of(new MountTable(scratch.resolve("mountinfo")));
        assertEquals(Optional.empty(), fixed(host, root, bind));
        assertEquals(readOnly, fixed(host, root, image));
    }

    @Test
    void an_idmapped_mount_is_known_by_its_option() throws IOException {
        Path file = scratch.resolve("mountinfo");
        Files.write(
                file, List.of("1 0 0:1 / / rw - ext4 source rw", "2 1 0:1 / /m rw,relatime,idmapped - ext4 source rw"));

        assertEquals(
                Set.of(PathBytes.of("/m")),
                new MountTable(file)
                        .all().stream()
                                .filter(Mount::idmapped)
                                .map(Mount::point)
                                .collect(Collectors.toSet()));
    }

    @Test
    void where_modes_are_options_of_the_mount_none_can_be_changed() throws IOException {
        assertEquals(
                Optional.of("on vfat all permissions are options of the mount /m"),
                fixed(Optional.empty(), mount(1, 0, "/", "ext4"), mount(2, 1, "/m", "vfat")));
    }

    @Test
    void a_network_mount_is_a_hazard_and_octal_escapes_are_bytes() throws IOException {
        assertEquals(
                Set.of(PathBytes.of("/srv/a b\n\\#é")),
                hazards(mount(1, 0, "/", "ext4"), mount(2, 1, "/srv/a\\040b\\012\\134\\043\u00c3\u00a9", "nfs4")));
    }

    @Test
    void the_last_of_several_mounts_on_one_point_counts() throws IOException {
        assertEquals(Set.of(), hazards(mount(1, 0, "/", "ext4"), mount(2, 1, "/m", "nfs"), mount(3, 2, "/m", "tmpfs")));
        assertEquals(
                Set.of(PathBytes.of("/m")),
                hazards(mount(1, 0, "/", "ext4"), mount(2, 1, "/m", "tmpfs"), mount(3, 2, "/m", "fuse.sshfs")));
    }

    @Test
    void a_mount_slipped_beneath_another_does_not_count_although_it_came_last() throws IOException {
        assertEquals(Set.of(), hazards(mount(1, 0, "/", "ext4"), mount(3, 4, "/m", "tmpfs"), mount(4, 1, "/m", "nfs")));
    }

    @Test
    void a_mount_below_a_covered_point_is_out_of_reach() throws IOException {
        assertEquals(
                Set.of(),
                hazards(
                        mount(1, 0, "/", "ext4"),
                        mount(2, 1, "/m/x", "nfs"),
                        mount(3, 2, "/m/x/deep", "cifs"),
                        mount(4, 1, "/m", "tmpfs")));
        assertEquals(
                Set.of(PathBytes.of("/m/x")),
                hazards(mount(1, 0, "/", "ext4"), mount(4, 1, "/m", "tmpfs"), mount(2, 4, "/m/x", "nfs")));
    }
}
