package docrootaudit.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code audit mail}: about the mails that tell of findings. */
@Command(
        name = "mail",
        mixinStandardHelpOptions = true,
        description = {"Tries out the mails that tell of findings.", ""},
        synopsisSubcommandLabel = "COMMAND",
        subcommands = MailTestCommand.class)
final class MailCommand implements Runnable {
    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name what to do with mails: test");
    }
}
