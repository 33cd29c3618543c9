package docrootaudit.history;

import java.util.Optional;

/**
 * The store cannot be used. The message is one sentence for a person: what, where, and what to do about it. The cause,
 * if any, is for whoever debugs.
 */
public final class StoreException extends Exception {
    /** What kind of trouble it is. */
    public enum Kind {
        /** The directory's path cannot be used. */
        BAD_PATH,
        /** There is no store, and reading does not make one. */
        ABSENT,
        /** The directory is not safe to keep a store in: a link, or others may write there. */
        UNSAFE,
        /** Permissions or a read-only file system refuse. */
        NOT_PERMITTED,
        /** Another process has it open. */
        LOCKED,
        /** No space left. */
        FULL,
        /** The file is not what was written. */
        DAMAGED,
        /** A newer version of the program wrote it. */
        NEWER,
        /** An older version wrote it, and reading does not upgrade it. */
        OLDER,
        /** Anything else. */
        FAILED
    }

    private final Kind kind;

    StoreException(Kind kind, String sentence) {
        super(sentence);
        this.kind = kind;
    }

    StoreException(Kind kind, String sentence, Throwable cause) {
        super(sentence, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** What the library or the system said, if it was they who refused. */
    public Optional<Throwable> reason() {
        return Optional.ofNullable(getCause());
    }
}
