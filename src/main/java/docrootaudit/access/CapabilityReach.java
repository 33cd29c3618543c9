package docrootaudit.access;

import java.util.List;

/**
 * Which inodes a principal's capabilities are about: those whose owner and group its user namespace maps
 * ({@code capable_wrt_inode_uidgid()} in {@code kernel/capability.c}). A container's root has every capability, and not
 * one of them over the host's files.
 *
 * @param uids the mapped uids, as the auditor sees them
 * @param gids the mapped gids
 */
public record CapabilityReach(List<Range> uids, List<Range> gids) {
    /** Of a process in the auditor's own user namespace. */
    public static final CapabilityReach EVERYTHING =
            new CapabilityReach(List.of(new Range(0, 1L << 32)), List.of(new Range(0, 1L << 32)));

    public CapabilityReach {
        uids = List.copyOf(uids);
        gids = List.copyOf(gids);
    }

    /**
     * Consecutive ids.
     *
     * @param first the least of them
     * @param count how many
     */
    public record Range(long first, long count) {
        boolean contains(int id) {
            long number = Integer.toUnsignedLong(id);
            return number >= first && number - first < count;
        }
    }

    /** Whether it is {@link #EVERYTHING}. */
    public boolean isEverything() {
        return uids.equals(EVERYTHING.uids) && gids.equals(EVERYTHING.gids);
    }

    /** Whether both ids are mapped. */
    public boolean covers(int uid, int gid) {
        return contains(uids, uid) && contains(gids, gid);
    }

    private static boolean contains(List<Range> ranges, int id) {
        for (Range range : ranges) {
            if (range.contains(id)) {
                return true;
            }
        }
        return false;
    }
}
