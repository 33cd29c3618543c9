package docrootaudit.audit;

import docrootaudit.access.Inode;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.finding.CauseKind;
import docrootaudit.finding.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * One thing that refuses other paths than its own: a closed directory, or what a link leads to. Counts what stands
 * behind it; several workers count at once.
 */
final class Blame {
    /** So many paths a report shows. */
    private static final int EXAMPLES = 5;
    /** So many an alert tells, while there are {@link Spare} ones. */
    private static final int MORE = 50;

    private static final int MAX_NEXT = 100;

    final Reader reader;
    /** As walked, absolute; canonical where it lies outside the root. */
    final PathBytes path;

    final PathBytes canonical;
    final CauseKind kind;
    final String rule;
    final Inode inode;
    final Need need;
    final boolean secret;
    private final LongAdder paths = new LongAdder();
    private final LongAdder secrets = new LongAdder();
    private final LongAdder exposed = new LongAdder();
    private final Spare spare;
    private final List<PathBytes> examples = new ArrayList<>();
    private volatile boolean enough;
    private final Map<String, Behind> next = new ConcurrentHashMap<>();

    private record Behind(CauseKind kind, PathBytes path, String rule, LongAdder paths) {}

    Blame(
            Reader reader,
            PathBytes path,
            PathBytes canonical,
            CauseKind kind,
            String rule,
            Inode inode,
            Need need,
            boolean secret,
            Spare spare) {
        this.reader = reader;
        this.path = path;
        this.canonical = canonical;
        this.kind = kind;
        this.rule = rule;
        this.inode = inode;
        this.need = need;
        this.secret = secret;
        this.spare = spare;
    }

    /** Counts a path that this refuses and nothing behind it would. */
    void count(Supplier<PathBytes> refused, boolean isSecret) {
        paths.increment();
        if (isSecret) {
            secrets.increment();
            exposed.increment();
        }
        example(refused);
    }

    /** Counts a path that this refuses, and {@code then} would, were this mended. */
    void count(Supplier<PathBytes> refused, boolean isSecret, CauseKind then, PathBytes at, String byRule) {
        paths.increment();
        if (isSecret) {
            secrets.increment();
        }
        String key = then.family() == CauseKind.Family.PERMISSION && then != CauseKind.SEARCH
                ? then + " " + byRule
                : then + " " + at;
        Behind behind = next.get(key);
        if (behind == null && next.size() < MAX_NEXT) {
            behind = next.computeIfAbsent(key, k -> new Behind(then, at, byRule, new LongAdder()));
        }
        if (behind != null) {
            behind.paths().increment();
        }
        example(refused);
    }

    private void example(Supplier<PathBytes> refused) {
        if (enough) {
            return;
        }
        synchronized (examples) {
            boolean room = examples.size() < EXAMPLES || (examples.size() < MORE && spare.take());
            if (room) {
                examples.add(refused.get());
            }
            enough = !room;
        }
    }

    long paths() {
        return paths.sum();
    }

    /** Whether all it refuses is refused on purpose; for one that refuses nothing yet, whether it is meant itself. */
    boolean isIntended() {
        return paths.sum() == 0 ? secret : paths.sum() == secrets.sum();
    }

    /** How many paths that are closed on purpose would open with it. */
    long exposed() {
        return exposed.sum();
    }

    /** The first that were found, and then others. */
    List<PathBytes> examples() {
        synchronized (examples) {
            int first = Math.min(EXAMPLES, examples.size());
            List<PathBytes> all =
                    new ArrayList<>(examples.subList(0, first).stream().sorted().toList());
            all.addAll(
                    examples.subList(first, examples.size()).stream().sorted().toList());
            return all;
        }
    }

    /** Room for examples beyond those that a report shows: for a few causes with many paths, not for many causes. */
    static final class Spare {
        private final AtomicInteger left = new AtomicInteger(20_000);

        boolean take() {
            return left.get() > 0 && left.decrementAndGet() >= 0;
        }
    }

    Optional<Finding.Next> next() {
        return next.values().stream()
                .max(java.util.Comparator.<Behind>comparingLong(b -> b.paths().sum())
                        .thenComparing(Behind::path, java.util.Comparator.reverseOrder()))
                .map(b ->
                        new Finding.Next(b.kind(), b.path(), b.rule(), b.paths().sum()));
    }
}
