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

/**
 * What the directories that a scan saw granted are like, so that one that is refused later can be told from what it was.
 * Twelve bytes a directory: a path is the first 64 bits of its SHA-256, attributes are a number, of which there are few.
 * Safe for several threads.
 */
public final class GrantedDirectories {
    /** The shape of a directory that is refused now: what it was before is to be kept. */
    public static final int REFUSED = -1;

    /** So many kinds of files are remembered of a directory. */
    public static final int FILE_SHAPES = 3;

    private final MessageDigest digest = sha256();
    private final Map<Attributes, Integer> numbers = new HashMap<>();
    private final List<Attributes> shapes = new ArrayList<>();
    private long[] paths = new long[64];
    private int[] numberOf = new int[64];
    private int count;

    /** A directory is granted. */
    public synchronized void granted(PathBytes path, Attributes attributes) {
        Integer number = numbers.get(attributes);
        if (number == null) {
            number = shapes.size();
            numbers.put(attributes, number);
            shapes.add(attributes);
        }
        add(path, number);
    }

    /** A directory is refused. */
    public synchronized void refused(PathBytes path) {
        add(path, REFUSED);
    }

    /**
     * The files of a directory.
     *
     * @param attributes what those are like that are granted, at most {@link #FILE_SHAPES}; if there is none, what they were
     *     like before is to be kept
     */
    public synchronized void files(PathBytes directory, List<Attributes> attributes) {
        List<PathBytes> names = ofFiles(directory);
        for (int i = 0; i < FILE_SHAPES; i++) {
            if (i < attributes.size()) {
                granted(names.get(i), attributes.get(i));
            } else if (attributes.isEmpty()) {
                refused(names.get(i));
            }
        }
    }

    /** What its files go by: no directory has such a name. */
    public static List<PathBytes> ofFiles(PathBytes directory) {
        List<PathBytes> names = new ArrayList<>();
        for (int slashes = 1; slashes <= FILE_SHAPES; slashes++) {
            byte[] name = Arrays.copyOf(directory.bytes(), directory.length() + slashes);
            Arrays.fill(name, directory.length(), name.length, (byte) '/');
            names.add(PathBytes.of(name));
        }
        return names;
    }

    private void add(PathBytes path, int number) {
        if (count == paths.length) {
            paths = Arrays.copyOf(paths, count * 2);
            numberOf = Arrays.copyOf(numberOf, count * 2);
        }
        paths[count] = hash(digest, path);
        numberOf[count++] = number;
    }

    /** What a path is called by. */
    public static long hash(PathBytes path) {
        return hash(sha256(), path);
    }

    private static long hash(MessageDigest digest, PathBytes path) {
        return ByteBuffer.wrap(digest.digest(path.bytes())).getLong();
    }

    /** Takes each directory, in no order. */
    @FunctionalInterface
    public interface Each {
        /**
         * Takes one.
         *
         * @param path its {@link #hash}
         * @param shape the place of its attributes among the {@link #shapes}, or {@link #REFUSED}
         */
        void take(long path, int shape);
    }

    public synchronized void forEach(Each each) {
        for (int i = 0; i < count; i++) {
            each.take(paths[i], numberOf[i]);
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
