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
    private CauseId() {}

    public static String of(int uid, PathBytes path, CauseKind kind) {
        return digest(uid, kind.family().name(), path, "");
    }

    /** The id of all the files of one directory that are refused alike. */
    public static String ofGroup(int uid, PathBytes directory, CauseKind kind, String alike) {
        return digest(uid, kind.family().name() + "/group", directory, alike);
    }

    /** The id of a path that the audit itself cannot see, whoever it is seen for. */
    public static String ofBlind(PathBytes path) {
        return digest(0, "BLIND", path, "");
    }

    private static String digest(int uid, String family, PathBytes path, String more) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        digest.update(ByteBuffer.allocate(4).putInt(uid).array());
        digest.update(family.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(path.bytes());
        digest.update((byte) 0);
        digest.update(more.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits(ByteBuffer.wrap(digest.digest()).getLong());
    }
}
