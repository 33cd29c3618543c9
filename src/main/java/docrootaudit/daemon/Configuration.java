package docrootaudit.daemon;

import docrootaudit.access.PathBytes;
import java.util.Set;

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
     * @param known roots that count though nothing is there now: who looked there has to tell that he no longer does
     * @throws BadConfigurationException if nobody can say it now
     */
    Settings named(Settings read, Set<PathBytes> known) throws BadConfigurationException;
}
