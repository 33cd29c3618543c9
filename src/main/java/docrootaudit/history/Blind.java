package docrootaudit.history;

import docrootaudit.access.PathBytes;
import java.time.Instant;

/**
 * A part of a root, or the root itself, that a scan should have seen and did not.
 *
 * @param root as it is scanned
 * @param path what was not seen
 * @param why one sentence
 * @param since start of the first scan that did not see it
 */
public record Blind(PathBytes root, PathBytes path, String why, Instant since) {}
