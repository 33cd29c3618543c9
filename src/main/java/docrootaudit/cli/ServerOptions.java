package docrootaudit.cli;

import docrootaudit.access.PathBytes;
import docrootaudit.audit.Host;
import docrootaudit.web.Program;
import docrootaudit.web.WhichServer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Which web server is meant. */
final class ServerOptions {
    private static final String ANY = "auto";

    @Option(
            names = "--server",
            paramLabel = "NAME",
            arity = "1",
            preprocessor = NameIfOneFollows.class,
            description =
                    "The web server: nginx, apache or auto (default: the one that runs and listens there, else the"
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

    /** A name may be left out, and what follows then is an argument of its own. */
    static final class NameIfOneFollows implements IParameterPreprocessor {
        @Override
        public boolean preprocess(Stack<String> words, CommandSpec command, ArgSpec option, Map<String, Object> info) {
            boolean named = !words.isEmpty()
                    && (words.peek().equals(ANY) || Program.of(words.peek()).isPresent());
            if (!named) {
                words.push(ANY);
            }
            return false;
        }
    }

    /** Whether somebody asks for a server's rules. */
    boolean isGiven() {
        return server != null || config != null || prefix != null || pid != null || !defines.isEmpty();
    }

    /** The options that say the same again, for a command line. */
    List<String> words() {
        List<String> words = new ArrayList<>(List.of("--server" + (server == null ? "" : "=" + server)));
        if (config != null) {
            words.addAll(List.of("--server-config", config));
        }
        if (prefix != null) {
            words.addAll(List.of("--server-prefix", prefix));
        }
        defines.forEach(name -> words.addAll(List.of("--define", name)));
        if (pid != null) {
            words.addAll(List.of("--server-pid", pid.toString()));
        }
        return words;
    }

    WhichServer which(Host host) throws UsageException {
        Optional<Program> program = Optional.empty();
        if (server != null && !server.equals(ANY)) {
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
