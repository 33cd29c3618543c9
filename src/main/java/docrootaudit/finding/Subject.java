package docrootaudit.finding;

import docrootaudit.access.PathBytes;

/**
 * What scans are compared by: only scans of the same root, for the same identity, asking the same, are comparable.
 *
 * @param root absolute, as given
 * @param uid of the identity (unsigned)
 * @param question what was asked, such as {@code default} or {@code list}
 */
public record Subject(PathBytes root, int uid, String question) {}
