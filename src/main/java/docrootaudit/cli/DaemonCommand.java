package docrootaudit.cli;

import docrootaudit.access.PathBytes;
import docrootaudit.daemon.BadConfigurationException;
import docrootaudit.daemon.Configuration;
import docrootaudit.daemon.Settings;
import docrootaudit.history.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code audit daemon}: the service, in the foreground. */
@Command(
        name = "daemon",
        mixinStandardHelpOptions = true,
        description = {
            "Is the service: scans the configured roots on schedule, tells what is new, and answers now, status and"
                    + " history. Stays in the foreground; SIGHUP reads the configuration anew, SIGTERM ends it.",
            ""
        })
final class DaemonCommand implements Callable<Integer> {
    private final Services services;

    @Mixin
    StoreOptions stores = new StoreOptions();

    @Option(names = "--debug", description = "Say everything about a failure.")
    boolean debug;

    DaemonCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws UsageException, InterruptedException {
        stores.check();
        if (stores.none) {
            throw new UsageException("--no-store leaves the service nothing to compare with: leave it out");
        }
        Optional<Path> file = Optional.ofNullable(stores.config).map(RawArguments::file);
        try {
            services.service()
                    .run(file, configuration(), settings -> services.histories().open(directory(settings), () -> {}));
            return Exit.FINE;
        } catch (BadConfigurationException e) {
            e.getMessage().lines().forEach(line -> log().error("{}", line));
            return e.mayPass() ? Exit.INCOMPLETE : Exit.USAGE;
        } catch (StoreException | IOException e) {
            log().error("{}", e.getMessage());
            return Exit.INCOMPLETE;
        }
    }

    private Configuration configuration() {
        return new Configuration() {
            @Override
            public Settings read() throws BadConfigurationException {
                try {
                    return stores.readAgain(services);
                } catch (UsageException e) {
                    throw new BadConfigurationException(e.getMessage());
                }
            }

            @Override
            public Settings named(Settings read, Set<PathBytes> known) throws BadConfigurationException {
                try {
                    return AutoRoots.named(services.host().get(), read, known);
                } catch (FailedException e) {
                    throw BadConfigurationException.passing(e);
                } catch (RuntimeException e) {
                    // what others wrote for other programs is read here: a fault in that ends no service
                    log().error("a fault of this program in asking the web servers for their roots", e);
                    throw BadConfigurationException.passing(e);
                }
            }
        };
    }

    private Path directory(Settings settings) {
        if (stores.store != null) {
            return RawArguments.file(stores.store);
        }
        // systemd names what StateDirectory= has made; it may name several
        String state =
                services.environment().getOrDefault("STATE_DIRECTORY", "").replaceFirst(":.*", "");
        return settings.audit().store().orElse(state.startsWith("/") ? Path.of(state) : StoreOptions.USUAL);
    }

    /** Made when the service has taken the journal over. */
    private static Logger log() {
        return LoggerFactory.getLogger(DaemonCommand.class);
    }
}
