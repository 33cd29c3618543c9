package docrootaudit.walk;

import docrootaudit.access.PathBytes;
import java.util.Optional;

/**
 * Sees the entries of a walk; one visitor per worker thread, so it needs no locks. What it has to say of a directory it
 * hands over in {@link #leave}: a worker that is stuck in a dead mount never gets there.
 *
 * @param <S> what it knows of a directory when it visits its entries
 */
public interface Visitor<S> {
    /**
     * A directory is entered.
     *
     * @param self its attributes
     * @return what to know when its entries are visited
     */
    S enter(Directory<S> directory, Entry self) throws SourceException;

    /** Whether an entry is to be left out, with all that is below it. */
    boolean excludes(Directory<S> directory, Entry entry);

    /**
     * An entry that is no directory.
     *
     * @param in the open directory, to resolve a link from
     * @return where to walk on, if the entry is a link that should be followed
     */
    Optional<Jump<S>> visit(Directory<S> directory, Listing in, Entry entry) throws SourceException;

    /** All entries of the directory have been visited, those below its subdirectories not. */
    void leave(Directory<S> directory);

    /**
     * A directory that a link leads to.
     *
     * @param canonical its path without links
     * @param prefix what is known of the way there
     */
    record Jump<S>(PathBytes canonical, S prefix) {}
}
