package docrootaudit.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;

/** The Debian that test hosts are copies of: made once, kept outside the checkout until its recipe changes. */
final class DebianTree {
    private static final Path CACHE = Path.of("/var/cache/docroot-audit-tests");

    private DebianTree() {}

    static Path made() throws IOException, InterruptedException {
        Path recipe = Files.createTempFile("make-tree", ".sh");
        try (var script = DebianTree.class.getResourceAsStream("make-tree.sh")) {
            byte[] steps = script.readAllBytes();
            Files.write(recipe, steps);
            CRC32 sum = new CRC32();
            sum.update(steps);
            Path tree = CACHE.resolve("debian-" + Long.toHexString(sum.getValue()));
            Files.createDirectories(CACHE);
            // two builds at once make one tree
            String make = "test -d " + tree + " || { rm -rf --one-file-system " + CACHE + "/debian-*; sh -e " + recipe
                    + ' ' + tree + "; }";
            Ran.of(List.of("flock", CACHE.resolve("lock").toString(), "sh", "-c", make))
                    .fine();
            return tree;
        } finally {
            Files.delete(recipe);
        }
    }
}
