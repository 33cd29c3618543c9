package docrootaudit.server;

/**
 * A change of one line of a configuration.
 *
 * @param at the line
 * @param kind what becomes of it
 * @param text the new line or lines, without the last newline
 * @param alsoAllows what else it opens, in words; empty if nothing
 */
public record Edit(Source at, Kind kind, String text, String alsoAllows) {
    /** What becomes of the line. */
    public enum Kind {
        REPLACE,
        INSERT_BEFORE,
        INSERT_AFTER
    }
}
