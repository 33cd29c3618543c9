package docrootaudit.daemon;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/**
 * When a root is scanned.
 *
 * @param every the interval between two scans, if they come at intervals
 * @param cron the times of scans, if they come at set times; both together are allowed
 * @param zone where {@code cron} has its times; empty: the machine's
 * @param jitter scans begin up to so much later, never more than an interval
 * @param deadline a scan that takes longer is stopped
 */
public record ScheduleSettings(
        Optional<Duration> every, Optional<Cron> cron, Optional<ZoneId> zone, Duration jitter, Duration deadline) {
    public static final ScheduleSettings DEFAULT = new ScheduleSettings(
            Optional.of(Duration.ofHours(1)),
            Optional.empty(),
            Optional.empty(),
            Duration.ofSeconds(30),
            Duration.ofHours(2));

    public ScheduleSettings {
        if (every.isPresent() && jitter.compareTo(every.get()) > 0) {
            jitter = every.get();
        }
    }

    ZoneId zoneOrOwn() {
        return zone.orElseGet(ZoneId::systemDefault);
    }
}
