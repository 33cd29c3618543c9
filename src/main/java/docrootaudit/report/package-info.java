/**
 * Text, JSON, JSON Lines and CSV: one model, a file per format, behind one door, {@link docrootaudit.report.Reports}.
 * Public beside it are the words and forms that mails share with reports: how a rule refuses, how a time is written.
 *
 * <p>It imports {@code finding} and {@code access} for the model, {@code history} for what was recorded, and Jackson's
 * streaming generator. It must never know
 * who asked (no command line, no terminal probing), where the model came from, or decide anything: it only says it.
 *
 * <p>What people read is text in the terminal's charset, every name escaped. What scripts read is UTF-8 whatever the
 * locale. Documents are streamed: none is ever held in memory as a whole.
 */
package docrootaudit.report;
