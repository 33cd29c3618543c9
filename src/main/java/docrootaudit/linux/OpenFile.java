package docrootaudit.linux;

import docrootaudit.access.PathBytes;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A regular file, open, in the place of which somebody else may put a trap: a FIFO, for which open(2) waits, or a device,
 * which acts on being opened. What was opened without waiting is looked at, and opened again, as the same inode, only if
 * it is a regular file.
 *
 * @param identity device and inode
 */
public record OpenFile(FileChannel channel, Object identity) {
    private static final int O_NOCTTY = 0400;

    /**
     * Opens one to be read.
     *
     * @throws IOException with a clause that says what is wrong with it
     */
    public static OpenFile of(PathBytes path) throws IOException {
        if (path.hasNul() || path.length() + 1 > Scratch.ofThread().size()) {
            throw new IOException("no file has such a name");
        }
        Scratch scratch = Scratch.ofThread();
        int fd = Libc.openat(Libc.AT_FDCWD, scratch.put(0, path), Libc.O_NONBLOCK | O_NOCTTY | Libc.O_CLOEXEC, 0);
        if (fd < 0) {
            throw new IOException(Libc.sentence(Libc.errno()));
        }
        try {
            Path opened = Path.of("/proc/self/fd/" + fd);
            BasicFileAttributes attributes = Files.readAttributes(opened, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw new IOException(attributes.isDirectory() ? "it is a directory" : "it is no regular file");
            }
            return new OpenFile(FileChannel.open(opened, StandardOpenOption.READ), attributes.fileKey());
        } finally {
            Libc.close(fd);
        }
    }
}
