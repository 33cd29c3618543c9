package docrootaudit.daemon;

import docrootaudit.audit.Audit;
import docrootaudit.audit.ScanRequest;
import docrootaudit.finding.LogCounts;
import docrootaudit.finding.ScanReport;
import docrootaudit.history.History;
import docrootaudit.history.StoreException;
import java.io.IOException;
import java.util.Optional;

/** What a command finds inside the service that runs it for somebody. */
public interface Inside {
    /** Who asks. */
    enum Rights {
        /** Root, who may ask for everything that the service can do. */
        ROOT,
        /** Somebody who may connect: configured roots only, and only to look. */
        MEMBER
    }

    Rights rights();

    /** The configuration as it is in force. */
    Settings settings();

    /** What the service is doing, in words. */
    String doing();

    /** What the logs that it follows have told; empty if it follows none. */
    Optional<LogCounts> logs();

    /** The open history; closing it closes nothing. */
    History history() throws StoreException;

    /** As {@link Audit#scan}, by turns with all other scans; ended when nobody waits for it any more. */
    ScanReport scan(Audit audit, ScanRequest request, Optional<Audit.Memory> memory)
            throws InterruptedException, IOException;
}
