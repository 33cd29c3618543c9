package docrootaudit.finding;

import docrootaudit.access.Attributes;
import docrootaudit.access.PathBytes;
import java.nio.charset.StandardCharsets;

/**
 * Files of one directory, each with what it is like, as one number of 30 bits: the sum, over all files, of the hash of the
 * name times a factor of the attributes. So it can be said of two sets by which files they differ, if a guess is at hand,
 * and neither remembers one name. That a wrong guess fits happens once in a thousand million times.
 *
 * @param sum not negative
 */
public record FileSet(int sum) {
    private static final int MASK = 0x3fffffff;

    /** No file. */
    public static final FileSet NONE = new FileSet(0);

    public FileSet {
        sum &= MASK;
    }

    /** What a name adds to a sum of names. */
    public static int ofName(byte[] name) {
        int hash = 0;
        for (byte b : name) {
            hash = (hash ^ b) * 0x5bd1e995;
            hash ^= hash >>> 15;
        }
        return mixed(hash);
    }

    /** The same of several names. */
    public static int ofNames(PackedNames names) {
        int sum = 0;
        for (PathBytes name : names) {
            sum += ofName(name.bytes());
        }
        return sum;
    }

    /** By what the sum of the names is multiplied of the files that have these attributes. */
    public static int factor(Attributes attributes) {
        // as written out: a hash code may be another in another process
        return ofName(attributes.toString().getBytes(StandardCharsets.UTF_8)) | 1;
    }

    /** The set without another's files. */
    public FileSet minus(FileSet other) {
        return new FileSet(sum - other.sum);
    }

    /** fmix32() of MurmurHash3: each bit of the one changes each of the other as often as not. */
    private static int mixed(int bits) {
        int hash = bits ^ bits >>> 16;
        hash *= 0x85ebca6b;
        hash ^= hash >>> 13;
        hash *= 0xc2b2ae35;
        return hash ^ hash >>> 16;
    }
}
