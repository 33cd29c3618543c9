/**
 * The web server of this machine, and what it answers to a URL: which one is meant, whom its workers run as, the files
 * as they meet them, and the explanation of an answer with what mends it.
 *
 * <p>{@code server} decides from values alone what a server answers; here it meets the machine. This package imports
 * {@code audit} for the explanation of a path and for the {@link docrootaudit.audit.Host}, and knows nothing of command
 * lines of ours or of reports.
 */
package docrootaudit.web;
