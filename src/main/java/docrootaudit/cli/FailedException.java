package docrootaudit.cli;

/** What was asked could not be done: exit status 4. */
final class FailedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param sentence what happened and what to do about it */
    FailedException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
