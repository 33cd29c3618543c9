/**
 * {@code audit.toml} read into each package's own settings; {@link docrootaudit.config.ConfigFile} is the door.
 *
 * <p>All mistakes of a file are told at once, each with its line. Imports whom it configures; only the composition
 * root imports it. It must never know what the settings are used for.
 */
package docrootaudit.config;
