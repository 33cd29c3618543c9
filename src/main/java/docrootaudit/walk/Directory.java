package docrootaudit.walk;

import docrootaudit.access.PathBytes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * A directory of a walk: a name and the directory that holds it; a path only when somebody asks.
 *
 * @param <S> what the visitor knows of a directory when it visits its entries
 */
public final class Directory<S> {
    private static final PathBytes HERE = PathBytes.of("");

    private final Directory<S> parent;
    private final PathBytes name;
    private final PathBytes canonical;
    private final S prefix;
    private final int pathLength;
    private S state;

    private Directory(Directory<S> parent, PathBytes name, PathBytes canonical, S prefix, int pathLength) {
        this.parent = parent;
        this.name = name;
        this.canonical = canonical;
        this.prefix = prefix;
        this.pathLength = pathLength;
    }

    static <S> Directory<S> root(PathBytes path, PathBytes canonical, S prefix) {
        return new Directory<>(null, path, canonical, prefix, path.length());
    }

    Directory<S> child(PathBytes childName) {
        return new Directory<>(this, childName, null, null, pathLength + 1 + childName.length());
    }

    /** A directory that is somewhere else and reached by a link of this name. */
    Directory<S> linked(PathBytes linkName, PathBytes target, S prefixThere) {
        return new Directory<>(this, linkName, target, prefixThere, pathLength + 1 + linkName.length());
    }

    /** The directory that holds this one; empty for the root of the walk. */
    public Optional<Directory<S>> parent() {
        return Optional.ofNullable(parent);
    }

    /** What was known before this directory was entered: its parent's state, or what the walk or link began with. */
    public S prefix() {
        return canonical != null ? prefix : parent.state;
    }

    /** What {@link Visitor#enter} returned. */
    public S state() {
        return state;
    }

    void state(S newState) {
        state = newState;
    }

    /** Whether the walk got here by starting here or by a link. */
    boolean isBase() {
        return canonical != null;
    }

    /** The length in bytes of {@link #path()}. */
    public int pathLength() {
        return pathLength;
    }

    /** The path as walked: the root as given, then names. */
    public PathBytes path() {
        Deque<PathBytes> names = new ArrayDeque<>();
        Directory<S> at = this;
        for (; at.parent != null; at = at.parent) {
            names.push(at.name);
        }
        return at.name.resolve(names);
    }

    /** The path without links. */
    public PathBytes canonicalPath() {
        return base().canonical.resolve(namesBelow(base()));
    }

    /** The nearest directory, or this one, that the walk got to otherwise than by its name in its parent. */
    Directory<S> base() {
        Directory<S> at = this;
        while (at.canonical == null) {
            at = at.parent;
        }
        return at;
    }

    /** The first directory below a place, or at it, of those that the walk came through by their names. */
    Directory<S> highestBelow(PathBytes place) {
        Directory<S> at = this;
        while (!at.isBase() && at.parent.canonicalPath().startsWith(place)) {
            at = at.parent;
        }
        return at;
    }

    /** The names that lead from an ancestor to this directory, joined by slashes. */
    PathBytes relativeTo(Directory<S> ancestor) {
        return HERE.resolve(namesBelow(ancestor));
    }

    private Deque<PathBytes> namesBelow(Directory<S> ancestor) {
        Deque<PathBytes> names = new ArrayDeque<>();
        for (Directory<S> at = this; at != ancestor; at = at.parent) {
            names.push(at.name);
        }
        return names;
    }

    Directory<S> parentOrNull() {
        return canonical != null ? null : parent;
    }
}
