package docrootaudit.history;

import docrootaudit.history.Store.Access;
import docrootaudit.history.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.h2.mvstore.MVStoreException;

/**
 * The store of a directory, open from one piece of work to the next. After a failure it is closed, and opened anew for
 * the next one. Used by one thread at a time.
 */
final class OpenStore {
    /** Makes a directory fit for a store, or looks whether it is. */
    interface Preparation {
        void run() throws StoreException;
    }

    /** A piece of work. */
    interface Work<T> {
        T on(Store store) throws SQLException, IOException;
    }

    /**
     * H2 takes the place of what is outdated for new data only where nothing else lies beside it, and moves that away
     * when it closes: some ten kilobytes a scan would stay for as long as the store is open. So a store that is lent
     * is closed, and opened by the next call, whenever it has grown to twice its size and this.
     */
    static final long SLACK = 8 << 20;

    private final StoreDirectory directory;
    private final Preparation preparation;
    private final Access access;
    private final Duration patience;
    private final Layout layout;
    private Optional<Store> store = Optional.empty();
    /** Which file it is; another one of its name is not the store that was opened. */
    private Optional<Object> file = Optional.empty();

    private boolean lent;
    private long sizeWhenOpened;

    private OpenStore(
            StoreDirectory directory, Preparation preparation, Access access, Duration patience, Layout layout) {
        this.directory = directory;
        this.preparation = preparation;
        this.access = access;
        this.patience = patience;
        this.layout = layout;
    }

    /**
     * Opens it.
     *
     * @param preparation run before it is opened, each time
     * @param patience how long to wait while another process has it open
     */
    static OpenStore open(
            StoreDirectory directory, Preparation preparation, Access access, Duration patience, Layout layout)
            throws StoreException {
        OpenStore open = new OpenStore(directory, preparation, access, patience, layout);
        try {
            open.opened();
        } catch (IOException e) {
            throw StoreErrors.of(e, directory);
        }
        return open;
    }

    StoreDirectory directory() {
        return directory;
    }

    /** Has work done that changes it, in one transaction, and kept: neither a kill nor a power cut loses it. */
    <T> T write(Work<T> work) throws StoreException {
        if (access == Access.READ) {
            throw new StoreException(Kind.NOT_PERMITTED, "the store in " + directory + " is open for reading only");
        }
        T written = read(open -> {
            T result = work.on(open);
            open.commit();
            return result;
        });
        if (lent && isBloated()) {
            shut();
        }
        return written;
    }

    private boolean isBloated() {
        try {
            return Files.size(directory.file()) > 2 * sizeWhenOpened + SLACK;
        } catch (IOException e) {
            return false; // the next call tells
        }
    }

    /** Has work done that looks at it; what that changes is undone. */
    <T> T read(Work<T> work) throws StoreException {
        boolean done = false;
        try {
            Store open = opened();
            T result = work.on(open);
            open.connection().rollback();
            done = true;
            return result;
        } catch (SQLException | IOException | MVStoreException e) {
            throw StoreErrors.of(e, directory);
        } finally {
            if (!done) {
                shut();
            }
        }
    }

    /** Looks whether it is there and answers, and which one it is. */
    UUID check() throws StoreException {
        if (store.isPresent() && !isTheSame()) {
            shut();
            throw new StoreException(
                    Kind.ABSENT,
                    "the store in " + directory
                            + " was removed or replaced while it was open: a new one is begun if it is not put back");
        }
        return read(Store::identity);
    }

    private boolean isTheSame() {
        try {
            return file.equals(Optional.of(directory.fileKey()));
        } catch (IOException e) {
            return false;
        }
    }

    /** From now on closing it does nothing. */
    void lend() {
        lent = true;
    }

    /** Ends what {@link #lend} began, and closes it. */
    void reclaim() {
        lent = false;
        close();
    }

    /** Lets others have it, unless it is lent. */
    void close() {
        if (!lent) {
            shut();
        }
    }

    private void shut() {
        store.ifPresent(Store::close);
        store = Optional.empty();
        file = Optional.empty();
    }

    private Store opened() throws StoreException, IOException {
        if (store.isEmpty()) {
            preparation.run();
            store = Optional.of(Store.open(directory, access, patience, layout.migrations()));
            file = Optional.of(directory.fileKey());
            sizeWhenOpened = Files.size(directory.file());
        }
        return store.get();
    }
}
