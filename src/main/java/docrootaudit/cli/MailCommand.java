package docrootaudit.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code audit mail}: looks at the mails that would be sent. */
@Command(
        name = "mail",
        mixinStandardHelpOptions = true,
        description = {"Looks at alerts by mail.", ""},
        synopsisSubcommandLabel = "COMMAND",
        subcommands = MailPreviewCommand.class)
final class MailCommand implements Runnable {
    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name what to do with mails: preview");
    }
}
