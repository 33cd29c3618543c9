package docrootaudit.cli;

import docrootaudit.audit.AuditSettings;
import docrootaudit.history.AlertTables;
import docrootaudit.history.History;
import docrootaudit.history.StoreException;
import java.nio.file.Path;

/** Opens the history to write what people say about alerts. */
final class StoreWriting {
    private final Services services;
    private final StoreOptions stores;
    private final AuditSettings settings;

    StoreWriting(Services services, StoreOptions stores, AuditSettings settings) {
        this.services = services;
        this.stores = stores;
        this.settings = settings;
    }

    <T> T alerts(AlertTables.Work<T> work) throws UsageException, FailedException {
        Path directory = stores.directory(services, settings)
                .orElseThrow(() -> new UsageException("--no-store leaves no history to write to: leave it out"));
        try (History history = services.histories().open(directory, () -> {})) {
            return history.alerts(work);
        } catch (StoreException e) {
            throw new FailedException(e.getMessage(), e);
        }
    }
}
