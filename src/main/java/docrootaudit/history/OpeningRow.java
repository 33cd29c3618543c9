package docrootaudit.history;

import java.io.ByteArrayOutputStream;

/** Names that come in order and become rows of a bounded size. */
final class OpeningRow {
    private final ByteArrayOutputStream names = new ByteArrayOutputStream(256);
    private final int full;
    private long paths;

    OpeningRow(int full) {
        this.full = full;
    }

    /** Adds the names from the cursor's {@code from} on as far as there is room; answers where it stopped. */
    int add(NameCursor cursor, int from, int to) {
        int end = to;
        int room = Math.max(1, full - names.size());
        if (to - from > room) {
            // The end of the name that reaches over the edge.
            int at = cursor.at();
            cursor.moveTo(from + room - 1);
            end = Math.min(to, cursor.next());
            cursor.moveTo(at);
        }
        cursor.copy(from, end, names);
        return end;
    }

    void addPaths(long more) {
        paths += more;
    }

    boolean isFull() {
        return names.size() >= full;
    }

    boolean isEmpty() {
        return names.size() == 0;
    }

    long takePaths() {
        long taken = paths;
        paths = 0;
        return taken;
    }

    byte[] takeNames() {
        byte[] taken = names.toByteArray();
        names.reset();
        return taken;
    }
}
