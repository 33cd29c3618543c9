package docrootaudit;

/**
 * Where random tests begin: the same trees, sites and moments for every change that is judged, so that a failure speaks
 * of the change. Whoever hunts draws others with {@code -Daudit.seed=N}, which also repeats a failure.
 */
public final class Seed {
    private static final long FIRST = 20_260_101;

    private Seed() {}

    /** The seed of this run, printed beside what it is for. */
    public static long of(String what) {
        long seed = Long.getLong("audit.seed", FIRST);
        System.out.println(what + ": -Daudit.seed=" + seed);
        return seed;
    }
}
