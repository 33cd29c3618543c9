package docrootaudit.walk;

/** An open directory: its entries one after the other. Used by one thread. */
public interface Listing extends AutoCloseable {
    /** The directory itself, valid until {@link #close()}. */
    Node directory();

    /** The directory's own attributes; another cursor than {@link #next()}'s. */
    Entry self();

    /**
     * Moves on to the next entry, dot and dot-dot left out.
     *
     * @return the cursor, reused for every entry, or null at the end
     * @throws SourceException if the directory cannot be read further
     */
    Entry next() throws SourceException;

    @Override
    void close();
}
