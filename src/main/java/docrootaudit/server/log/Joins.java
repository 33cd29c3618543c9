package docrootaudit.server.log;

import java.util.Arrays;

/**
 * Where lines of error logs wait for the line of an access log that is about the same request: keyed hashes in tables of
 * numbers that grow up to a limit. Lines of one spot under one key are one row; rows under one key are a chain, the
 * youngest first.
 */
final class Joins {
    /** No row. */
    static final int NONE = -1;

    private static final int FIRST_SLOTS = 1 << 12;

    private final int mostSlots;
    private final WhenFull whenFull;
    private long[] keys = new long[FIRST_SLOTS];
    private int[] heads = new int[FIRST_SLOTS];
    private int used;

    private Spot[] spots = new Spot[FIRST_SLOTS];
    private int[] unanswered = new int[FIRST_SLOTS];
    private int[] free = new int[FIRST_SLOTS];
    private int[] next = new int[FIRST_SLOTS];
    private int count;
    private boolean full;

    /** What happens when there is no more room. */
    enum WhenFull {
        /** What is there may still be asked for: no more is taken. */
        STOP,
        /** Only what is recent will be asked for. */
        FORGET
    }

    /** @param mostSlots a power of two; each takes 32 bytes at most */
    Joins(int mostSlots, WhenFull whenFull) {
        this.mostSlots = mostSlots;
        this.whenFull = whenFull;
    }

    /** Whether some lines found no room, ever. */
    boolean isIncomplete() {
        return full;
    }

    /**
     * Adds a line.
     *
     * @param lines 1, or 0 for a line that counts only if it is found
     */
    void add(Spot spot, int lines, long key) {
        if (count >= mostSlots / 4 * 3) {
            full |= whenFull == WhenFull.STOP;
            if (whenFull == WhenFull.STOP) {
                return;
            }
            clear();
        }
        int row = row(key);
        while (row != NONE && !spots[row].equals(spot)) {
            row = next[row];
        }
        if (row == NONE) {
            row = newRow(spot, key);
        }
        unanswered[row] += lines;
        free[row] += lines;
    }

    /** The youngest row under a key. */
    int row(long key) {
        int slot = slot(key);
        return keys[slot] == 0 ? NONE : heads[slot];
    }

    /** The row before it under the same key. */
    int next(int row) {
        return next[row];
    }

    /** Whose lines a row holds. */
    Spot spot(int row) {
        return spots[row];
    }

    /** Whether a row has lines that no answer has been found for. */
    boolean isFree(int row) {
        return free[row] > 0;
    }

    /** Uses a row for an answer. Returns how many lines belong to answers now and did not before: all, the first time. */
    int answer(int row) {
        int lines = unanswered[row];
        unanswered[row] = 0;
        free[row] = Math.max(0, free[row] - 1);
        return lines;
    }

    private int newRow(Spot spot, long key) {
        if (count == spots.length) {
            spots = Arrays.copyOf(spots, 2 * count);
            unanswered = Arrays.copyOf(unanswered, 2 * count);
            free = Arrays.copyOf(free, 2 * count);
            next = Arrays.copyOf(next, 2 * count);
        }
        if (used >= keys.length / 4 * 3) {
            grow();
        }
        int slot = slot(key);
        int row = count++;
        spots[row] = spot;
        unanswered[row] = 0;
        free[row] = 0;
        next[row] = keys[slot] == 0 ? NONE : heads[slot];
        used += keys[slot] == 0 ? 1 : 0;
        keys[slot] = nonZero(key);
        heads[slot] = row;
        return row;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldHeads = heads;
        keys = new long[2 * oldKeys.length];
        heads = new int[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                heads[slot] = oldHeads[i];
            }
        }
    }

    private int slot(long key) {
        long wanted = nonZero(key);
        int slot = (int) (wanted ^ wanted >>> 32) & keys.length - 1;
        while (keys[slot] != 0 && keys[slot] != wanted) {
            slot = (slot + 1) & (keys.length - 1);
        }
        return slot;
    }

    private static long nonZero(long key) {
        return key == 0 ? 1 : key;
    }

    private void clear() {
        Arrays.fill(keys, 0);
        Arrays.fill(spots, null);
        used = 0;
        count = 0;
    }
}
