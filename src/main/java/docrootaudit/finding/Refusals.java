package docrootaudit.finding;

import docrootaudit.access.PathBytes;
import java.util.Optional;

/**
 * Refusals of one directory that are alike: what a scan observed and the history keeps.
 *
 * <p>Two uses. Without {@code blame}, the names themselves are to blame: closed directories, unreadable files. With it,
 * the names are links that are refused because of something elsewhere, {@code blame}, which is an observation of its
 * own.
 *
 * @param directory the absolute path, as walked, of the directory that holds the names; for a blamed directory above
 *     the root, of its parent; the root directory of the filesystem itself has the name {@code .} in {@code /}
 * @param names at least one
 * @param kind why
 * @param rule the entry that decided
 * @param blame for refused links the path to blame instead
 * @param behind whether another refusal stands before this one on the way; then it is not (yet) the cause of anything,
 *     but it is not mended either
 * @param intended whether it is refused on purpose
 * @param paths how many refused paths the names stand for, themselves included; 0 when {@code behind}
 * @param cause the id of the cause that the names are, under which people are told of them
 */
public record Refusals(
        PathBytes directory,
        PackedNames names,
        CauseKind kind,
        String rule,
        Optional<PathBytes> blame,
        boolean behind,
        boolean intended,
        long paths,
        String cause) {
    private static final PathBytes DOT = PathBytes.of(".");

    /** Refusals that nobody is told of. */
    public Refusals(
            PathBytes directory,
            PackedNames names,
            CauseKind kind,
            String rule,
            Optional<PathBytes> blame,
            boolean behind,
            boolean intended,
            long paths) {
        this(directory, names, kind, rule, blame, behind, intended, paths, "");
    }

    /** The same under an id. */
    public Refusals as(String id) {
        return new Refusals(directory, names, kind, rule, blame, behind, intended, paths, id);
    }

    /** Whether people may have to be told: a cause of refusals, not one that stands behind another, nor on purpose. */
    public boolean isAlarming() {
        return !behind && !intended && blame.isEmpty();
    }

    /** The directory to file a blamed path under. */
    public static PathBytes directoryOf(PathBytes path) {
        return path.parent().orElse(PathBytes.ROOT);
    }

    /** The name to file a blamed path under. */
    public static PathBytes nameOf(PathBytes path) {
        return path.equals(PathBytes.ROOT) ? DOT : path.name();
    }

    /** The path that was filed under a directory and a name. */
    public static PathBytes path(PathBytes directory, PathBytes name) {
        return name.equals(DOT) ? directory : directory.resolve(name);
    }
}
