package docrootaudit.walk;

import docrootaudit.access.Errno;
import java.util.Optional;

/** The auditor itself could not look at something: an error that belongs to a path, and becomes data. */
public final class SourceException extends Exception {
    private static final long serialVersionUID = 1L;
    private final int errno;

    /**
     * @param errno the error number of the system call, 0 where there was none
     * @param sentence what happened, for people
     */
    public SourceException(int errno, String sentence) {
        super(sentence, null, false, false);
        this.errno = errno;
    }

    /** The error, if it is one that path resolution ends with for everybody. */
    public Optional<Errno> errno() {
        for (Errno known : Errno.values()) {
            if (known.number() == errno) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }

    /** Whether there is nothing of that name (any more). */
    public boolean isMissing() {
        return errno == Errno.ENOENT.number();
    }

    /** Whether a name now stands for something else than when it was listed. */
    public boolean isChanged() {
        return isMissing() || errno == Errno.ENOTDIR.number() || errno == Errno.ELOOP.number();
    }

    /** Whether the auditor lacks the permission to look. */
    public boolean isRefused() {
        return errno == Errno.EACCES.number() || errno == 1;
    }
}
