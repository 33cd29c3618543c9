/**
 * The command line: one class a command. It asks the other packages and prints what they say; it decides nothing about
 * access, causes or remedies.
 *
 * <p>It imports {@code audit} for the work, {@code finding} and {@code access} for the values, {@code history} for what
 * was recorded and {@code report} for the formats; what else it needs ({@link docrootaudit.cli.Services}) it is given.
 */
package docrootaudit.cli;
