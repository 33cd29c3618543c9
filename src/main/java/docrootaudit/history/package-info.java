/**
 * Scans and refusals over time: what is new, what recovered, since when a path is refused.
 *
 * <p>{@link docrootaudit.history.History} is the door. Behind it is an embedded H2 database, which another JDBC
 * database can replace: SQL stands in the numbered files of the resources and in one class per table family, nowhere
 * else. What is kept are intervals, not observations, packed by directory; so the store grows with what changes, not
 * with the files of a root nor with scans that find nothing new.
 *
 * <p>It also keeps what people are to be told of scans and what they were told, as others compose it: in the transaction
 * of the scan, so that neither is there without the other.
 *
 * <p>It imports {@code finding} and {@code access}, and must never know who scans, prints or mails.
 */
package docrootaudit.history;
