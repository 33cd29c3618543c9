package docrootaudit;

/** Where random tests begin: elsewhere in each run, so that runs add up; {@code -Daudit.seed=N} repeats one. */
public final class Seed {
    private static final long OF_THIS_RUN = Long.getLong("audit.seed", System.nanoTime());

    private Seed() {}

    /** The seed of this run, printed beside what it is for. */
    public static long of(String what) {
        System.out.println(what + ": -Daudit.seed=" + OF_THIS_RUN);
        return OF_THIS_RUN;
    }
}
