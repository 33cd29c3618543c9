package docrootaudit;

import docrootaudit.daemon.ServiceManager;
import docrootaudit.linux.Notify;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Whoever reads what a service tells in the way of sd_notify(3); usually systemd. */
final class Systemd implements ServiceManager {
    private final Notify notify;

    Systemd(Map<String, String> environment) {
        notify = Notify.of(environment);
    }

    @Override
    public void tell(String state) {
        notify.send(state);
    }

    @Override
    public Optional<Duration> watchdog() {
        return notify.watchdog();
    }

    @Override
    public long monotonicMicros() {
        return Notify.monotonicMicros();
    }
}
