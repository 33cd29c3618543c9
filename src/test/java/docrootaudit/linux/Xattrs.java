package docrootaudit.linux;

import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.Path;

/** Sets extended attributes, which the product never does. */
final class Xattrs {
    static {
        Native.register(Xattrs.class, "c");
    }

    private Xattrs() {}

    private static native int lsetxattr(long path, long name, long value, long size, int flags);

    /** @param name with a NUL at its end */
    static void set(Path path, byte[] name, byte[] value) throws IOException {
        Scratch scratch = new Scratch(1 << 16);
        scratch.bytes.put(8192, name);
        scratch.bytes.put(16384, value);
        byte[] bytes = path.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        int result = lsetxattr(scratch.put(0, bytes), scratch.address + 8192, scratch.address + 16384, value.length, 0);
        if (result != 0) {
            throw new IOException("lsetxattr " + path + ": error " + Native.getLastError());
        }
    }
}
