package docrootaudit.audit;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.PackedNames;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A temporary file of groups. It has no name once it is open, so that nobody else gets at it and it goes with the
 * process. No channel, for that an interrupted thread would close. Safe for several threads that read.
 */
final class GroupFile {
    /** Alike, id, and the lengths of directory, canonical directory (-1 if it is the same) and names. */
    private static final int HEADER = Integer.BYTES + Long.BYTES + 3 * Integer.BYTES;

    private static final int BUFFER = 1 << 16;

    /** What is read at once: some dozen groups, for most readers go through them in order. */
    private static final int WINDOW = 1 << 13;

    /** Two readers at different places seldom take each other's. */
    private static final int WINDOWS = 2;

    private final RandomAccessFile file;
    private final Map<FileGroup.Alike, Integer> numbers = new HashMap<>();
    private final List<FileGroup.Alike> alikes = new ArrayList<>();
    private long end;

    /** @param file open, empty, and of nobody else's */
    GroupFile(RandomAccessFile file) {
        this.file = file;
    }

    /** Makes one. */
    static GroupFile create() throws IOException {
        Path path = Files.createTempFile("audit", null); // 0600
        try {
            return new GroupFile(new RandomAccessFile(path.toFile(), "rw"));
        } finally {
            Files.delete(path);
        }
    }

    /**
     * Writes groups behind those that are there.
     *
     * @return the same, read when they are asked for
     * @throws IOException if there is no room; what was written before can still be read
     */
    synchronized List<FileGroup> write(List<FileGroup> groups) throws IOException {
        long[] starts = new long[groups.size() + 1];
        long at = end;
        ByteBuffer out = ByteBuffer.allocate(BUFFER);
        file.seek(end);
        for (int i = 0; i < groups.size(); i++) {
            starts[i] = at;
            at += write(groups.get(i), out);
        }
        flush(out);
        starts[groups.size()] = at;
        end = at;
        return new Written(starts);
    }

    private int write(FileGroup group, ByteBuffer out) throws IOException {
        byte[] directory = group.directory().bytes();
        byte[] canonical = group.canonical().bytes();
        boolean same = group.canonical().equals(group.directory());
        ByteBuffer names = group.names().buffer();
        if (out.remaining() < HEADER) {
            flush(out);
        }
        out.putInt(number(group.alike()));
        out.putLong(group.number());
        out.putInt(directory.length);
        out.putInt(same ? -1 : canonical.length);
        out.putInt(names.limit());
        int length = HEADER + directory.length + (same ? 0 : canonical.length) + names.limit();
        put(ByteBuffer.wrap(directory), out);
        if (!same) {
            put(ByteBuffer.wrap(canonical), out);
        }
        put(names, out);
        return length;
    }

    private void put(ByteBuffer bytes, ByteBuffer out) throws IOException {
        while (bytes.hasRemaining()) {
            if (!out.hasRemaining()) {
                flush(out);
            }
            int size = Math.min(bytes.remaining(), out.remaining());
            out.put(bytes.slice(bytes.position(), size));
            bytes.position(bytes.position() + size);
        }
    }

    private void flush(ByteBuffer out) throws IOException {
        file.write(out.array(), out.arrayOffset(), out.position());
        out.clear();
    }

    private int number(FileGroup.Alike alike) {
        return numbers.computeIfAbsent(alike, a -> {
            alikes.add(a);
            return alikes.size() - 1;
        });
    }

    private synchronized byte[] read(long from, int length) {
        try {
            byte[] bytes = new byte[length];
            file.seek(from);
            // in pieces: Java has as much memory again, outside its heap, as is read at once
            for (int at = 0; at < length; at += BUFFER) {
                file.readFully(bytes, at, Math.min(BUFFER, length - at));
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("what was found cannot be read from a temporary file", e);
        }
    }

    private synchronized FileGroup.Alike alike(int number) {
        return alikes.get(number);
    }

    /** A part of the file. */
    private record Window(long from, ByteBuffer bytes) {
        boolean holds(long start, long behind) {
            return from <= start && behind <= from + bytes.limit();
        }

        ByteBuffer at(long start) {
            return bytes.duplicate().position((int) (start - from));
        }
    }

    /** Groups that were written together. */
    private final class Written extends AbstractList<FileGroup> implements RandomAccess {
        private final long[] starts;
        private final AtomicReferenceArray<Window> windows = new AtomicReferenceArray<>(WINDOWS);
        /** Names that take more than a window, by where they are. */
        private final Map<Long, WeakReference<PackedNames>> many = new HashMap<>();

        Written(long[] starts) {
            this.starts = starts;
        }

        @Override
        public int size() {
            return starts.length - 1;
        }

        @Override
        public FileGroup get(int index) {
            long start = starts[index];
            long behind = starts[index + 1];
            ByteBuffer in = behind - start <= WINDOW ? window(start, behind) : withoutNames(start);
            FileGroup.Alike alike = alike(in.getInt());
            String id = FileGroup.id(in.getLong());
            int lengthOfDirectory = in.getInt();
            int lengthOfCanonical = in.getInt();
            int lengthOfNames = in.getInt();
            PathBytes directory = PathBytes.of(bytes(in, lengthOfDirectory));
            PathBytes canonical = lengthOfCanonical < 0 ? directory : PathBytes.of(bytes(in, lengthOfCanonical));
            PackedNames names = in.remaining() >= lengthOfNames
                    ? PackedNames.over(bytes(in, lengthOfNames))
                    : many(behind - lengthOfNames, lengthOfNames);
            return new FileGroup(alike, directory, canonical, names, id);
        }

        /** One object for all who look at them at once. */
        private synchronized PackedNames many(long start, int length) {
            WeakReference<PackedNames> known = many.get(start);
            PackedNames names = known == null ? null : known.get();
            if (names == null) {
                names = PackedNames.over(read(start, length));
                many.put(start, new WeakReference<>(names));
            }
            return names;
        }

        private static byte[] bytes(ByteBuffer in, int length) {
            byte[] bytes = new byte[length];
            in.get(bytes);
            return bytes;
        }

        private ByteBuffer window(long start, long behind) {
            int slot = (int) (start / WINDOW % WINDOWS);
            Window window = windows.get(slot);
            if (window == null || !window.holds(start, behind)) {
                window =
                        new Window(start, ByteBuffer.wrap(read(start, (int) Math.min(WINDOW, starts[size()] - start))));
                windows.set(slot, window);
            }
            return window.at(start);
        }

        /** What stands before the names, which may take more than the heap has room for twice. */
        private ByteBuffer withoutNames(long start) {
            ByteBuffer header = ByteBuffer.wrap(read(start, HEADER));
            int lengths = Integer.BYTES + Long.BYTES;
            int paths = header.getInt(lengths) + Math.max(0, header.getInt(lengths + Integer.BYTES));
            return ByteBuffer.wrap(read(start, HEADER + paths));
        }
    }
}
