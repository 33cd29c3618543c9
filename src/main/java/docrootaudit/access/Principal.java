package docrootaudit.access;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Whose access is meant, as the kernel has it: numbers, never names.
 *
 * @param uid filesystem uid (unsigned)
 * @param gid filesystem gid (unsigned)
 * @param groups supplementary gids (unsigned), sorted
 * @param capabilities the effective ones of the two that matter
 * @param reach whose inodes the capabilities are about
 */
public record Principal(int uid, int gid, GroupSet groups, Set<Capability> capabilities, CapabilityReach reach) {
    public Principal {
        capabilities = capabilities.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(capabilities));
    }

    /** With capabilities that are about every inode. */
    public Principal(int uid, int gid, GroupSet groups, Set<Capability> capabilities) {
        this(uid, gid, groups, capabilities, CapabilityReach.EVERYTHING);
    }

    /** An account as a login would make it: uid 0 has both capabilities, nobody else has any. */
    public static Principal of(int uid, int gid, int... groups) {
        Set<Capability> capabilities = uid == 0 ? EnumSet.allOf(Capability.class) : Set.of();
        return new Principal(uid, gid, new GroupSet(groups), capabilities);
    }

    /** Whether the gid is the principal's own or one of its supplementary groups (credentials(7)). */
    public boolean isIn(int otherGid) {
        return gid == otherGid || groups.contains(otherGid);
    }

    /** Whether it has a capability over an inode of that owner and group. */
    public boolean has(Capability capability, int owner, int group) {
        return capabilities.contains(capability) && reach.covers(owner, group);
    }

    /** The same principal as a member of one more group. */
    public Principal in(int moreGid) {
        int[] more = Arrays.copyOf(groups.gids(), groups.gids().length + 1);
        more[more.length - 1] = moreGid;
        return new Principal(uid, gid, new GroupSet(more), capabilities, reach);
    }
}
