package docrootaudit.audit;

import docrootaudit.access.PathBytes;
import java.util.Arrays;

/** A path cut into names once, to be asked about by many patterns. */
final class GlobSubject {
    private final PathBytes path;
    private final boolean inside;
    private final int below;
    private final int names;
    /** Where each name begins, and ends, by turns. */
    private final int[] bounds;

    /** A path of which each name may be meant. */
    GlobSubject(PathBytes root, PathBytes path) {
        this(root, path, 0);
    }

    /**
     * A path of which no name that begins before {@code known} is meant: the directory above an entry has been asked
     * about before.
     */
    GlobSubject(PathBytes root, PathBytes path, int known) {
        this.path = path;
        this.inside = path.startsWith(root);
        this.below = inside ? root.length() : 0;
        int[] found = new int[16];
        int count = 0;
        int start = below;
        for (int i = below; i <= path.length(); i++) {
            if (i == path.length() || path.at(i) == '/') {
                if (i > start && start >= known) {
                    found = count + 2 > found.length ? Arrays.copyOf(found, 2 * count) : found;
                    found[count++] = start;
                    found[count++] = i;
                }
                start = i + 1;
            }
        }
        this.bounds = found;
        this.names = count / 2;
    }

    PathBytes path() {
        return path;
    }

    /** Whether the path is the root or below it. */
    boolean isInside() {
        return inside;
    }

    /** How many names there are to be asked about, below the root, or in all where the path is elsewhere. */
    int names() {
        return names;
    }

    int start(int name) {
        return bounds[2 * name];
    }

    int end(int name) {
        return bounds[2 * name + 1];
    }

    /** Where the part below the root begins. */
    int below() {
        return below;
    }
}
