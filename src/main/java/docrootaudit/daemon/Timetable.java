package docrootaudit.daemon;

import docrootaudit.access.PathBytes;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.impl.matchers.GroupMatcher;

/**
 * The clockwork: tells when a root is due, and beats so that one can see that it goes. It only tells; the scans run
 * elsewhere, so that a long one does not hold it up.
 */
final class Timetable implements AutoCloseable {
    private static final String ROOTS = "roots";
    private static final String ROOT = "root";
    private static final Duration BEAT = Duration.ofSeconds(5);

    /** A time missed by more than this is made up for once, rather than as often as it was missed. */
    private static final Duration MISFIRE = Duration.ofSeconds(1);

    private final Scheduler scheduler;

    /**
     * @param due told the root of each scan that is due
     * @param beat called every few seconds
     */
    Timetable(Consumer<PathBytes> due, Runnable beat) {
        Properties properties = new Properties();
        properties.setProperty("org.quartz.scheduler.instanceName", "timetable");
        properties.setProperty("org.quartz.scheduler.makeSchedulerThreadDaemon", "true");
        properties.setProperty("org.quartz.threadPool.threadCount", "1");
        properties.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
        properties.setProperty("org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");
        properties.setProperty("org.quartz.jobStore.misfireThreshold", Long.toString(MISFIRE.toMillis()));
        try {
            scheduler = new StdSchedulerFactory(properties).getScheduler();
            scheduler.setJobFactory((bundle, s) -> context -> {
                Object root = context.getMergedJobDataMap().get(ROOT);
                if (root instanceof PathBytes path) {
                    due.accept(path);
                } else {
                    beat.run();
                }
            });
            JobDetail beating =
                    JobBuilder.newJob(Job.class).withIdentity("beat").build();
            scheduler.scheduleJob(
                    beating,
                    TriggerBuilder.newTrigger()
                            .withSchedule(SimpleScheduleBuilder.simpleSchedule()
                                    .withIntervalInMilliseconds(BEAT.toMillis())
                                    .repeatForever()
                                    .withMisfireHandlingInstructionNowWithExistingCount())
                            .build());
            scheduler.start();
        } catch (SchedulerException e) {
            throw new IllegalStateException("the scheduler does not start", e);
        }
    }

    /**
     * Replaces the whole plan.
     *
     * @param roots what is scanned, and when
     * @param last the start of the last scan of a root, if there was one
     */
    void plan(Map<PathBytes, ScheduleSettings> roots, Function<PathBytes, Optional<Instant>> last, Instant now) {
        try {
            scheduler.deleteJobs(java.util.List.copyOf(scheduler.getJobKeys(GroupMatcher.jobGroupEquals(ROOTS))));
            for (Map.Entry<PathBytes, ScheduleSettings> root : roots.entrySet()) {
                JobDetail job = JobBuilder.newJob(Job.class)
                        .withIdentity(key(root.getKey()))
                        .build();
                job.getJobDataMap().put(ROOT, root.getKey());
                scheduler.scheduleJob(job, triggers(root.getValue(), last.apply(root.getKey()), now), true);
            }
        } catch (SchedulerException e) {
            throw new IllegalStateException("the scans cannot be planned", e);
        }
    }

    /** When a root is due next, as planned. */
    Optional<Instant> next(PathBytes root) {
        try {
            return scheduler.getTriggersOfJob(key(root)).stream()
                    .map(Trigger::getNextFireTime)
                    .filter(time -> time != null)
                    .map(Date::toInstant)
                    .min(Instant::compareTo);
        } catch (SchedulerException e) {
            return Optional.empty();
        }
    }

    static Set<Trigger> triggers(ScheduleSettings settings, Optional<Instant> last, Instant now) {
        Set<Trigger> triggers = new HashSet<>();
        Instant first = new Schedule(settings).next(last, now);
        settings.every()
                .ifPresent(every -> triggers.add(TriggerBuilder.newTrigger()
                        .startAt(Date.from(first))
                        .withSchedule(SimpleScheduleBuilder.simpleSchedule()
                                .withIntervalInMilliseconds(every.toMillis())
                                .repeatForever()
                                .withMisfireHandlingInstructionNowWithExistingCount())
                        .build()));
        settings.cron().ifPresent(cron -> triggers.add(new CrontabTrigger(cron, settings.zoneOrOwn(), now)));
        if (settings.every().isEmpty() && !first.isAfter(now)) {
            triggers.add(TriggerBuilder.newTrigger().startAt(Date.from(now)).build());
        }
        return triggers;
    }

    private static JobKey key(PathBytes root) {
        return JobKey.jobKey(HexFormat.of().formatHex(root.bytes()), ROOTS);
    }

    /** Tells nothing any more. */
    @Override
    public void close() {
        try {
            scheduler.shutdown(false);
        } catch (SchedulerException e) {
            throw new IllegalStateException("the scheduler does not stop", e);
        }
    }
}
