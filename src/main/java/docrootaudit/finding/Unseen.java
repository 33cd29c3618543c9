package docrootaudit.finding;

import docrootaudit.access.PathBytes;

/**
 * A part of a root that a scan did not look at: nothing below it can be said to have recovered.
 *
 * @param path absolute, as walked
 * @param why one sentence
 * @param wanted whether the configuration excludes it; then the scan is complete all the same
 */
public record Unseen(PathBytes path, String why, boolean wanted) {}
