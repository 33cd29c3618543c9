package docrootaudit.finding;

import docrootaudit.access.PathBytes;
import java.util.Set;

/**
 * Where file systems are mounted that a root consists of: an empty directory in the place of one tells nothing of what
 * was in it.
 *
 * @param root the mount point of the one that the root is on, canonical
 * @param below those of others in it, as walked
 */
public record RootMounts(PathBytes root, Set<PathBytes> below) {
    public RootMounts {
        below = Set.copyOf(below);
    }
}
