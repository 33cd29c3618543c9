package docrootaudit.linux;

import docrootaudit.access.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Whether ids seen here may stand for others: in a user namespace that does not map all ids, an unmapped owner shows as
 * the overflow id (user_namespaces(7)).
 *
 * @param partial whether this process is in such a namespace
 * @param uid the overflow uid
 * @param gid the overflow gid
 */
record OverflowIds(boolean partial, int uid, int gid) {
    private static final String WHY = "its owner or group is not mapped into this user namespace";

    static OverflowIds read() throws IOException {
        return new OverflowIds(!mapsAll("uid_map") || !mapsAll("gid_map"), id("overflowuid"), id("overflowgid"));
    }

    private static boolean mapsAll(String map) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc/self", map));
        return lines.size() == 1 && lines.get(0).trim().split("\\s+")[2].equals("4294967295");
    }

    private static int id(String sysctl) throws IOException {
        return Integer.parseUnsignedInt(
                Files.readString(Path.of("/proc/sys/kernel", sysctl)).trim());
    }

    /** The mount, or one that says why nothing can be known of this inode. */
    Mount onto(Mount mount, int ownerUid, int owningGid) {
        if (!partial || (ownerUid != uid && owningGid != gid)) {
            return mount;
        }
        return mount.unknowableFor(WHY);
    }
}
