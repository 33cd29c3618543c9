package docrootaudit.daemon;

import docrootaudit.DrippingServer;
import docrootaudit.audit.PaceSettings;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sign of life at a monitor that behaves badly. */
class HeartbeatIT {
    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\nX: ", "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"})
    @Timeout(value = 1, unit = TimeUnit.MINUTES)
    void a_monitor_that_says_a_little_now_and_then_holds_no_scan_up(String begin) throws Exception {
        try (DrippingServer dripping = new DrippingServer(DrippingServer.saying(begin))) {
            ServiceSettings settings = new ServiceSettings(
                    ScheduleSettings.DEFAULT,
                    Map.of(),
                    1,
                    PaceSettings.FASTEST,
                    ServiceSettings.USUAL_SOCKET,
                    Optional.of(URI.create("http://127.0.0.1:" + dripping.port() + "/")),
                    Optional.empty());

            new Heartbeat(Clock.systemUTC(), Duration.ofSeconds(1)).give(settings);

            dripping.left();
        }
    }
}
