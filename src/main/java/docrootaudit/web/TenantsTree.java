package docrootaudit.web;

import docrootaudit.access.Errno;
import docrootaudit.access.FileType;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.server.Request;
import docrootaudit.server.Sieve;
import docrootaudit.server.Tree;
import docrootaudit.server.WebServer;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The tree of a worker on a walk, which tells what it has seen without looking again: files of tenants, the file at hand,
 * and which of the short names that an index may have are not in the directory at hand. Used by one thread.
 */
final class TenantsTree implements Tree {
    /** As long are names of which it is remembered whether they are there: those of {@code home.pl} to {@code index.xhtml}. */
    private static final int SHORTEST = 7;

    private static final int LONGEST = 13;
    private static final Found ABSENT = new Found.Failed(Errno.ENOENT);

    private final Tree tree;
    private final Function<PathBytes, Contents> reading;
    private final Function<PathBytes, Found> looking;
    private final Map<PathBytes, Contents> read = new HashMap<>();
    private final Map<PathBytes, Found> looked = new HashMap<>();
    private final Set<PathBytes> names = new HashSet<>();
    private List<PathBytes> directories = List.of();
    private PathBytes canonical = PathBytes.ROOT;
    private boolean isWhole;
    private Found self = ABSENT;
    private Optional<PathBytes> file = Optional.empty();
    private Found found = ABSENT;
    /** The files in which tenants say how theirs are served. */
    private final Set<PathBytes> configurations = new HashSet<>();

    private boolean isRead;
    private Heard heard = new Heard();

    TenantsTree(Tree tree) {
        this.tree = tree;
        this.reading = tree::read;
        this.looking = tree::lstat;
    }

    /**
     * The walk comes to a directory that may be searched.
     *
     * @param real its path without links
     * @param paths those that it has for sites
     */
    void enter(PathBytes real, List<PathBytes> paths, Found.There directory) {
        canonical = real;
        directories = paths;
        self = directory;
        names.clear();
        isWhole = false;
    }

    /** Something of a name of the directory is there. */
    void sees(PathBytes name) {
        names.add(name);
    }

    static boolean remembers(int nameLength) {
        return nameLength >= SHORTEST && nameLength <= LONGEST;
    }

    /** All of the directory has been seen. */
    void whole() {
        isWhole = true;
    }

    /** A file that may be read is asked about now. */
    void holds(PathBytes path, Found.There there) {
        file = Optional.of(path);
        found = there;
        heard = new Heard();
    }

    /** The directory itself is asked about now. */
    void holdsItself() {
        heard = new Heard();
    }

    /** Whether nothing in the directory, of which all has been seen, has one of these names. */
    boolean lacks(Set<PathBytes> some) {
        return isWhole && Collections.disjoint(names, some);
    }

    /** No file is; tells what was asked meanwhile. */
    Heard release() {
        file = Optional.empty();
        return heard;
    }

    /** What tenants say in a directory. */
    Optional<Sieve> tenants(WebServer server, Request request, PathBytes directory) {
        isRead = true;
        try {
            return server.tenants(request, this, directory);
        } finally {
            isRead = false;
        }
    }

    /** What a question comes to. */
    final class Heard {
        private boolean isOpen = true;
        private boolean isOnTheWay = true;
        private final Set<PathBytes> missed = new HashSet<>();

        /** Whether all the answers are the same whatever permissions grant. */
        boolean isOpen() {
            return isOpen;
        }

        /**
         * Whether nothing else was asked for than the file itself, the directories on the way to it, what tenants say
         * there, and {@link #missed}.
         */
        boolean isOnTheWay() {
            return isOnTheWay;
        }

        /** Names that were looked for in the directory at hand, and are not there. */
        Set<PathBytes> missed() {
            return missed;
        }

        private Found found(PathBytes path, Found answer) {
            isOpen &= !(answer.failedWith(Errno.EACCES) || answer instanceof Found.Unknown);
            isOnTheWay &= answer.is(FileType.DIRECTORY) && isAbove(path);
            return answer;
        }

        private Found elsewhere(PathBytes path, Found answer) {
            isOnTheWay = false;
            return found(path, answer);
        }

        private Names listed(Names names) {
            isOpen &= names instanceof Names.Read;
            isOnTheWay = false;
            return names;
        }

        private Contents read(PathBytes path, Contents contents) {
            isOpen &= !(contents instanceof Contents.Failed failed && failed.errno() == Errno.EACCES);
            isOnTheWay &= configurations.contains(path) && isAbove(path.parent().orElse(PathBytes.ROOT));
            return contents;
        }
    }

    /** Whether it is the directory at hand, or one on the way to it. */
    private boolean isAbove(PathBytes path) {
        return canonical.startsWith(path) || directories.stream().anyMatch(d -> d.startsWith(path));
    }

    private boolean isSelf(PathBytes path) {
        int length = path.length();
        boolean slash = length > 1 && path.at(length - 1) == '/';
        return directories.contains(slash ? PathBytes.of(path.bytes(), 0, length - 1) : path);
    }

    /** What is known of a path; empty if it has to be looked at. */
    private Optional<Found> known(PathBytes path) {
        if (file.isPresent() && file.get().equals(path)) {
            return Optional.of(found);
        }
        boolean absent = isWhole
                && remembers(path.name().length())
                && !names.contains(path.name())
                && path.at(path.length() - 1) != '/'
                && directories.contains(path.parent().orElse(PathBytes.ROOT));
        if (absent) {
            heard.missed.add(path.name());
        }
        return absent ? Optional.of(ABSENT) : Optional.empty();
    }

    @Override
    public Found stat(PathBytes path) {
        if (isSelf(path)) {
            return self;
        }
        return known(path).orElseGet(() -> heard.found(path, tree.stat(path)));
    }

    @Override
    public Found lstat(PathBytes path) {
        if (path.equals(canonical)) {
            return self;
        }
        Optional<Found> known = known(path);
        return known.isPresent() ? known.get() : heard.found(path, looked.computeIfAbsent(path, looking));
    }

    @Override
    public Found access(PathBytes path, Need need) {
        Optional<Found> known = need == Need.READ ? known(path) : Optional.empty();
        return known.orElseGet(() -> heard.elsewhere(path, tree.access(path, need)));
    }

    @Override
    public Names names(PathBytes directory) {
        return heard.listed(tree.names(directory));
    }

    @Override
    public Contents read(PathBytes path) {
        if (file.isPresent() && path.parent().equals(file)) {
            return new Contents.Failed(Errno.ENOTDIR); // a server that trusts names looks there too
        }
        if (isRead) {
            configurations.add(path);
        }
        return heard.read(path, read.computeIfAbsent(path, reading));
    }
}
