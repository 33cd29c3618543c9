package docrootaudit.cli;

/** The command line or the configuration asks for something that cannot be: exit status 2. */
public final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param sentence what is wrong and what to do about it */
    public UsageException(String sentence) {
        super(sentence);
    }
}
