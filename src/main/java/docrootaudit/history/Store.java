package docrootaudit.history;

import docrootaudit.history.StoreException.Kind;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import org.h2.Driver;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.FileStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open database: one connection that writes in transactions, one that reads rows as a stream beside it.
 *
 * <p>Row by row: what H2 does not stream it gathers in memory or in a file that anyone may read.
 */
final class Store implements AutoCloseable {
    /** Whether the store may be changed. */
    enum Access {
        READ(";ACCESS_MODE_DATA=r"),
        WRITE("");

        private final String option;

        Access(String option) {
            this.option = option;
        }
    }

    /** Of a file, in percent; to tidy up for less at each close would take longer than all the rest. */
    private static final int TIDY_ENOUGH = 60;

    /** Of a file, in bytes: one that is no larger is not worth the time, and is mostly outdated after each scan. */
    private static final long SMALL_ENOUGH = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Store.class);
    private static final int CACHE_KILOBYTES = 4096;
    private static final long RETRY_MILLIS = 100;

    /** Texts are read with their rows; H2 would hold on to each for five minutes, in case somebody read it later. */
    private static final int LOB_MILLIS = 5000;

    private final StoreDirectory directory;
    private final Access access;
    private final Connection connection;
    private final Connection stream;

    private Store(StoreDirectory directory, Access access, Connection connection, Connection stream) {
        this.directory = directory;
        this.access = access;
        this.connection = connection;
        this.stream = stream;
    }

    /**
     * Opens the database of a directory that has been prepared.
     *
     * @param patience how long to wait for another process to be done with it
     */
    static Store open(StoreDirectory directory, Access access, Duration patience, Migrations migrations)
            throws StoreException {
        Connection connection = connectPatiently(directory, access, patience);
        Connection stream = null;
        try {
            if (access == Access.WRITE) {
                migrations.apply(connection, directory);
            } else {
                migrations.check(connection, directory);
            }
            stream = connect(directory, access);
            try (Statement statement = stream.createStatement()) {
                statement.execute("SET LAZY_QUERY_EXECUTION 1");
            }
            connection.setAutoCommit(false);
            return new Store(directory, access, connection, stream);
        } catch (SQLException | StoreException | RuntimeException e) {
            closeQuietly(stream);
            closeQuietly(connection);
            throw StoreErrors.of(e, directory);
        }
    }

    /**
     * Has the driver ready before the process may become an account that cannot read the program's own files: looking
     * for drivers opens the jar once more.
     */
    static void loadDriver() {
        Driver.load();
    }

    /** Loads the database's classes, by opening one that is nowhere. */
    static void load() {
        loadDriver();
        try {
            DriverManager.getConnection("jdbc:h2:mem:", "", "").close();
        } catch (SQLException e) {
            LOG.debug("loading the database", e);
        }
    }

    StoreDirectory directory() {
        return directory;
    }

    /** The connection that writes. */
    Connection connection() {
        return connection;
    }

    /** The connection that streams. */
    Connection stream() {
        return stream;
    }

    /** Drawn when its schema was made. */
    UUID identity() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM identity")) {
            rows.next();
            return rows.getObject(1, UUID.class);
        }
    }

    /** Commits, so that a kill loses nothing, and has the disk keep it, so that neither does a power cut. */
    void commit() throws SQLException {
        connection.commit();
        try (Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT SYNC");
        }
    }

    private static Connection connectPatiently(StoreDirectory directory, Access access, Duration patience)
            throws StoreException {
        long began = System.nanoTime();
        while (true) {
            StoreException refused;
            try {
                Object file = directory.fileKey();
                Connection connection = connect(directory, access);
                if (directory.fileKey().equals(file)) {
                    return connection;
                }
                closeQuietly(connection); // of a file that another process has just written anew
                continue;
            } catch (IOException | SQLException | RuntimeException e) {
                refused = StoreErrors.of(e, directory);
            }
            if (refused.kind() != Kind.LOCKED || System.nanoTime() - began >= patience.toNanos()) {
                throw refused;
            }
            try {
                Thread.sleep(RETRY_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw refused;
            }
        }
    }

    private static Connection connect(StoreDirectory directory, Access access) throws SQLException {
        String url = String.format(
                Locale.ROOT,
                "%s;IFEXISTS=TRUE;WRITE_DELAY=0;MAX_COMPACT_TIME=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0"
                        + ";CACHE_SIZE=%d;LOB_TIMEOUT=%d%s",
                directory.url(),
                CACHE_KILOBYTES,
                LOB_MILLIS,
                access.option);
        return DriverManager.getConnection(url, "", "");
    }

    @Override
    public void close() {
        boolean untidy = access == Access.WRITE && isUntidy();
        closeQuietly(stream);
        closeQuietly(connection);
        if (untidy) {
            try {
                StoreFile.tidy(directory);
            } catch (IOException | RuntimeException e) {
                // the disk is full, say: it is as good as before
                LOG.debug("tidying up the store", e);
            }
        }
    }

    /** Whether much of the file is outdated. SQL would tell it too, of views that take longer to make than to read. */
    private boolean isUntidy() {
        try {
            if (!(connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session)) {
                return false;
            }
            FileStore<?> file = session.getDatabase().getStore().getMvStore().getFileStore();
            return file.size() > SMALL_ENOUGH && file.getFillRate() * file.getChunksFillRate() < 100 * TIDY_ENOUGH;
        } catch (SQLException | RuntimeException e) {
            LOG.debug("looking at the store", e);
            return false; // it is broken, which its user has been told
        }
    }

    /** After what was committed is on disk, a failing close loses nothing. */
    private static void closeQuietly(Connection connection) {
        if (connection == null) {
            return;
        }
        try {
            connection.close();
        } catch (SQLException | RuntimeException e) {
            LOG.debug("closing the store", e);
        }
    }
}
