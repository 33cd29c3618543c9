package docrootaudit.daemon;

/** A configuration that cannot be used. The message has a line for each mistake. */
public final class BadConfigurationException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean passing;

    /** @param mistakes one a line, each with its place */
    public BadConfigurationException(String mistakes) {
        super(mistakes);
        passing = false;
    }

    private BadConfigurationException(String sentence, Throwable cause) {
        super(sentence, cause);
        passing = true;
    }

    /** One that is not to blame itself: what it refers to cannot be had now, and perhaps later. */
    public static BadConfigurationException passing(Exception cause) {
        return new BadConfigurationException(cause.getMessage(), cause);
    }

    /** Whether it may be good the next time without anybody having touched it. */
    public boolean mayPass() {
        return passing;
    }
}
