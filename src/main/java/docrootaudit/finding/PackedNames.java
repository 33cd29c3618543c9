package docrootaudit.finding;

import docrootaudit.access.PathBytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/**
 * Names of one directory, sorted by unsigned bytes and without repetition, each followed by a NUL (which no name
 * holds). A hundred thousand of them are one array, in memory as in the store.
 */
public final class PackedNames implements Iterable<PathBytes> {
    public static final PackedNames NONE = new PackedNames(new byte[0]);

    private final byte[] bytes;

    private PackedNames(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes what {@link #bytes()} gave. */
    public static PackedNames ofBytes(byte[] bytes) {
        return new PackedNames(Arrays.copyOf(bytes, bytes.length));
    }

    /** Takes what {@link #bytes()} gave, and keeps it: nobody may change it any more. */
    public static PackedNames over(byte[] bytes) {
        return new PackedNames(bytes);
    }

    public static PackedNames of(PathBytes... names) {
        Builder builder = new Builder();
        for (PathBytes name : names) {
            byte[] raw = name.bytes();
            builder.add(raw, 0, raw.length);
        }
        return builder.build();
    }

    public byte[] bytes() {
        return Arrays.copyOf(bytes, bytes.length);
    }

    /** The same bytes, neither copied nor writable: for whoever compares hundreds of thousands of names. */
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /** How many bytes they take. */
    public int length() {
        return bytes.length;
    }

    public int count() {
        int count = 0;
        for (byte b : bytes) {
            count += b == 0 ? 1 : 0;
        }
        return count;
    }

    @Override
    public Iterator<PathBytes> iterator() {
        return new Iterator<>() {
            private int at;

            @Override
            public boolean hasNext() {
                return at < bytes.length;
            }

            @Override
            public PathBytes next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                int end = at;
                while (bytes[end] != 0) {
                    end++;
                }
                PathBytes name = PathBytes.of(bytes, at, end);
                at = end + 1;
                return name;
            }
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PackedNames names && Arrays.equals(bytes, names.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Collects names in any order. */
    public static final class Builder {
        /** So many bytes are sorted at once, and kept sorted: a directory may have millions of names. */
        private static final int RUN = 1 << 20;

        private byte[] bytes = new byte[64];
        private int length;
        private int[] starts = new int[4];
        private int count;
        private List<byte[]> runs = List.of();

        /** Adds the name in {@code buffer[from, from + size)}. */
        public void add(byte[] buffer, int from, int size) {
            if (length + size + 1 > bytes.length && bytes.length >= RUN) {
                endRun();
            }
            if (length + size + 1 > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + size + 1));
            }
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, count * 2);
            }
            starts[count++] = length;
            System.arraycopy(buffer, from, bytes, length, size);
            length += size;
            bytes[length++] = 0;
        }

        private void endRun() {
            if (runs.isEmpty()) {
                runs = new ArrayList<>();
            }
            runs.add(sorted());
            length = 0;
            count = 0;
        }

        public PackedNames build() {
            if (runs.isEmpty()) {
                return new PackedNames(sorted());
            }
            endRun();
            bytes = new byte[0];
            starts = new int[0];
            return merged();
        }

        private byte[] sorted() {
            sort(0, count, new int[count]);
            byte[] sorted = new byte[length];
            int to = 0;
            for (int i = 0; i < count; i++) {
                if (i > 0 && compare(starts[i - 1], starts[i]) == 0) {
                    continue;
                }
                int size = size(starts[i]);
                System.arraycopy(bytes, starts[i], sorted, to, size);
                to += size;
            }
            return to == length ? sorted : Arrays.copyOf(sorted, to);
        }

        private PackedNames merged() {
            PriorityQueue<Run> heads = new PriorityQueue<>();
            int most = 0;
            for (byte[] run : runs) {
                heads.add(new Run(run));
                most += run.length;
            }
            byte[] all = new byte[most];
            int last = 0;
            int to = 0;
            while (!heads.isEmpty()) {
                Run least = heads.remove();
                if (to == 0 || least.compareTo(all, last, to) != 0) {
                    last = to;
                    to = least.copy(all, to);
                }
                if (least.next()) {
                    heads.add(least);
                }
            }
            return new PackedNames(to == most ? all : Arrays.copyOf(all, to));
        }

        /** Sorted names, and one of them. */
        private static final class Run implements Comparable<Run> {
            private final byte[] names;
            private int from;
            private int to;

            Run(byte[] names) {
                this.names = names;
                next();
            }

            boolean next() {
                from = to;
                while (to < names.length && names[to] != 0) {
                    to++;
                }
                to++;
                return from < names.length;
            }

            int copy(byte[] target, int at) {
                System.arraycopy(names, from, target, at, to - from);
                return at + to - from;
            }

            int compareTo(byte[] other, int otherFrom, int otherTo) {
                return Arrays.compareUnsigned(names, from, to, other, otherFrom, otherTo);
            }

            @Override
            public int compareTo(Run other) {
                return compareTo(other.names, other.from, other.to);
            }
        }

        private int size(int start) {
            int end = start;
            while (bytes[end] != 0) {
                end++;
            }
            return end + 1 - start;
        }

        private int compare(int a, int b) {
            return Arrays.compareUnsigned(bytes, a, a + size(a), bytes, b, b + size(b));
        }

        /** Merge sort on positions: a comparator would box every one of them. */
        private void sort(int from, int to, int[] spare) {
            if (to - from < 2) {
                return;
            }
            int middle = (from + to) >>> 1;
            sort(from, middle, spare);
            sort(middle, to, spare);
            if (compare(starts[middle - 1], starts[middle]) <= 0) {
                return;
            }
            System.arraycopy(starts, from, spare, from, to - from);
            for (int i = from, a = from, b = middle; i < to; i++) {
                boolean left = b >= to || (a < middle && compare(spare[a], spare[b]) <= 0);
                starts[i] = left ? spare[a++] : spare[b++];
            }
        }
    }
}
