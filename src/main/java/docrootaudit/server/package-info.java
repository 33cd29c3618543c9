/**
 * What nginx and Apache are told, and what they therefore answer: sites, roots, users, rules and logs.
 *
 * <p>A server is its configuration, read once ({@link docrootaudit.server.ConfigFiles}); a question is a
 * {@link docrootaudit.server.Request}; the answer carries every step in the order in which the server asks. The file
 * system comes in as a {@link docrootaudit.server.Tree}, as the worker meets it, so that everything here decides by
 * values alone. It imports {@code access} for names, types and needs, and knows nothing of accounts, walks or reports.
 *
 * <p>Texts of a configuration and of a request are bytes to the servers: here they are strings of characters below
 * 256, one a byte (ISO-8859-1), so that a regular expression sees what PCRE sees. {@link docrootaudit.server.ByteText}
 * is the door to names.
 */
package docrootaudit.server;
