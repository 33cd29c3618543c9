package docrootaudit.cli;

import docrootaudit.daemon.Answer;
import docrootaudit.daemon.BadConfigurationException;
import docrootaudit.daemon.Configuration;
import docrootaudit.daemon.Daemon;
import docrootaudit.daemon.Inside;
import docrootaudit.finding.LogCounts;
import docrootaudit.history.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The service as commands meet it. */
public interface Service {
    /**
     * The service for commands that it runs itself: there is no other to ask.
     *
     * @param inside what it lets them see
     */
    static Service itself(Inside inside) {
        return new Service() {
            @Override
            public Answer ask(Path socket) {
                return new Answer.Nobody();
            }

            @Override
            public Optional<String> doing() {
                return Optional.of(inside.doing());
            }

            @Override
            public Optional<LogCounts> logs() {
                // they name files and URLs of every site
                return inside.rights() == Inside.Rights.ROOT ? inside.logs() : Optional.empty();
            }

            @Override
            public void run(Optional<Path> file, Configuration configuration, Daemon.Opening opening) {
                throw new UnsupportedOperationException("the service runs");
            }
        };
    }

    /** What the service is doing, in words; empty if this process is not it. */
    Optional<String> doing();

    /** What the logs that it follows have told; empty if this process is not the service. */
    Optional<LogCounts> logs();

    /**
     * Has the running one run this process's command line.
     *
     * @throws java.nio.file.AccessDeniedException if this user may not ask it
     * @throws IOException if it goes away, or the output cannot be written
     */
    Answer ask(Path socket) throws IOException;

    /**
     * Is the service until a signal ends it.
     *
     * @param file the configuration that was named; empty: the usual one
     * @throws BadConfigurationException if there is no good configuration
     * @throws StoreException if the history cannot be opened
     * @throws IOException if the control socket cannot be opened
     */
    void run(Optional<Path> file, Configuration configuration, Daemon.Opening opening)
            throws BadConfigurationException, StoreException, IOException, InterruptedException;
}
