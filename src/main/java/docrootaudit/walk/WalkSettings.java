package docrootaudit.walk;

import docrootaudit.access.PathBytes;
import java.time.Duration;
import java.util.Set;

/**
 * How to walk.
 *
 * @param threads how many worker threads, at least 1
 * @param patience after how long without an answer from the file system a part counts as unvisited
 * @param pace how fast
 * @param visitMounts mount points to walk although they are network or FUSE file systems
 */
public record WalkSettings(int threads, Duration patience, Pace pace, Set<PathBytes> visitMounts) {
    public WalkSettings {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: " + threads);
        }
        visitMounts = Set.copyOf(visitMounts);
    }
}
