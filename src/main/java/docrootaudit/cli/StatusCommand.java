package docrootaudit.cli;

import docrootaudit.daemon.Answer;
import docrootaudit.daemon.Settings;
import docrootaudit.history.AlertFacts;
import docrootaudit.history.History;
import docrootaudit.history.StoreException;
import docrootaudit.history.StoreFacts;
import docrootaudit.report.Format;
import docrootaudit.report.HistoryReports;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code audit status}: the condition of service and history, and the last scans. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "Tells the condition of the service, of the history, of the last scan of each root, and of the alerts. Exit"
                    + " status 1 if the last scan of a root was interrupted or could not see all, or an alert cannot be"
                    + " delivered.",
            ""
        })
final class StatusCommand implements Callable<Integer> {
    /** So many messages are listed. */
    private static final int LISTED = 20;

    private final Services services;

    @Mixin
    StoreOptions stores = new StoreOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    StatusCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws UsageException, FailedException, IOException {
        Format format = output.formatWithoutTable();
        stores.check();
        if (Delegation.ask(services, stores) instanceof Answer.Ended ended) {
            return ended.status();
        }
        Settings settings = stores.everything(services);
        StoreReading reading = new StoreReading(services, stores, settings.audit());
        try (History history = reading.open()) {
            StoreFacts facts = history.facts().only(services.shown());
            AlertFacts alerts = history.alertFacts(LISTED).only(services.shown());
            boolean healthy = facts.subjects().stream()
                            .allMatch(
                                    s -> s.last().isPresent() && s.last().get().complete())
                    && alerts.undeliverable().isEmpty()
                    && alerts.blind().isEmpty();
            HistoryReports.Audience audience = settings.alerts().addresses().isEmpty()
                    ? HistoryReports.Audience.NOBODY
                    : HistoryReports.Audience.SOMEBODY;
            OutputStream out = new BufferedOutputStream(services.out());
            if (!output.quiet || !healthy) {
                reading.reports()
                        .facts(
                                new HistoryReports.Running(
                                        services.service().doing(),
                                        services.service().logs()),
                                facts,
                                alerts,
                                audience,
                                format,
                                out);
            }
            out.flush();
            return healthy ? Exit.FINE : Exit.REFUSED;
        } catch (StoreException e) {
            throw new FailedException(e.getMessage(), e);
        }
    }
}
