package docrootaudit.daemon;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import org.quartz.TriggerKey;
import org.quartz.impl.triggers.CronTriggerImpl;

/** Fires at the times that {@link Cron} knows; of those that were missed, once. */
final class CrontabTrigger extends CronTriggerImpl {
    private final Cron cron;
    private final ZoneId zone;

    CrontabTrigger(Cron cron, ZoneId zone, Instant start) {
        this.cron = cron;
        this.zone = zone;
        setKey(new TriggerKey(TriggerKey.createUniqueName(null)));
        setStartTime(Date.from(start));
        setMisfireInstruction(MISFIRE_INSTRUCTION_FIRE_ONCE_NOW);
    }

    @Override
    protected Date getTimeAfter(Date time) {
        return cron.after(time.toInstant(), zone).map(Date::from).orElse(null);
    }
}
