package docrootaudit.alert;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * How mails leave this machine.
 *
 * @param host of the mail server
 * @param port of it, if not the usual one
 * @param security of the connection
 * @param login for a server that wants one
 * @param from the sender that people see; without it, docroot-audit at this machine
 * @param replyTo who gets the answers, if not the sender
 * @param envelopeSender who gets what cannot be delivered, if not the sender
 * @param authorities certificates in PEM that are trusted instead of those that Java comes with
 * @param connectTimeout how long the connection may take
 * @param readTimeout how long the server may take for each answer
 * @param writeTimeout how long it may take to accept a write
 */
public record MailSettings(
        String host,
        OptionalInt port,
        Security security,
        Optional<Login> login,
        Optional<String> from,
        Optional<String> replyTo,
        Optional<String> envelopeSender,
        Optional<Path> authorities,
        Duration connectTimeout,
        Duration readTimeout,
        Duration writeTimeout) {
    /** The mail server of this machine, which knows where mails go. */
    public static final MailSettings DEFAULT = new MailSettings(
            "localhost",
            OptionalInt.empty(),
            Security.NONE,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(1));

    /** ASCII alone: no line ends, no quoting, and a local account without a domain. */
    private static final Pattern ADDRESS =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}(@[A-Za-z0-9]([A-Za-z0-9.-]{0,250}[A-Za-z0-9])?)?");

    /** Who it is that sends. */
    public record Login(String user, Secret password) {}

    /** What protects the connection; with each, the server has to show a good certificate for its name. */
    public enum Security {
        /** Nothing. */
        NONE(25),
        /** TLS from the command STARTTLS on; a server without it gets no mail. */
        STARTTLS(587),
        /** TLS from the start. */
        TLS(465);

        private final int usualPort;

        Security(int usualPort) {
            this.usualPort = usualPort;
        }

        /** The name in the configuration. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether a text is an address as it goes over the wire, such as {@code web@example.org} or {@code root}. */
    public static boolean isAddress(String text) {
        return ADDRESS.matcher(text).matches();
    }

    /** How long a whole delivery may take: some of its answers may come at the last moment, not all of them. */
    Duration deadline() {
        return connectTimeout.plus(writeTimeout).plus(readTimeout.multipliedBy(5));
    }

    /** The port that is used. */
    public int effectivePort() {
        return port.orElse(security.usualPort);
    }
}
