package docrootaudit.finding;

import docrootaudit.access.PathBytes;

/**
 * What scans are compared by: only scans of the same root, for the same identity, asking the same, are comparable.
 *
 * @param root absolute, as given
 * @param uid of the identity (unsigned)
 * @param question what was asked, such as {@code default} or {@code list}
 */
public record Subject(PathBytes root, int uid, String question) {
    /** Ends the question of what another account than the web server's reads. */
    public static final String FOR_A_HANDLER = " for a handler";

    /** The same asked for an account that a handler names. */
    public Subject forHandler() {
        return new Subject(root, uid, question + FOR_A_HANDLER);
    }

    public boolean isForHandler() {
        return question.endsWith(FOR_A_HANDLER);
    }
}
