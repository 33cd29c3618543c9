package docrootaudit.daemon;

/** A configuration that cannot be used. The message has a line for each mistake. */
public final class BadConfigurationException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param mistakes one a line, each with its place */
    public BadConfigurationException(String mistakes) {
        super(mistakes);
    }
}
