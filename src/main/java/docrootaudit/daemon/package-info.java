/**
 * The service: when scans run, who may ask for one, how it starts, reloads and ends.
 *
 * <p>What a scan is and what is told of it are the business of {@link docrootaudit.audit} and {@link
 * docrootaudit.alert}.
 */
package docrootaudit.daemon;
