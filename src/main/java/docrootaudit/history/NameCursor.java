package docrootaudit.history;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Goes through packed names from the first to the last, where they lie; positions are offsets of bytes. */
final class NameCursor {
    private final ByteBuffer names;
    private int at;

    NameCursor(ByteBuffer names) {
        this.names = names;
    }

    int at() {
        return at;
    }

    boolean atEnd() {
        return at == names.limit();
    }

    int limit() {
        return names.limit();
    }

    void moveTo(int position) {
        at = position;
    }

    /** Where the name behind this one begins. */
    int next() {
        int end = at;
        while (names.get(end) != 0) {
            end++;
        }
        return end + 1;
    }

    /** The order of the two names, by unsigned bytes. */
    int compareTo(NameCursor other) {
        for (int i = at, j = other.at; ; i++, j++) {
            int a = names.get(i) & 0xff;
            int b = other.names.get(j) & 0xff;
            if (a != b || a == 0) {
                return a - b;
            }
        }
    }

    int compareTo(byte[] name) {
        for (int i = 0; i < name.length; i++) {
            int a = names.get(at + i) & 0xff;
            int b = name[i] & 0xff;
            if (a != b) {
                return a - b;
            }
        }
        return names.get(at + name.length) == 0 ? 0 : 1;
    }

    /** How many bytes the names take that are the same from here on in both: arrays compared, not names. */
    int sameFromHere(NameCursor other) {
        int same = names.slice(at, names.limit() - at)
                .mismatch(other.names.slice(other.at, other.names.limit() - other.at));
        if (same < 0) {
            return names.limit() - at;
        }
        while (same > 0 && names.get(at + same - 1) != 0) {
            same--;
        }
        return same;
    }

    int count(int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += names.get(i) == 0 ? 1 : 0;
        }
        return count;
    }

    byte[] copy(int from, int to) {
        byte[] copy = new byte[to - from];
        names.get(from, copy);
        return copy;
    }

    void copy(int from, int to, byte[] target, int at) {
        names.get(from, target, at, to - from);
    }

    void copy(int from, int to, ByteArrayOutputStream out) {
        out.writeBytes(copy(from, to));
    }
}
