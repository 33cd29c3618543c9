/**
 * The words of the product: what is refused, the one thing to blame, the command that mends it, what opened and closed.
 *
 * <p>Values and pure functions only. It imports {@code access}, whose verdicts it puts into words; it never touches a
 * filesystem, a store or a terminal.
 */
package docrootaudit.finding;
