/**
 * PHP-FPM's configuration: its pools, and which of them a web server passes scripts to. Imports the model of
 * {@code server} and nothing of the web servers themselves.
 */
package docrootaudit.server.fpm;
