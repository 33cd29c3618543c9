package docrootaudit.cli;

import docrootaudit.audit.ScanProgress;
import docrootaudit.finding.Subject;
import docrootaudit.history.History;
import docrootaudit.history.RecordedScan;
import docrootaudit.history.StoreException;
import docrootaudit.report.CharsetOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** One line on a terminal that tells how far a scan is, and is gone when it is over. Off a terminal it says nothing. */
final class ProgressLine implements Consumer<ScanProgress>, AutoCloseable {
    private static final int WIDTH = 79;
    private static final String WIPE = "\r\033[K";

    private final Optional<Writer> terminal;
    private final Optional<RecordedScan> last;
    private final long began = System.nanoTime();

    private ProgressLine(Optional<Writer> terminal, Optional<RecordedScan> last) {
        this.terminal = terminal;
        this.last = last;
    }

    static ProgressLine silent() {
        return new ProgressLine(Optional.empty(), Optional.empty());
    }

    /**
     * @param subject what is scanned, if it is one root
     * @param store the history to take the estimate from
     */
    static ProgressLine on(Services services, Optional<Subject> subject, Optional<Path> store) {
        Optional<RecordedScan> last =
                subject.flatMap(s -> store.flatMap(directory -> last(services.histories(), directory, s)));
        return new ProgressLine(Optional.of(CharsetOutput.to(services.err(), services.charset())), last);
    }

    /** The last scan of the same; whatever is wrong with the store is told when it is needed. */
    private static Optional<RecordedScan> last(Histories histories, Path store, Subject subject) {
        try (History history = histories.glance(store)) {
            return history.lastFinished(subject);
        } catch (StoreException e) {
            return Optional.empty();
        }
    }

    @Override
    public void accept(ScanProgress progress) {
        if (terminal.isEmpty()) {
            return;
        }
        double seconds = Math.max(0.001, (System.nanoTime() - began) / 1e9);
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "%d entries, %.0f/s, %d refused",
                progress.entries(),
                progress.entries() / seconds,
                progress.refused()));
        if (last.isPresent() && last.get().entries() > 0) {
            double share =
                    Math.min(0.99, progress.entries() / (double) last.get().entries());
            line.append(String.format(Locale.ROOT, ", %.0f %%", share * 100));
            if (share > 0.02) {
                line.append(String.format(Locale.ROOT, ", %.0f s left", seconds / share - seconds));
            }
        }
        line.append("  ").append(progress.directory());
        line.setLength(Math.min(WIDTH, line.length()));
        write(WIPE + line);
    }

    @Override
    public void close() {
        write(WIPE);
    }

    private void write(String text) {
        if (terminal.isPresent()) {
            try {
                terminal.get().write(text);
                terminal.get().flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
