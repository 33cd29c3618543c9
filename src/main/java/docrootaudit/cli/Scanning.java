package docrootaudit.cli;

import docrootaudit.audit.Audit;
import docrootaudit.audit.ScanRequest;
import docrootaudit.finding.ScanReport;
import java.io.IOException;
import java.util.Optional;

/** Runs a scan and knows what may end it early. */
@FunctionalInterface
public interface Scanning {
    /** {@link Audit#scan} in the process of the command line: a signal ends it. */
    static ScanReport untilSignal(Audit audit, ScanRequest request, Optional<Audit.Memory> memory)
            throws InterruptedException, IOException {
        try (Interruption interruption = new Interruption(audit)) {
            return audit.scan(request, memory);
        }
    }

    /** As {@link Audit#scan}. */
    ScanReport scan(Audit audit, ScanRequest request, Optional<Audit.Memory> memory)
            throws InterruptedException, IOException;
}
