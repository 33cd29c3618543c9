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

    /** The command of this name. */
    static Optional<Class<?>> named(String name) {
        for (Class<?> type : AuditCommand.class.getAnnotation(Command.class).subcommands()) {
            if (type.getAnnotation(Command.class).name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "name a command: now, explain, prove, discover, probe, log, history, status, ack, quiet, mail, config or"
                        + " daemon");
    }
}
