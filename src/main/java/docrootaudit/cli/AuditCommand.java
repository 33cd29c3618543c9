package docrootaudit.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program by its name alone. */
@Command(
        name = "audit",
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
    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "name a command: now, explain, prove, history, status, ack, quiet, mail, config or daemon");
    }
}
