package docrootaudit.audit;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.PackedNames;
import java.util.AbstractList;
import java.util.Iterator;
import java.util.Objects;

/** The first few paths of a group of names, made when they are asked for: most groups are counted and never shown. */
final class FirstPaths extends AbstractList<PathBytes> {
    private final PathBytes directory;
    private final PackedNames names;
    private final int size;

    /** Of the names of a directory, so many at most. */
    FirstPaths(PathBytes directory, PackedNames names, int most) {
        this.directory = directory;
        this.names = names;
        this.size = Math.min(most, names.count());
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public PathBytes get(int index) {
        Iterator<PathBytes> all = names.iterator();
        for (int i = Objects.checkIndex(index, size); i > 0; i--) {
            all.next();
        }
        return directory.resolve(all.next());
    }
}
