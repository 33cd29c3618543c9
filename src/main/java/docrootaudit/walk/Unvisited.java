package docrootaudit.walk;

import docrootaudit.access.PathBytes;

/**
 * A part of the tree that the walk did not look at.
 *
 * @param path as walked
 * @param why one sentence
 * @param reason what kind of obstacle it was
 */
public record Unvisited(PathBytes path, String why, Reason reason) {
    /** Why a part was not visited. */
    public enum Reason {
        /** It was left out on purpose. */
        EXCLUDED,
        /** It was there when listed and gone, or another thing, when looked at. */
        CHANGED,
        /** It could not be looked at. */
        UNREADABLE
    }
}
