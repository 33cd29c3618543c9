package docrootaudit.cli;

import docrootaudit.access.PathBytes;
import docrootaudit.audit.RootSettings;
import docrootaudit.daemon.Inside;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Which command lines the service runs for whom. What it sees, most who may ask it do not: they may name configured
 * roots and choose how these are told, by the options listed here and no others.
 */
public final class Permission {
    private static final Map<String, Set<String>> OPTIONS_OF_MEMBERS = Map.of(
            "status", Set.of("--format", "--quiet"),
            "history", Set.of("--format", "--quiet", "--at"),
            "now", Set.of("--format", "--quiet", "--each", "--print0", "--only-new", "--cause"));

    /** What the service does for root; all else is done as well without it. */
    private static final Set<String> COMMANDS_OF_ROOT =
            Set.of("status", "history", "now", "ack", "quiet", "mail preview");

    private final Services services;
    private final Inside inside;

    /** What is to be done with a command line. */
    public sealed interface Ruling {
        /** It may be run. */
        record Run() implements Ruling {}

        /** It may not. */
        record Refuse(String sentence) implements Ruling {}

        /** It is for the process of whoever asks. */
        record Decline(String why) implements Ruling {}
    }

    /** @param services by which it would be run */
    public Permission(Services services, Inside inside) {
        this.services = services;
        this.inside = inside;
    }

    /**
     * Rules, having read the line as it would be read to be run.
     *
     * @param file the configuration in force
     */
    public Ruling of(String[] arguments, Path file) {
        ParseResult command;
        try {
            command = new Cli(services).parse(arguments).subcommand();
        } catch (ParameterException e) {
            return new Ruling.Refuse(e.getMessage());
        }
        Set<String> commands = isRoot() ? COMMANDS_OF_ROOT : OPTIONS_OF_MEMBERS.keySet();
        if (!commands.contains(name(command))) {
            String sentence = "the service answers "
                    + commands.stream().sorted().collect(Collectors.joining(", ")) + ", nothing else";
            return isRoot() ? new Ruling.Decline(sentence) : new Ruling.Refuse(sentence);
        }
        return isRoot() ? ofRoot(command, file) : ofMember(command);
    }

    /** With its subcommand, if it has one. */
    private static String name(ParseResult command) {
        if (command == null) {
            return "";
        }
        String name = command.commandSpec().name();
        return command.hasSubcommand()
                ? name + " " + command.subcommand().commandSpec().name()
                : name;
    }

    private boolean isRoot() {
        return inside.rights() == Inside.Rights.ROOT;
    }

    private Ruling ofRoot(ParseResult command, Path file) {
        if (command.hasMatchedOption("--as-pid")) {
            return new Ruling.Decline("this scan is not recorded: the service may not look into other processes, and"
                    + " has the history open");
        }
        if (command.hasMatchedOption("--password-file")) {
            return new Ruling.Decline("this scan is not recorded: passwords are nothing for the service, which has the"
                    + " history open");
        }
        Optional<String> config =
                Optional.ofNullable(command.matchedOption("--config")).map(OptionSpec::getValue);
        if (config.isPresent() && !isAt(config.get(), file)) {
            return new Ruling.Decline("the service has another configuration");
        }
        if (command.hasMatchedOption("--store") || command.hasMatchedOption("--no-store")) {
            return new Ruling.Decline("the service has another history");
        }
        return new Ruling.Run();
    }

    /** Whether an argument, typed in the asker's working directory, names a file. */
    private boolean isAt(String argument, Path file) {
        try {
            PathBytes named = Paths.named(services.host().get(), RawArguments.path(argument));
            return RawArguments.file(named.toString()).normalize().equals(file.normalize());
        } catch (UsageException e) {
            return false;
        }
    }

    private Ruling ofMember(ParseResult command) {
        Set<String> allowed = OPTIONS_OF_MEMBERS.get(command.commandSpec().name());
        for (OptionSpec option : command.matchedOptions()) {
            if (!allowed.contains(option.longestName())) {
                return new Ruling.Refuse(
                        option.longestName() + " is for root: the service knows more than you may see");
            }
        }
        for (String path : paths(command)) {
            if (!isConfigured(path)) {
                return new Ruling.Refuse(Words.show(path)
                        + " is no configured root: others are for root, or for what you may see yourself with"
                        + " --no-store");
            }
        }
        return new Ruling.Run();
    }

    private static List<String> paths(ParseResult command) {
        List<String> paths = new ArrayList<>();
        for (PositionalParamSpec position : command.matchedPositionals()) {
            position.stringValues().forEach(paths::add);
        }
        return paths;
    }

    private boolean isConfigured(String given) {
        try {
            PathBytes path = Paths.named(services.host().get(), RawArguments.path(given));
            return inside.settings().audit().roots().stream()
                    .map(RootSettings::path)
                    .anyMatch(path::equals);
        } catch (UsageException e) {
            return false;
        }
    }
}
