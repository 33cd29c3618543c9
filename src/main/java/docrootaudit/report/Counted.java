package docrootaudit.report;

/** A number with its noun in the right form; plain digits, whatever the locale. */
public final class Counted {
    private Counted() {}

    public static String of(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }

    public static String paths(long count) {
        return of(count, "path", "paths");
    }

    static String causes(long count) {
        return of(count, "cause", "causes");
    }

    public static String entries(long count) {
        return of(count, "entry", "entries");
    }
}
