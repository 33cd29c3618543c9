package docrootaudit.web;

import docrootaudit.access.PathBytes;
import docrootaudit.access.Step;
import docrootaudit.server.ByteText;
import docrootaudit.walk.Entry;
import docrootaudit.walk.Listing;
import docrootaudit.walk.Node;
import docrootaudit.walk.SourceException;
import docrootaudit.walk.TreeReader;
import java.util.Optional;

/** Names that differ from a missing one by upper and lower case alone, as those do that come from other systems. */
record Lookalike(Traces traces) {
    /** Directories with more names are not searched: it is but a hint. */
    private static final int MOST = 10_000;

    /** The only one in the same directory that exists; empty if there are none or several. */
    Optional<PathBytes> of(PathBytes missing) {
        Optional<PathBytes> parent = missing.parent();
        Optional<PathBytes> directory = parent.flatMap(p -> traces.of(p).trace().end())
                .filter(e -> e.inode().attributes().isDirectory())
                .map(Step.Arrive::path);
        if (directory.isEmpty()) {
            return Optional.empty();
        }
        String wanted = ByteText.of(missing.name());
        PathBytes path = directory.get();
        Optional<PathBytes> found = Optional.empty();
        try (Node root = traces.source().root();
                TreeReader reader = traces.source().reader();
                Listing listing = reader.list(root, PathBytes.of(path.bytes(), 1, path.length()))) {
            int count = 0;
            for (Entry entry = listing.next(); entry != null; entry = listing.next()) {
                PathBytes name = PathBytes.of(entry.name());
                boolean alike = ByteText.of(name).equalsIgnoreCase(wanted);
                if (++count > MOST || (alike && found.isPresent())) {
                    return Optional.empty();
                }
                found = alike ? Optional.of(path.resolve(name)) : found;
            }
        } catch (SourceException e) {
            return Optional.empty();
        }
        return found;
    }
}
