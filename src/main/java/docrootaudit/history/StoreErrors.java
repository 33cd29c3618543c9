package docrootaudit.history;

import docrootaudit.history.StoreException.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.ReadOnlyFileSystemException;
import java.sql.SQLException;
import java.util.Locale;
import org.h2.api.ErrorCode;
import org.h2.message.DbException;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;

/** Puts what the system and the library say into one sentence. */
final class StoreErrors {
    /** With less than this left even a small commit fails. */
    private static final long HARDLY_ANY = 1 << 20;

    private StoreErrors() {}

    static StoreException of(Throwable error, StoreDirectory directory) {
        if (error instanceof StoreException told) {
            return told;
        }
        Kind kind = kind(error, directory);
        return new StoreException(kind, sentence(kind, error, directory), error);
    }

    private static Kind kind(Throwable error, StoreDirectory directory) {
        Kind kind = kindOf(error);
        boolean unclear = kind == Kind.FAILED || kind == Kind.DAMAGED;
        return unclear && isFull(error, directory) ? Kind.FULL : kind;
    }

    private static Kind kindOf(Throwable error) {
        Kind kind = Kind.FAILED;
        for (Throwable e = error; e != null; e = e.getCause()) {
            if (e instanceof AccessDeniedException
                    || e instanceof ReadOnlyFileSystemException
                    || says(e, "read-only file")) {
                return Kind.NOT_PERMITTED;
            }
            if (e instanceof SQLException sql) {
                kind = kind == Kind.FAILED ? kind(sql.getErrorCode()) : kind;
            } else if (e instanceof MVStoreException store) {
                kind = kind == Kind.FAILED ? kindOfFile(store.getErrorCode()) : kind;
            } else if (e instanceof EOFException || (e instanceof RuntimeException && !(e instanceof DbException))) {
                // What H2 does not expect to find in a file shows as an exception that nobody expected.
                kind = kind == Kind.FAILED ? Kind.DAMAGED : kind;
            }
        }
        return kind;
    }

    private static Kind kind(int code) {
        return switch (code) {
            case ErrorCode.DATABASE_ALREADY_OPEN_1 -> Kind.LOCKED;
            case ErrorCode.DATABASE_IS_READ_ONLY -> Kind.NOT_PERMITTED;
            case ErrorCode.FILE_CORRUPTED_1, ErrorCode.FILE_VERSION_ERROR_1 -> Kind.DAMAGED;
            default -> Kind.FAILED;
        };
    }

    private static Kind kindOfFile(int code) {
        return switch (code) {
            case DataUtils.ERROR_FILE_CORRUPT,
                    DataUtils.ERROR_CHUNK_NOT_FOUND,
                    DataUtils.ERROR_INTERNAL,
                    DataUtils.ERROR_SERIALIZATION,
                    DataUtils.ERROR_BLOCK_NOT_FOUND -> Kind.DAMAGED;
            case DataUtils.ERROR_UNSUPPORTED_FORMAT -> Kind.NEWER;
            case DataUtils.ERROR_FILE_LOCKED -> Kind.LOCKED;
            default -> Kind.FAILED;
        };
    }

    private static boolean isFull(Throwable error, StoreDirectory directory) {
        for (Throwable e = error; e != null; e = e.getCause()) {
            if (says(e, "no space left") || says(e, "disk quota exceeded")) {
                return true;
            }
        }
        try {
            // The system's own words are in the system's language, and H2 may not pass them on.
            return Files.getFileStore(directory.path()).getUsableSpace() < HARDLY_ANY;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean says(Throwable e, String words) {
        return e.getMessage() != null && e.getMessage().toLowerCase(Locale.ROOT).contains(words);
    }

    private static String sentence(Kind kind, Throwable error, StoreDirectory directory) {
        return switch (kind) {
            case LOCKED ->
                "the store in " + directory
                        + " is in use by another process: try again when that is done, or choose another with --store";
            case NOT_PERMITTED ->
                "the store in " + directory
                        + " cannot be used, permission is denied: run as its owner, or choose another with --store";
            case FULL ->
                "no space is left for the store in " + directory
                        + ": what was recorded before is safe; free some space and scan again";
            case DAMAGED ->
                "the store in " + directory + " is damaged: move "
                        + directory.file().getFileName() + " there out of the way, and the next scan begins a new one";
            case NEWER ->
                "the store in " + directory
                        + " has the file format of a newer version of this program: use that, or another --store";
            default -> "the store in " + directory + " failed (" + reason(error) + "): try again with --debug";
        };
    }

    /** The innermost message, its first line. */
    private static String reason(Throwable error) {
        Throwable last = error;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        String message = last.getMessage() == null ? last.getClass().getSimpleName() : last.getMessage();
        return message.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", "?");
    }
}
