package docrootaudit.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code audit mail}: about the mails that tell of findings. */
@Command(
        name = "mail",
        mixinStandardHelpOptions = true,
        description = {"Looks at the mails that tell of findings, and tries them out.", ""},
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {MailPreviewCommand.class, MailTestCommand.class})
final class MailCommand implements Runnable {
    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name what to do with mails: preview or test");
    }
}
