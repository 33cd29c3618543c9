package docrootaudit.cli;

import docrootaudit.access.PathBytes;
import docrootaudit.alert.Postman;
import docrootaudit.audit.Host;
import docrootaudit.daemon.Settings;
import docrootaudit.report.Style;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What the commands are given.
 *
 * @param host the machine; made when it is needed, for it loads native code
 * @param configuration reads the configuration
 * @param composers how alerts are worded, by the configuration
 * @param histories opens histories
 * @param scanning runs scans
 * @param service the service: asked by commands, and run by one
 * @param shown the roots of which may be told who asks
 * @param in standard input
 * @param out standard output, as bytes
 * @param err standard error, as bytes
 * @param charset in which the terminal or pipe wants text
 * @param environment the process's
 * @param isTerminal whether a file descriptor is a terminal
 * @param clock for the times of scans
 * @param zone of the times in text; asked when there is one to tell, for the zones of the world take time to read
 * @param self how this program is called from a shell, quoted
 */
public record Services(
        Supplier<Host> host,
        Configuration configuration,
        Function<Settings, Postman.Composers> composers,
        Histories histories,
        Scanning scanning,
        Service service,
        Predicate<PathBytes> shown,
        InputStream in,
        OutputStream out,
        OutputStream err,
        Charset charset,
        Map<String, String> environment,
        IntPredicate isTerminal,
        Clock clock,
        Supplier<ZoneId> zone,
        String self) {
    /** What standard output can show. */
    Style style() {
        return isTerminal.test(1) ? Style.terminal(charset, environment) : Style.plain(charset);
    }

    /** Reads configuration files. */
    @FunctionalInterface
    public interface Configuration {
        /**
         * Reads one.
         *
         * @param file empty: the usual one, if it is there
         * @throws UsageException with every mistake in it, one a line
         */
        Settings read(Optional<Path> file) throws UsageException;
    }
}
