package docrootaudit.server;

import docrootaudit.access.PathBytes;
import java.nio.charset.StandardCharsets;

/** Text whose characters are bytes, as configurations and requests are read, and its way to names and back. */
public final class ByteText {
    private ByteText() {}

    /** The text of some bytes. */
    public static String of(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** The text of a name. */
    public static String of(PathBytes path) {
        return of(path.bytes());
    }

    /** The name whose bytes the characters are. */
    public static PathBytes path(String text) {
        return PathBytes.of(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** For eyes: decoded as UTF-8 where it is, everything that could steer a terminal escaped. */
    public static String visible(String text) {
        return path(text).toString();
    }
}
