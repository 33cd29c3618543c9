package docrootaudit.cli;

import docrootaudit.alert.AlertPolicy;
import docrootaudit.alert.AlertState;
import docrootaudit.alert.Mail;
import docrootaudit.alert.Message;
import docrootaudit.alert.OutboxException;
import docrootaudit.alert.Postman;
import docrootaudit.alert.Recipient;
import docrootaudit.audit.StoredOutbox;
import docrootaudit.daemon.Answer;
import docrootaudit.daemon.Settings;
import docrootaudit.history.History;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code audit mail preview}: the mails that would go out next. */
@Command(
        name = "preview",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the mails that would be sent next of what waits to be told, as if it had waited long enough; sends"
                    + " and keeps nothing. Exit status 1 if there are any.",
            ""
        })
final class MailPreviewCommand implements Callable<Integer> {
    private final Services services;

    @Mixin
    StoreOptions stores = new StoreOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Spec
    CommandSpec spec;

    MailPreviewCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws UsageException, FailedException, IOException {
        stores.check();
        if (Delegation.ask(services, stores) instanceof Answer.Ended ended) {
            return ended.status();
        }
        Settings settings = stores.everything(services);
        AlertPolicy policy = new AlertPolicy(settings.alerts(), Set.of(Recipient.Channel.MAIL), settings::tells);
        StoreReading reading = new StoreReading(services, stores, settings.audit());
        Instant now = services.clock().instant();
        List<Message> mails;
        try (History history = reading.open()) {
            AlertState state = StoredOutbox.state(history, now, policy.watched());
            mails = Postman.preview(policy, services.composers().apply(settings), state, now);
        } catch (OutboxException e) {
            throw new FailedException(e.getMessage(), e);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (mails.isEmpty() && !output.quiet) {
            out.println(
                    settings.alerts().addresses().isEmpty()
                            ? "No mail would be sent: nobody is to be told; name somebody in \"to\" of [alerts]."
                            : "No mail would be sent: nothing waits to be told.");
        }
        for (Message message : mails) {
            Mail mail = (Mail) message;
            out.println("To: " + mail.to());
            out.println("Subject: " + mail.subject());
            out.println();
            out.println(mail.text());
        }
        return mails.isEmpty() ? Exit.FINE : Exit.REFUSED;
    }
}
