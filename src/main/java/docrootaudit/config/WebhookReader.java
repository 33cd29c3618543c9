package docrootaudit.config;

import static docrootaudit.config.Problems.quote;

import docrootaudit.alert.WebhookSettings;
import docrootaudit.alert.WebhookSettings.Paths;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads {@code [webhook]}. */
final class WebhookReader {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private WebhookReader() {}

    static WebhookSettings read(Section section) {
        WebhookSettings builtIn = WebhookSettings.DEFAULT;
        WebhookSettings settings = new WebhookSettings(
                section.text("url").flatMap(text -> url(section, text)),
                SecretReader.read(section, "secret").orElse(builtIn.secret()),
                section.choice("paths", List.of(Paths.values()), Paths::word).orElse(builtIn.paths()),
                section.path("ca-file").map(NativePath::of),
                timeout(section, "connect-timeout").orElse(builtIn.connectTimeout()),
                timeout(section, "timeout").orElse(builtIn.timeout()));
        SecretReader.refuse(section, "secret", "secret-file = \"/…\" or secret-credential = \"…\"");
        section.rejectOthers();
        return settings;
    }

    private static Optional<URI> url(Section section, String text) {
        try {
            URI url = new URI(text);
            String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
            String host = String.valueOf(url.getHost()).toLowerCase(Locale.ROOT);
            boolean safe = scheme.equals("https") || (scheme.equals("http") && LOOPBACK.contains(host));
            if (url.getHost() != null && safe && url.getUserInfo() == null && url.getFragment() == null) {
                return Optional.of(url);
            }
        } catch (URISyntaxException e) {
            // told below
        }
        section.problem(
                "url",
                "\"url\" is no place for notices: " + quote(text) + "; expected https://HOST/…, or http://"
                        + " to this machine itself, without user and fragment");
        return Optional.empty();
    }

    private static Optional<Duration> timeout(Section section, String key) {
        return section.duration(key, Duration.ofSeconds(1), Duration.ofHours(1));
    }
}
