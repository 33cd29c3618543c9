package docrootaudit.cli;

import docrootaudit.access.PathBytes;
import docrootaudit.audit.Host;
import docrootaudit.web.Program;
import docrootaudit.web.WhichServer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which web server is meant. */
final class ServerOptions {
    @Option(
            names = "--server",
            paramLabel = "NAME",
            description = "The web server: nginx or apache (default: the one that runs and listens there, else the"
                    + " one whose configuration is where distributions put it).")
    String server;

    @Option(
            names = "--server-config",
            paramLabel = "FILE",
            description = "Its configuration (-c of nginx, -f of Apache), or what nginx -T printed.")
    String config;

    @Option(names = "--server-prefix", paramLabel = "DIR", description = "Its prefix (-p of nginx, -d of Apache).")
    String prefix;

    @Option(names = "--define", paramLabel = "NAME", description = "A name that Apache is started with (-D).")
    List<String> defines = new ArrayList<>();

    @Option(names = "--server-pid", paramLabel = "PID", description = "The running server: its master or a worker.")
    Long pid;

    WhichServer which(Host host) throws UsageException {
        Optional<Program> program = Optional.empty();
        if (server != null) {
            program = Program.of(server);
            if (program.isEmpty()) {
                throw new UsageException("--server " + Words.show(server) + ": choose nginx or apache");
            }
        }
        return new WhichServer(
                program,
                path(host, config),
                path(host, prefix),
                new LinkedHashSet<>(defines),
                Optional.ofNullable(pid));
    }

    private static Optional<PathBytes> path(Host host, String option) throws UsageException {
        return option == null ? Optional.empty() : Optional.of(Paths.named(host, RawArguments.path(option)));
    }
}
