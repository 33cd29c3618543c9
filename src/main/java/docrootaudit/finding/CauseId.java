package docrootaudit.finding;

import docrootaudit.access.PathBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a cause is called by, the same over scans: sixteen hexadecimal digits that stand for the identity's uid, the
 * blamed path and the family of the cause, not for rule, mode or inode number.
 */
public final class CauseId {
    /** Of the thread: to look one up takes as long as to use it. */
    private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(CauseId::sha256);

    private CauseId() {}

    public static String of(int uid, PathBytes path, CauseKind kind) {
        return digest(uid, kind.family().name(), path, "");
    }

    /** The id of all the files of one directory that are refused alike. */
    public static String ofGroup(int uid, PathBytes directory, CauseKind kind, String alike) {
        return digest(uid, kind.family().name() + "/group", directory, alike);
    }

    /** The id of what is refused in a root for too many causes to tell each. */
    public static String ofCrowd(int uid, PathBytes root) {
        return digest(uid, "CROWD", root, "");
    }

    /** The id of a path that the audit itself cannot see, whoever it is seen for. */
    public static String ofBlind(PathBytes path) {
        return digest(0, "BLIND", path, "");
    }

    /** The id of what only logs tell of: a message, and the path that it is about. */
    public static String ofLog(String message, PathBytes path) {
        return digest(0, "LOG", path, message);
    }

    /** The id of a rule of a web server's configuration, or of whatever else decides there but a path. */
    public static String ofRule(String rule, PathBytes place) {
        return digest(0, "RULE", place, rule);
    }

    private static String digest(int uid, String family, PathBytes path, String more) {
        byte[] familyBytes = family.getBytes(StandardCharsets.UTF_8);
        byte[] moreBytes = more.getBytes(StandardCharsets.UTF_8);
        byte[] all = ByteBuffer.allocate(4 + familyBytes.length + 1 + path.length() + 1 + moreBytes.length)
                .putInt(uid)
                .put(familyBytes)
                .put((byte) 0)
                .put(path.bytes())
                .put((byte) 0)
                .put(moreBytes)
                .array();
        return HexFormat.of()
                .toHexDigits(ByteBuffer.wrap(DIGEST.get().digest(all)).getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
