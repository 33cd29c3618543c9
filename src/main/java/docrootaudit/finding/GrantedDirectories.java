package docrootaudit.finding;

import docrootaudit.access.Attributes;
import docrootaudit.access.PathBytes;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the directories that a scan saw granted are like, and the files in them, so that what is refused later can be told
 * from what it was. Twelve bytes a directory, and about twice as much for its files: a path is the first 64 bits of its
 * SHA-256, attributes are a number, of which there are few. Safe for several threads.
 */
public final class GrantedDirectories {
    /** The shape of a directory that is refused now: what it was before is to be kept. */
    public static final int REFUSED = -1;

    /** What was known of a path holds no more. */
    public static final int FORGOTTEN = -2;

    /** So many kinds of files are remembered of a directory. */
    public static final int FILE_SHAPES = 3;

    /** A {@link FileSet} has this bit too, where others are the numbers of shapes. */
    private static final int SET = Integer.MIN_VALUE;

    private static final int BUCKETS = 256;

    private final MessageDigest digest = sha256();
    private final Map<Attributes, Integer> numbers = new HashMap<>();
    private final List<Attributes> shapes = new ArrayList<>();
    private long[] paths = new long[64];
    private int[] numberOf = new int[64];
    private int count;

    /** A directory is granted. */
    public synchronized void granted(PathBytes path, Attributes attributes) {
        add(hash(digest, path), number(attributes));
    }

    /** A directory is refused. */
    public synchronized void refused(PathBytes path) {
        add(hash(digest, path), REFUSED);
    }

    /** The files of a directory. If none of them is granted, what they were like before is to be kept. */
    public synchronized void files(PathBytes directory, GrantedFiles files) {
        long path = hash(digest, directory);
        for (int kind = 0; kind < FILE_SHAPES; kind++) {
            if (kind < files.shapes().size()) {
                add(ofFiles(path, kind), number(files.shapes().get(kind)));
            } else if (files.shapes().isEmpty()) {
                add(ofFiles(path, kind), REFUSED);
            }
        }
        boolean isNone = files.set().equals(Optional.of(FileSet.NONE));
        add(
                ofFileSet(path),
                isNone ? REFUSED : files.set().map(set -> SET | set.sum()).orElse(FORGOTTEN));
    }

    /** Of the files of a directory nothing is known any more. */
    public synchronized void noFiles(PathBytes directory) {
        long path = hash(digest, directory);
        for (int kind = 0; kind < FILE_SHAPES; kind++) {
            add(ofFiles(path, kind), FORGOTTEN);
        }
        add(ofFileSet(path), FORGOTTEN);
    }

    /** Which files of a directory are granted; empty if that is not known. Looks through all that was told. */
    public synchronized Optional<FileSet> fileSet(PathBytes directory) {
        long path = ofFileSet(hash(digest, directory));
        for (int i = 0; i < count; i++) {
            if (paths[i] == path) {
                return numberOf[i] == REFUSED ? Optional.of(FileSet.NONE) : fileSet(numberOf[i]);
            }
        }
        return Optional.empty();
    }

    /** The set of files that a number stands for; empty if it stands for something else. */
    public static Optional<FileSet> fileSet(int number) {
        return isFileSet(number) ? Optional.of(new FileSet(number)) : Optional.empty();
    }

    /** Whether a number stands for a set of files. */
    public static boolean isFileSet(int number) {
        return number < FORGOTTEN;
    }

    /** What its files of a kind go by: another path goes by the same only as two paths can, by chance. */
    public static long ofFiles(long directory, int kind) {
        return directory ^ 1 + kind;
    }

    /** What the set of its files goes by. */
    public static long ofFileSet(long directory) {
        return directory ^ 1 + FILE_SHAPES;
    }

    private int number(Attributes attributes) {
        Integer number = numbers.get(attributes);
        if (number == null) {
            number = shapes.size();
            numbers.put(attributes, number);
            shapes.add(attributes);
        }
        return number;
    }

    private void add(long path, int number) {
        if (count == paths.length) {
            paths = Arrays.copyOf(paths, count * 2);
            numberOf = Arrays.copyOf(numberOf, count * 2);
        }
        paths[count] = path;
        numberOf[count++] = number;
    }

    /** What a path is called by. */
    public static long hash(PathBytes path) {
        return hash(sha256(), path);
    }

    private static long hash(MessageDigest digest, PathBytes path) {
        return ByteBuffer.wrap(digest.digest(path.bytes())).getLong();
    }

    /** In which of {@value #BUCKETS} parts a path is, by the first byte of its hash. */
    public static int bucket(long path) {
        return (int) (path >>> 56);
    }

    /** Takes a part of all. */
    @FunctionalInterface
    public interface EachBucket<E extends Exception> {
        /**
         * Takes one.
         *
         * @param numbers by the hash of the path: the place of its attributes among the {@link #shapes}, a set of files,
         *     {@link #REFUSED} or {@link #FORGOTTEN}
         */
        void take(int bucket, Map<Long, Integer> numbers) throws E;
    }

    /** Gives part after part, also those in which is nothing: all at once would be ten times as large. */
    public synchronized <E extends Exception> void forEach(EachBucket<E> each) throws E {
        int[] ends = new int[BUCKETS + 1];
        for (int i = 0; i < count; i++) {
            ends[bucket(paths[i]) + 1]++;
        }
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            ends[bucket + 1] += ends[bucket];
        }
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[ends[bucket(paths[i])]++] = i;
        }
        int at = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            Map<Long, Integer> numbersOf = new HashMap<>();
            for (; at < ends[bucket]; at++) {
                numbersOf.merge(paths[order[at]], numberOf[order[at]], Math::max);
            }
            each.take(bucket, numbersOf);
        }
    }

    public synchronized List<Attributes> shapes() {
        return List.copyOf(shapes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
