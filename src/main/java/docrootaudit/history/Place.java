package docrootaudit.history;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.Refusals;
import java.util.Arrays;

/**
 * Where a name is the same name over scans: its directory, the family of the cause and the path to blame.
 *
 * @param directory the path's bytes
 * @param family the name of the family
 * @param blame the path's bytes, empty if the names themselves are to blame
 */
record Place(byte[] directory, String family, byte[] blame) implements Comparable<Place> {
    static Place of(Refusals refusals) {
        return new Place(
                refusals.directory().bytes(),
                refusals.kind().family().name(),
                refusals.blame().map(PathBytes::bytes).orElse(new byte[0]));
    }

    /** The order of the store's index, which is not that of {@link PathBytes}. */
    @Override
    public int compareTo(Place other) {
        int order = Arrays.compareUnsigned(directory, other.directory);
        if (order == 0) {
            order = family.compareTo(other.family);
        }
        return order != 0 ? order : Arrays.compareUnsigned(blame, other.blame);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Place place && compareTo(place) == 0;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(directory) + 31 * family.hashCode();
    }
}
