package docrootaudit.history;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.CauseKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The rows that are open for a subject, in the order of {@link Place} and first name. A thread of its own reads them, a
 * few ahead of whoever takes them: to read them takes as long as to compare them.
 */
final class OpenRows implements AutoCloseable {
    /** The whole index in the order, else H2 would sort, and to sort it gathers. */
    private static final String IN_ORDER = "SELECT id, directory, family, blame, kind, rule, behind, intended, paths,"
            + " first_scan, from_scan, cause, first_name, names FROM refusal WHERE subject = ? AND until_scan IS NULL"
            + " ORDER BY subject, until_scan, directory, family, blame, first_name";

    private static final int BATCH_ROWS = 256;
    private static final int BATCH_BYTES = 128 << 10;
    private static final int BATCHES_AHEAD = 4;
    private static final long CLOSED_SEEN_MILLIS = 100;

    private final Connection stream;
    private final long subject;
    private final BlockingQueue<Batch> read = new ArrayBlockingQueue<>(BATCHES_AHEAD);
    private final Thread reader = new Thread(this::read, "open-rows");
    private volatile boolean closed;
    private Queue<OpenRow> taken = new ArrayDeque<>();
    private boolean isLast;

    /**
     * Some rows.
     *
     * @param isLast whether none come behind them
     * @param failure why none come behind them, if it is not that there are none
     */
    private record Batch(List<OpenRow> rows, boolean isLast, Optional<Throwable> failure) {}

    OpenRows(Connection stream, long subject) {
        this.stream = stream;
        this.subject = subject;
        reader.setDaemon(true);
        reader.start();
    }

    /** The row that comes next. */
    Optional<OpenRow> peek() throws SQLException {
        while (taken.isEmpty() && !isLast) {
            Batch next = next();
            if (next.failure().isPresent()) {
                throw failure(next.failure().get());
            }
            taken = new ArrayDeque<>(next.rows());
            isLast = next.isLast();
        }
        return Optional.ofNullable(taken.peek());
    }

    OpenRow take() throws SQLException {
        OpenRow row = peek().orElseThrow();
        taken.remove();
        return row;
    }

    private Batch next() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return read.take();
                } catch (InterruptedException e) {
                    // whoever is interrupted while recording has it recorded first
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static SQLException failure(Throwable cause) {
        if (cause instanceof SQLException e) {
            return e;
        } else if (cause instanceof RuntimeException e) {
            throw e;
        } else if (cause instanceof Error e) {
            throw e;
        }
        return new SQLException(cause);
    }

    /** In the thread of its own. */
    private void read() {
        try (PreparedStatement statement = stream.prepareStatement(IN_ORDER)) {
            statement.setLong(1, subject);
            try (ResultSet rows = statement.executeQuery()) {
                boolean more = true;
                while (more && !closed) {
                    List<OpenRow> batch = new ArrayList<>();
                    int bytes = 0;
                    while (more && batch.size() < BATCH_ROWS && bytes < BATCH_BYTES) {
                        more = rows.next();
                        if (more) {
                            OpenRow row = row(rows);
                            batch.add(row);
                            bytes += row.names.limit();
                        }
                    }
                    put(new Batch(batch, !more, Optional.empty()));
                }
            }
        } catch (SQLException | RuntimeException | Error e) {
            put(new Batch(List.of(), true, Optional.of(e)));
        }
    }

    /** Waits until there is room, or nobody wants it any more. */
    private void put(Batch batch) {
        boolean done = false;
        while (!done && !closed) {
            try {
                done = read.offer(batch, CLOSED_SEEN_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts the reader: its database would close the file", e);
            }
        }
    }

    private static OpenRow row(ResultSet rows) throws SQLException {
        Place place = new Place(PathBytes.of(rows.getBytes(2)), rows.getString(3), PathBytes.of(rows.getBytes(4)));
        Way way = new Way(CauseKind.of(rows.getString(5)), rows.getString(6), rows.getBoolean(7), rows.getBoolean(8));
        return new OpenRow(
                rows.getLong(1),
                place,
                way,
                rows.getLong(9),
                rows.getLong(10),
                rows.getLong(11),
                rows.getString(12),
                rows.getBytes(13),
                rows.getBytes(14));
    }

    /** Returns when the thread has let go of the connection. */
    @Override
    public void close() {
        closed = true;
        boolean interrupted = false;
        while (reader.isAlive()) {
            try {
                read.clear();
                reader.join(CLOSED_SEEN_MILLIS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
