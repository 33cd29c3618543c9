package docrootaudit.alert;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Hands notices to a webhook, signed as Standard Webhooks are (headers {@code webhook-id}, {@code webhook-timestamp}
 * and {@code webhook-signature}): whoever has the secret knows who sent a notice and when, and refuses an old one.
 */
public final class Webhook implements Transport {
    private static final String ENCODED = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";

    /** Timeout, too early, too many: refused now, not for good. */
    private static final Set<Integer> NOT_NOW = Set.of(408, 425, 429);

    private final WebhookSettings settings;
    private final URI url;
    private final Secrets secrets;
    private final Clock clock;
    private Optional<HttpClient> client = Optional.empty();

    /**
     * Calls the URL of these settings.
     *
     * @param environment of the process, which says where credentials are
     * @param clock for the time of each try
     * @throws IllegalArgumentException if the settings have no URL
     */
    public Webhook(WebhookSettings settings, Map<String, String> environment, Clock clock) {
        this.settings = settings;
        this.url = settings.url().orElseThrow(() -> new IllegalArgumentException("no URL"));
        this.secrets = new Secrets(environment);
        this.clock = clock;
    }

    @Override
    public Delivery deliver(Message message) {
        if (!(message instanceof Notice notice)) {
            throw new IllegalArgumentException("no notice: " + message.id());
        }
        try {
            HttpRequest request = request(notice);
            return answer(client().send(request, BodyHandlers.ofInputStream()));
        } catch (UnusableException e) {
            return later(e.getMessage());
        } catch (HttpTimeoutException e) {
            return later(place() + ": no answer in time");
        } catch (IOException e) {
            return later(place() + ": " + Certificates.complaint(e).orElseGet(() -> words(e)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return later("interrupted");
        }
    }

    private HttpRequest request(Notice notice) throws UnusableException {
        String time = String.valueOf(clock.instant().getEpochSecond());
        return HttpRequest.newBuilder(url)
                .timeout(settings.timeout())
                .header("Content-Type", "application/json")
                .header("User-Agent", "docroot-audit")
                .header("webhook-id", headerId(notice))
                .header("webhook-timestamp", time)
                .header("webhook-signature", "v1," + signature(headerId(notice) + "." + time + "." + notice.json()))
                .POST(BodyPublishers.ofString(notice.json()))
                .build();
    }

    private static String headerId(Notice notice) {
        return notice.id().replaceAll("[^!-~]", "_");
    }

    private String signature(String text) throws UnusableException {
        byte[] key = key(secrets.read(settings.secret()));
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    private static byte[] key(byte[] secret) throws UnusableException {
        String text = new String(secret, StandardCharsets.ISO_8859_1);
        if (!text.startsWith(ENCODED)) {
            return secret;
        }
        try {
            byte[] key = Base64.getDecoder().decode(text.substring(ENCODED.length()));
            if (key.length > 0) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw new UnusableException("the secret of the webhook begins with whsec_, and no base64 follows");
    }

    /** The status alone: what stands in the body may have no end. */
    private Delivery answer(HttpResponse<InputStream> response) throws IOException {
        response.body().close();
        int status = response.statusCode();
        String answer = SmtpAnswers.line(place() + ": HTTP " + status);
        if (status / 100 == 2) {
            return new Delivery.Taken(answer);
        } else if (status / 100 == 3) {
            return new Delivery.Later(answer + ", a redirect, which is not followed");
        }
        boolean never = status / 100 == 4 && !NOT_NOW.contains(status);
        return never ? new Delivery.Never(answer) : new Delivery.Later(answer);
    }

    /** The URL's path and query may be a secret of their own. */
    private String place() {
        return url.getScheme() + "://" + url.getRawAuthority();
    }

    private static String words(IOException e) {
        String message = e.getMessage() == null ? "" : e.getMessage();
        return message.isEmpty() ? "the connection failed (" + e.getClass().getSimpleName() + ")" : message;
    }

    private static Delivery later(String sentence) {
        return new Delivery.Later(SmtpAnswers.line(sentence));
    }

    /** Made when it is first needed: it has a thread of its own. */
    private synchronized HttpClient client() throws UnusableException {
        if (client.isEmpty()) {
            client = Optional.of(HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(settings.connectTimeout())
                    .sslContext(Certificates.trusting(settings.authorities()))
                    .build());
        }
        return client.get();
    }
}
