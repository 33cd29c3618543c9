package docrootaudit.cli;

import docrootaudit.access.PathBytes;
import docrootaudit.audit.AuditSettings;
import docrootaudit.audit.Host;
import docrootaudit.daemon.Settings;
import docrootaudit.web.DocumentRoots;
import docrootaudit.web.WebException;
import java.io.IOException;
import java.util.Set;

/** {@code roots = "auto"}: the web servers are asked which roots there are. */
final class AutoRoots {
    private AutoRoots() {}

    /**
     * The settings with every root named.
     *
     * @param known roots that count though nothing is there now
     * @throws FailedException if no web server says which roots there are
     */
    static Settings named(Host host, Settings read, Set<PathBytes> known) throws FailedException {
        if (read.audit().choice() == AuditSettings.Choice.NAMED) {
            return read;
        }
        try {
            return read.with(read.audit().with(DocumentRoots.of(host, read.audit(), known)));
        } catch (WebException | IOException e) {
            throw new FailedException("roots = \"auto\": " + e.getMessage(), e);
        }
    }
}
