package docrootaudit.web;

import docrootaudit.access.PathCheck;
import docrootaudit.finding.Identity;
import docrootaudit.server.Edit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Somebody who is asked for files: the web server's worker, or a pool's.
 *
 * @param identity who it is
 * @param pid the process whose files are meant and whose groups are the kernel's; empty: this machine's, by the accounts
 * @param since when it began to run, and to remember; empty if it does not
 * @param traces the files as it sees them
 * @param check judges for it
 */
record Seer(Identity identity, Optional<Long> pid, Optional<Instant> since, Traces traces, PathCheck check) {
    WorkerTree tree(Mended mended, List<Edit> edits) {
        return new WorkerTree(traces, check, since, mended, edits);
    }
}
