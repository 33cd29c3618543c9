package docrootaudit.history;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/** Which stretches of packed names share which tag; neighbours with one tag become one stretch. */
final class Runs {
    private static final int[] NOWHERE = {};
    private static final long[] NO_TAG = {};

    private int[] from = NOWHERE;
    private int[] to = NOWHERE;
    private long[] tag = NO_TAG;
    private int size;

    /** Adds a stretch that begins at or behind the end of the last. */
    void add(int begin, int end, long value) {
        if (size > 0 && to[size - 1] == begin && tag[size - 1] == value) {
            to[size - 1] = end;
            return;
        }
        if (size == from.length) {
            // nearly always one
            int room = Math.max(1, size * 2);
            from = Arrays.copyOf(from, room);
            to = Arrays.copyOf(to, room);
            tag = Arrays.copyOf(tag, room);
        }
        from[size] = begin;
        to[size] = end;
        tag[size++] = value;
    }

    int size() {
        return size;
    }

    int from(int run) {
        return from[run];
    }

    int to(int run) {
        return to[run];
    }

    long tag(int run) {
        return tag[run];
    }

    /** The tags there are, ascending. */
    Set<Long> tags() {
        Set<Long> tags = new TreeSet<>();
        for (int i = 0; i < size; i++) {
            tags.add(tag[i]);
        }
        return tags;
    }

    /** The names that carry one of these tags. */
    byte[] names(NameCursor names, long... wanted) {
        int length = 0;
        for (int i = 0; i < size; i++) {
            length += isOneOf(tag[i], wanted) ? to[i] - from[i] : 0;
        }
        byte[] all = new byte[length];
        int end = 0;
        for (int i = 0; i < size; i++) {
            if (isOneOf(tag[i], wanted)) {
                names.copy(from[i], to[i], all, end);
                end += to[i] - from[i];
            }
        }
        return all;
    }

    private static boolean isOneOf(long value, long... wanted) {
        for (long one : wanted) {
            if (one == value) {
                return true;
            }
        }
        return false;
    }
}
