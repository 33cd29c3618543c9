/**
 * The service: when scans run, who may ask for one, how it starts, reloads and ends. {@link
 * docrootaudit.daemon.Daemon} is its door; {@link docrootaudit.daemon.ControlClient} is the one for those who ask.
 *
 * <p>What a scan is and what is told of it are the business of {@link docrootaudit.audit} and {@link
 * docrootaudit.alert}. It knows neither the command line, whose commands it is given to run, nor the file its settings
 * are in, nor how a service manager is reached.
 */
package docrootaudit.daemon;
