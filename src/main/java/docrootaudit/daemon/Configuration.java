package docrootaudit.daemon;

/** Where the service's settings come from. */
public interface Configuration {
    /**
     * Reads them as they are now.
     *
     * @throws BadConfigurationException with every mistake in them
     */
    Settings read() throws BadConfigurationException;

    /**
     * The same settings with every root named that somebody else says, as it is now.
     *
     * @throws BadConfigurationException if nobody can say it now
     */
    Settings named(Settings read) throws BadConfigurationException;
}
