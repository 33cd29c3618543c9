package docrootaudit.history;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.h2.mvstore.MVStore;

/**
 * The file of a store that nobody has open, made smaller: what is alive in it goes into another file, which takes its
 * place in one step.
 *
 * <p>H2 does it in place, and does not wait until what it overwrites is old. A process that is killed meanwhile leaves a
 * layout with chunks whose space has been given away: {@code findLastChunkWithCompleteValidChunkSet()} in
 * {@code FileStore.java} forgets them in memory only, and once the next process has closed the file in good order,
 * {@code readStoreHeader()} in {@code RandomAccessStore.java} goes back to an older layout, or finds the file damaged
 * ({@code "Double mark"}).
 */
final class StoreFile {
    /** The length of the header; a copy follows ({@code FileStore.BLOCK_SIZE}). */
    private static final int HEADER = 4096;

    private static final String CLOSED = ",clean:1,";

    private StoreFile() {}

    /**
     * Writes it anew, if it was closed in good order: what a kill has left is for the database to roll back first.
     *
     * @throws IOException if it cannot be written
     * @throws org.h2.mvstore.MVStoreException if it is damaged
     */
    static void tidy(StoreDirectory directory) throws IOException {
        Object key = directory.fileKey();
        try (FileChannel file = FileChannel.open(directory.file(), StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = file.tryLock()) {
            // If it has another key now, a process has put a new file in the place of this one.
            if (lock != null && directory.fileKey().equals(key) && isClosed(file)) {
                rewrite(directory, file);
            }
        } catch (OverlappingFileLockException e) {
            // open in this very process
        }
    }

    /** Whether both copies of the header say so. */
    private static boolean isClosed(FileChannel file) throws IOException {
        ByteBuffer headers = ByteBuffer.allocate(2 * HEADER);
        while (headers.hasRemaining() && file.read(headers, headers.position()) >= 0) {
            // more may follow
        }
        String text = new String(headers.array(), 0, headers.position(), StandardCharsets.ISO_8859_1);
        return text.length() == headers.capacity()
                && text.startsWith(text.substring(HEADER))
                && text.lines().findFirst().orElse("").contains(CLOSED);
    }

    /** The lock is this process's: any other channel to the file would end it by being closed (fcntl(2)). */
    private static void rewrite(StoreDirectory directory, FileChannel file) throws IOException {
        Path image = directory.file("image");
        Path fresh = directory.file("new");
        try {
            Files.deleteIfExists(image);
            StoreDirectory.createFile(image);
            try (FileChannel copy = FileChannel.open(image, StandardOpenOption.WRITE)) {
                long size = file.size();
                for (long at = 0; at < size; ) {
                    at += file.transferTo(at, size - at, copy);
                }
            }
            MVStore.compact("file:" + image, "file:" + fresh, false, null);
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
            force(fresh, StandardOpenOption.WRITE);
            Files.move(fresh, directory.file(), StandardCopyOption.ATOMIC_MOVE);
            force(directory.path(), StandardOpenOption.READ);
        } finally {
            Files.deleteIfExists(image);
            Files.deleteIfExists(fresh);
        }
    }

    private static void force(Path path, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }
}
