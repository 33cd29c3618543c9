package docrootaudit;

/** Where random tests begin: elsewhere each time, so that runs add up; {@code -Daudit.seed=N} repeats one. */
public final class Seed {
    private Seed() {}

    /** A seed, printed beside what it is for. */
    public static long of(String what) {
        long seed = Long.getLong("audit.seed", System.nanoTime());
        System.out.println(what + ": -Daudit.seed=" + seed);
        return seed;
    }
}
