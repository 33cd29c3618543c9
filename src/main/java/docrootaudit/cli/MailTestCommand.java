package docrootaudit.cli;

import docrootaudit.alert.Delivery;
import docrootaudit.alert.HostName;
import docrootaudit.alert.Mail;
import docrootaudit.alert.MailSettings;
import docrootaudit.alert.Smtp;
import docrootaudit.alert.WebhookSettings;
import docrootaudit.alert.Wording;
import docrootaudit.daemon.Settings;
import docrootaudit.report.Format;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code audit mail test}: sends one mail, to see whether it can be done. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description = {
            "Sends one mail as [mail] in the configuration says, and shows what is said to the mail server (>) and what"
                    + " it answers (<), but for the login. Exit status 4 if the server does not take it.",
            ""
        })
final class MailTestCommand implements Callable<Integer> {
    private final Services services;

    @Option(
            names = "--to",
            paramLabel = "ADDRESS",
            description = "Who shall get it (default: the first of the configured).")
    String to;

    @Mixin
    StoreOptions stores = new StoreOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Spec
    CommandSpec spec;

    MailTestCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws UsageException, FailedException {
        if (output.format() != Format.TEXT) {
            throw new UsageException("--format: a conversation is text: leave it out");
        }
        Settings settings = stores.everything(services);
        String recipient = recipient(settings.alerts().addresses());
        String host = HostName.read();
        PrintWriter out = spec.commandLine().getOut();
        Smtp smtp = new Smtp(settings.mail(), host, services.environment());
        Delivery delivery = (output.quiet ? smtp : smtp.heardBy(out::println)).deliver(mail(host, recipient));
        out.flush();
        if (delivery instanceof Delivery.Taken taken) {
            if (!output.quiet) {
                out.println("The mail to " + recipient + " was taken: " + taken.answer());
            }
            return Exit.FINE;
        }
        String what = delivery instanceof Delivery.Never ? "was refused: " : "could not be sent: ";
        throw new FailedException("the mail to " + recipient + " " + what + delivery.answer(), null);
    }

    private String recipient(List<String> configured) throws UsageException {
        if (to == null) {
            return configured.stream()
                    .findFirst()
                    .orElseThrow(() -> new UsageException("nobody is configured in \"to\" of [alerts]: name who shall"
                            + " get the mail, with --to ADDRESS"));
        }
        if (!MailSettings.isAddress(to)) {
            throw new UsageException(
                    "--to " + Words.show(to) + ": this is no address; expected one such as" + " web@example.org");
        }
        return to;
    }

    private Mail mail(String host, String recipient) {
        Wording wording = new Wording(host, services.zone().get(), WebhookSettings.Paths.NONE);
        return wording.test(Mail.newId(host), recipient, services.clock().instant());
    }
}
