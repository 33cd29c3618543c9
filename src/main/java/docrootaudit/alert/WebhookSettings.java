package docrootaudit.alert;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Where notices go.
 *
 * @param url HTTPS, or HTTP on this machine; empty if there is no webhook
 * @param secret signs what is sent
 * @param paths what is told of paths
 * @param authorities certificates in PEM that are trusted instead of those that Java comes with
 * @param connectTimeout how long the connection may take
 * @param timeout how long the answer may take
 */
public record WebhookSettings(
        Optional<URI> url,
        Secret secret,
        Paths paths,
        Optional<Path> authorities,
        Duration connectTimeout,
        Duration timeout) {
    public static final WebhookSettings DEFAULT = new WebhookSettings(
            Optional.empty(),
            new Secret.Credential("webhook-secret"),
            Paths.NONE,
            Optional.empty(),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1));

    /** What a service outside is told of the paths of this machine. */
    public enum Paths {
        /** Nothing that could hold one. */
        NONE,
        /** What is to blame, some of the refused paths, and the commands. */
        EXAMPLES;

        /** The name in the configuration. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
