package docrootaudit.daemon;

import java.time.Instant;
import java.util.Optional;

/**
 * When a root's next scan is due, by when its last one was. What fell due meanwhile, while the service was stopped, the
 * machine suspended or the clock wrong, is made up for by one scan.
 */
record Schedule(ScheduleSettings settings) {
    /**
     * The time of the next scan, not before now.
     *
     * @param last start of the last scan; one in the future was made by a clock that is wrong now or was then
     */
    Instant next(Optional<Instant> last, Instant now) {
        if (last.isEmpty()) {
            return now;
        }
        Instant from = last.get().isAfter(now) ? now : last.get();
        Instant next = interval(from).orElse(Instant.MAX);
        Instant set = settings.cron()
                .flatMap(c -> c.after(from, settings.zoneOrOwn()))
                .orElse(Instant.MAX);
        Instant first = set.isBefore(next) ? set : next;
        return first.isBefore(now) ? now : first;
    }

    /** The time of the next scan at intervals; empty if there are none. */
    Optional<Instant> interval(Instant last) {
        return settings.every().map(last::plus);
    }
}
