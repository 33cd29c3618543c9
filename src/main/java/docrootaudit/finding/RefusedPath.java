package docrootaudit.finding;

import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;

/**
 * One refused path, for {@code --each}.
 *
 * @param path as walked: the root as given, a slash, then names
 * @param need what it was wanted for
 * @param causeId the single cause that refuses it
 */
public record RefusedPath(PathBytes path, Need need, String causeId) {}
