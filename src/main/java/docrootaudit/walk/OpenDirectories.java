package docrootaudit.walk;

import docrootaudit.access.PathBytes;
import java.util.ArrayList;
import java.util.List;

/**
 * The directories that one worker opened last. A directory is opened relative to its nearest ancestor among them, so
 * that neither depth nor PATH_MAX nor a rename above matters.
 */
final class OpenDirectories<S> implements AutoCloseable {
    private static final int KEPT = 16;

    private final EntrySource source;
    private final TreeReader reader;
    private final Node root;
    private final List<Open<S>> open = new ArrayList<>();

    private record Open<S>(Directory<S> directory, Listing listing) {}

    OpenDirectories(EntrySource source, TreeReader reader, Node root) {
        this.source = source;
        this.reader = reader;
        this.root = root;
    }

    Listing list(Directory<S> directory) throws SourceException {
        Directory<S> base = directory;
        Node from = null;
        while (from == null) {
            Directory<S> parent = base.parentOrNull();
            if (parent == null) {
                break;
            }
            base = parent;
            from = find(base);
        }
        Listing listing = from != null ? reader.list(from, directory.relativeTo(base)) : fromBase(directory, base);
        if (open.size() == KEPT) {
            open.remove(0).listing().close();
        }
        open.add(new Open<>(directory, listing));
        return listing;
    }

    /** A look at a directory that cannot be listed. */
    Node look(TreeReader by, Directory<S> directory) throws SourceException {
        Directory<S> base = directory.base();
        if (base.parent().isEmpty()) {
            return by.look(root, directory.relativeTo(base));
        }
        try (Node top = source.root()) {
            return by.look(top, below(directory.canonicalPath()));
        }
    }

    private Listing fromBase(Directory<S> directory, Directory<S> base) throws SourceException {
        if (base.parent().isEmpty()) {
            return reader.list(root, directory.relativeTo(base));
        }
        try (Node top = source.root()) {
            return reader.list(top, below(directory.canonicalPath()));
        }
    }

    private static PathBytes below(PathBytes absolute) {
        byte[] bytes = absolute.bytes();
        return PathBytes.of(bytes, 1, bytes.length);
    }

    private Node find(Directory<S> directory) {
        for (int i = open.size() - 1; i >= 0; i--) {
            if (open.get(i).directory() == directory) {
                return open.get(i).listing().directory();
            }
        }
        return null;
    }

    @Override
    public void close() {
        open.forEach(o -> o.listing().close());
    }
}
