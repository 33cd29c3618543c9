package docrootaudit.audit;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.GrantedDirectories;
import java.util.Arrays;

/**
 * The directories that a scan found empty: eight bytes each, for anybody may make millions of them. Safe for several
 * threads.
 */
final class EmptyDirectories {
    private long[] paths = new long[16];
    private int count;

    synchronized void add(PathBytes path) {
        if (count == paths.length) {
            paths = Arrays.copyOf(paths, count * 2);
        }
        paths[count++] = GrantedDirectories.hash(path);
    }

    synchronized boolean contain(PathBytes path) {
        long hash = GrantedDirectories.hash(path);
        return Arrays.stream(paths, 0, count).anyMatch(p -> p == hash);
    }
}
