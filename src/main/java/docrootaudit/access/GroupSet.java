package docrootaudit.access;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A set of gids (unsigned) without boxing: a directory service can put an account in hundreds of groups. */
public final class GroupSet {
    private final int[] gids;

    public GroupSet(int... gids) {
        this.gids = Arrays.stream(gids).sorted().distinct().toArray();
    }

    public boolean contains(int gid) {
        return Arrays.binarySearch(gids, gid) >= 0;
    }

    /** The gids, sorted; a copy. */
    public int[] gids() {
        return gids.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GroupSet set && Arrays.equals(gids, set.gids);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(gids);
    }

    @Override
    public String toString() {
        return Arrays.stream(gids).mapToObj(Integer::toUnsignedString).collect(Collectors.joining(","));
    }
}
