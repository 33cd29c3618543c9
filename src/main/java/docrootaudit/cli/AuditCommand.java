package docrootaudit.cli;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program by its name alone. */
@Command(
        name = AuditCommand.NAME,
        description = {
            "Tells which paths the web server's user cannot reach or read, what is to blame, and what mends it.",
            ""
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            NowCommand.class,
            ExplainCommand.class,
            ProveCommand.class,
            DiscoverCommand.class,
            ProbeCommand.class,
            LogCommand.class,
            HistoryCommand.class,
            StatusCommand.class,
            AckCommand.class,
            QuietCommand.class,
            MailCommand.class,
            ConfigCommand.class,
            DaemonCommand.class
        },
        footer = {
            "",
            "Exit status: 0 nothing refused, 1 something refused, 2 wrong usage or configuration, 3 with --only-new"
                    + " something new, 4 not completed."
        })
final class AuditCommand implements Runnable {
    static final String NAME = "audit";

    @Spec
    CommandSpec spec;

    /** The command of this name. Their annotations say it too, and take longer to read than a file's attributes. */
    static Optional<Class<?>> named(String name) {
        return switch (name) {
            case "now" -> Optional.of(NowCommand.class);
            case "explain" -> Optional.of(ExplainCommand.class);
            case "prove" -> Optional.of(ProveCommand.class);
            case "discover" -> Optional.of(DiscoverCommand.class);
            case "probe" -> Optional.of(ProbeCommand.class);
            case "log" -> Optional.of(LogCommand.class);
            case "history" -> Optional.of(HistoryCommand.class);
            case "status" -> Optional.of(StatusCommand.class);
            case "ack" -> Optional.of(AckCommand.class);
            case "quiet" -> Optional.of(QuietCommand.class);
            case "mail" -> Optional.of(MailCommand.class);
            case "config" -> Optional.of(ConfigCommand.class);
            case "daemon" -> Optional.of(DaemonCommand.class);
            default -> Optional.empty();
        };
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "name a command: now, explain, prove, discover, probe, log, history, status, ack, quiet, mail, config or"
                        + " daemon");
    }
}
