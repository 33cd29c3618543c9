package docrootaudit.web;

import docrootaudit.access.PathCheck;
import docrootaudit.finding.Identity;
import docrootaudit.server.Edit;
import java.util.List;
import java.util.Optional;

/**
 * Somebody who is asked for files: the web server's worker, or a pool's.
 *
 * @param identity who it is
 * @param pid the process whose files are meant and whose groups are the kernel's; empty: this machine's, by the accounts
 * @param traces the files as it sees them
 * @param check judges for it
 */
record Seer(Identity identity, Optional<Long> pid, Traces traces, PathCheck check) {
    WorkerTree tree(Mended mended, List<Edit> edits) {
        return new WorkerTree(traces, check, mended, edits);
    }
}
