package docrootaudit.audit;

import docrootaudit.access.PathBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** What stands behind one cause of a web server's; several workers count at once. */
final class Ruled {
    /** So many paths a report shows. */
    private static final int EXAMPLES = 5;

    final ServerCause cause;
    private final LongAdder paths = new LongAdder();
    private final List<Example> examples = new ArrayList<>();
    private volatile boolean enough;

    /** A refused path, and a URL of it. */
    record Example(PathBytes path, PathBytes url) {}

    /** Makes an example when there is room for one. */
    @FunctionalInterface
    interface Maker {
        Example make();
    }

    Ruled(ServerCause cause) {
        this.cause = cause;
    }

    /** It refuses a path. */
    void count(Maker example) {
        paths.increment();
        show(example);
    }

    /** It would, if nothing stood before it. */
    void show(Maker example) {
        if (!enough) {
            synchronized (examples) {
                if (examples.size() < EXAMPLES) {
                    examples.add(example.make());
                }
                enough = examples.size() == EXAMPLES;
            }
        }
    }

    long paths() {
        return paths.sum();
    }

    /** At least one. */
    List<Example> examples() {
        synchronized (examples) {
            return examples.stream()
                    .sorted(java.util.Comparator.comparing(Example::path))
                    .toList();
        }
    }
}
