package docrootaudit.daemon;

/** Where the service's settings come from. */
@FunctionalInterface
public interface Configuration {
    /**
     * Reads them as they are now.
     *
     * @throws BadConfigurationException with every mistake in them
     */
    Settings read() throws BadConfigurationException;
}
