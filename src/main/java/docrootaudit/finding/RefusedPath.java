package docrootaudit.finding;

import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;

/**
 * One refused path, for {@code --each}.
 *
 * @param path as walked: the root as given, a slash, then names
 * @param need what it was wanted for
 * @param causeId the single cause that refuses it
 * @param blamed whether that is the path itself, or something on its way, or what a link leads to
 */
public record RefusedPath(PathBytes path, Need need, String causeId, Blamed blamed) {
    /** What refuses a path. */
    public enum Blamed {
        ITSELF,
        ANOTHER
    }
}
