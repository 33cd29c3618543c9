package docrootaudit.daemon;

import docrootaudit.access.PathBytes;
import docrootaudit.audit.Audit;
import docrootaudit.audit.ScanProgress;
import docrootaudit.audit.ScanRequest;
import docrootaudit.finding.ScanReport;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs scans, whoever wants them: by turns, each with a deadline, and ended when the service ends. */
final class Scans {
    private static final Logger LOG = LoggerFactory.getLogger(Scans.class);

    /** A scan that was told to stop and does not within this hangs in a file system that gives no answer. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final Turns turns;
    private final ScanLog log;
    private final LongSupplier nanos;
    private final Runnable recorded;
    private final List<Running> running = new CopyOnWriteArrayList<>();

    /**
     * @param nanos a clock that nobody sets
     * @param recorded called whenever a scan has been recorded
     */
    Scans(Turns turns, ScanLog log, LongSupplier nanos, Runnable recorded) {
        this.turns = turns;
        this.log = log;
        this.nanos = nanos;
        this.recorded = recorded;
    }

    /** One scan that runs. */
    private final class Running {
        final Turns.Turn turn;
        final Audit audit;
        final String roots;
        final Duration deadline;
        final long began = nanos.getAsLong();
        volatile Optional<ScanProgress> progress = Optional.empty();
        volatile boolean late;
        volatile boolean abandoned;

        Running(Turns.Turn turn, Audit audit, String roots, Duration deadline) {
            this.turn = turn;
            this.audit = audit;
            this.roots = roots;
            this.deadline = deadline;
        }

        /** Stops the scan when it has taken too long. */
        void watch() {
            long over = nanos.getAsLong() - began - deadline.toNanos();
            if (over > 0 && !late) {
                late = true;
                audit.stopLate();
                LOG.error(
                        "the scan of {} was stopped: it did not end within {} s; nothing counts as recovered by it",
                        roots,
                        deadline.toSeconds());
            }
            if (over > GRACE.toNanos() && !abandoned) {
                abandoned = true;
                turn.abandon();
                LOG.error("the scan of {} does not end: a file system on the way gives no answer", roots);
            }
        }

        @Override
        public String toString() {
            return progress.map(p -> String.format(
                            Locale.ROOT, "scanning %s: %d entries, %d refused", roots, p.entries(), p.refused()))
                    .orElse("scanning " + roots);
        }
    }

    /**
     * Scans when it is its turn, and tells the journal what came of it.
     *
     * @param patience asked about once a second: when it does not last, the scan is ended
     */
    ScanReport run(
            Audit audit, ScanRequest request, Optional<Audit.Memory> memory, Duration deadline, Turns.Patience patience)
            throws InterruptedException, IOException {
        List<PathBytes> paths =
                request.roots().stream().map(ScanRequest.Root::path).toList();
        String roots = paths.stream().map(PathBytes::toString).collect(Collectors.joining(", "));
        try (Turns.Turn turn = turns.take(paths, patience)) {
            Running scan = new Running(turn, audit, roots, deadline);
            running.add(scan);
            try {
                ScanReport report = audit.scan(
                        request.telling(progress -> {
                            scan.progress = Optional.of(progress);
                            if (!patience.lasts()) {
                                audit.stop();
                            }
                        }),
                        memory);
                if (memory.isPresent()) {
                    log.tell(roots, report);
                    recorded.run();
                }
                return report;
            } finally {
                running.remove(scan);
            }
        }
    }

    void limit(int now) {
        turns.limit(now);
    }

    /** To be called about once a second. */
    void watch() {
        running.forEach(Running::watch);
    }

    /** How many hang where nobody can end them. */
    int abandoned() {
        return (int) running.stream().filter(r -> r.abandoned).count();
    }

    /** What runs, in words; empty if nothing does. */
    Optional<String> words() {
        return running.isEmpty()
                ? Optional.empty()
                : Optional.of(running.stream().map(Running::toString).collect(Collectors.joining("; ")));
    }

    /** Ends all scans, and lets none begin. */
    void end() {
        turns.end();
        running.forEach(r -> r.audit.stop());
    }
}
