/**
 * One audit, whoever asks: walk, decide, compare, record.
 *
 * <p>Its settings are values that say what an administrator wants; where they were written is no business of this
 * package.
 */
package docrootaudit.audit;
