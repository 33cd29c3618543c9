package docrootaudit.walk;

import docrootaudit.access.Errno;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What {@code java.nio.file} throws, as the error numbers it was made from. */
final class NioErrors {
    private NioErrors() {}

    static SourceException of(IOException e) {
        if (e instanceof NoSuchFileException) {
            return of(Errno.ENOENT);
        } else if (e instanceof AccessDeniedException) {
            return new SourceException(Errno.EACCES.number(), "permission denied to the auditor");
        } else if (e instanceof NotDirectoryException) {
            return of(Errno.ENOTDIR);
        }
        boolean told = e instanceof FileSystemException known && known.getReason() != null;
        return new SourceException(
                0, told ? ((FileSystemException) e).getReason() : e.getClass().getSimpleName());
    }

    static SourceException of(Errno errno) {
        return new SourceException(errno.number(), errno.sentence());
    }
}
