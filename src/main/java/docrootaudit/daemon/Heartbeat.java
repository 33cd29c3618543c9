package docrootaudit.daemon;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sign of life for a monitor elsewhere: it comes while all goes well, and its absence is the alarm. */
final class Heartbeat {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Clock clock;
    private final Duration patience;
    /** It has threads of its own: made when it is needed. */
    private Optional<HttpClient> client = Optional.empty();

    private Optional<String> told = Optional.empty();

    /** @param patience how long the server may take to answer */
    Heartbeat(Clock clock, Duration patience) {
        this.clock = clock;
        this.patience = patience;
    }

    /** Gives it. What goes wrong is told once: the monitor will miss it anyway. */
    synchronized void give(ServiceSettings settings) throws InterruptedException {
        Optional<String> wrong = Optional.empty();
        if (settings.heartbeatFile().isPresent()) {
            wrong = touch(settings.heartbeatFile().get());
        }
        if (settings.heartbeatUrl().isPresent()) {
            Optional<String> call = call(settings.heartbeatUrl().get());
            wrong = wrong.or(() -> call);
        }
        if (wrong.isPresent() && !wrong.equals(told)) {
            LOG.warn("{}", wrong.get());
        }
        told = wrong;
    }

    private Optional<String> touch(Path file) {
        try {
            if (!Files.exists(file)) {
                Files.createFile(file);
            }
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("the heartbeat's file " + Told.path(file) + " cannot be touched: " + Told.why(e));
        }
    }

    /** The address may hold a secret: it is not told. */
    private Optional<String> call(URI url) throws InterruptedException {
        HttpClient caller = client.orElseGet(
                () -> HttpClient.newBuilder().connectTimeout(patience).build());
        client = Optional.of(caller);
        HttpRequest request =
                HttpRequest.newBuilder(url).timeout(patience).GET().build();
        try {
            HttpResponse<InputStream> answer = caller.send(request, HttpResponse.BodyHandlers.ofInputStream());
            // what stands in the body may have no end, and the timeout is not for it
            answer.body().close();
            int status = answer.statusCode();
            return status < 300
                    ? Optional.empty()
                    : Optional.of("the heartbeat's server " + url.getHost() + " answers " + status);
        } catch (IOException e) {
            return Optional.of("the heartbeat's server " + url.getHost() + " cannot be reached: " + Told.why(e));
        }
    }
}
