package docrootaudit.audit;

import java.util.Arrays;

/** What is known of a directory when its entries are judged, for each reader: what stands in the way, if anything. */
final class Place {
    private final Blame[] first;
    private final Blame[] second;
    private final String[] unknown;

    private Place(Blame[] first, Blame[] second, String[] unknown) {
        this.first = first;
        this.second = second;
        this.unknown = unknown;
    }

    static Place open(int readers) {
        return new Place(new Blame[readers], new Blame[readers], new String[readers]);
    }

    /** What refuses every path below; null if nothing does. */
    Blame first(Reader reader) {
        return first[reader.index()];
    }

    /** What would refuse next; null if nothing does. */
    Blame second(Reader reader) {
        return second[reader.index()];
    }

    /** Why nothing can be said of what is below; null if something can. */
    String unknown(Reader reader) {
        return unknown[reader.index()];
    }

    Place refusedBy(Reader reader, Blame blame) {
        Place behind = copy();
        if (behind.first[reader.index()] == null) {
            behind.first[reader.index()] = blame;
        } else if (behind.second[reader.index()] == null) {
            behind.second[reader.index()] = blame;
        }
        return behind;
    }

    Place unknownFor(Reader reader, String why) {
        Place behind = copy();
        if (behind.unknown[reader.index()] == null) {
            behind.unknown[reader.index()] = why;
        }
        return behind;
    }

    private Place copy() {
        return new Place(
                Arrays.copyOf(first, first.length),
                Arrays.copyOf(second, second.length),
                Arrays.copyOf(unknown, unknown.length));
    }
}
