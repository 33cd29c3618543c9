package docrootaudit.cli;

import docrootaudit.audit.AuditSettings;
import docrootaudit.history.History;
import docrootaudit.history.StoreException;
import docrootaudit.report.HistoryReports;
import docrootaudit.report.Style;
import java.nio.file.Path;

/** Opens the history to be read, and the formats to say it in. */
final class StoreReading {
    private final Services services;
    private final StoreOptions stores;
    private final AuditSettings settings;

    StoreReading(Services services, StoreOptions stores, AuditSettings settings) {
        this.services = services;
        this.stores = stores;
        this.settings = settings;
    }

    History open() throws UsageException, FailedException {
        Path directory = stores.directory(services, settings)
                .orElseThrow(() -> new UsageException("--no-store leaves no history to read: leave it out"));
        try {
            return services.histories().openForReading(directory);
        } catch (StoreException e) {
            throw new FailedException(e.getMessage(), e);
        }
    }

    HistoryReports reports() {
        Style style = services.style();
        return new HistoryReports(
                services.host().get().names(), style, services.zone().get());
    }
}
