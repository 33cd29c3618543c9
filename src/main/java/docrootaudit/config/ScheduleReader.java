package docrootaudit.config;

import static docrootaudit.config.Problems.quote;

import docrootaudit.daemon.Cron;
import docrootaudit.daemon.ScheduleSettings;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import org.tomlj.Toml;

/** Reads when scans run: keys that {@code [defaults]} and each {@code [[root]]} share. */
final class ScheduleReader {
    private static final Duration YEAR = Duration.ofDays(366);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private ScheduleReader() {}

    /** The keys that are read. */
    static Set<String> keys() {
        Section nothing = new Section(Toml.parse(""), 1, new Problems(""));
        read(nothing, ScheduleSettings.DEFAULT);
        return nothing.asked();
    }

    /** A table that names an interval or set times has those alone, and inherits neither. */
    static ScheduleSettings read(Section section, ScheduleSettings inherited) {
        Optional<Duration> every = section.duration("every", SECOND, YEAR);
        Optional<Cron> cron = section.text("cron").flatMap(text -> cron(section, text));
        boolean own = every.isPresent() || cron.isPresent();
        return new ScheduleSettings(
                own ? every : inherited.every(),
                own ? cron : inherited.cron(),
                section.text("time-zone").flatMap(text -> zone(section, text)).or(inherited::zone),
                section.duration("jitter", Duration.ZERO, WEEK).orElse(inherited.jitter()),
                section.duration("deadline", SECOND, WEEK).orElse(inherited.deadline()));
    }

    private static Optional<Cron> cron(Section section, String text) {
        try {
            return Optional.of(new Cron(text));
        } catch (IllegalArgumentException e) {
            section.problem(
                    "cron",
                    "\"cron\" is " + quote(text) + ": " + Problems.visible(String.valueOf(e.getMessage()))
                            + "; expected times as crontab(5) has them, such as \"30 3 * * *\" or \"0 4 * * mon-fri\"");
            return Optional.empty();
        }
    }

    private static Optional<ZoneId> zone(Section section, String text) {
        try {
            return Optional.of(ZoneId.of(text));
        } catch (DateTimeException e) {
            section.problem(
                    "time-zone",
                    "\"time-zone\" is " + quote(text)
                            + ": no such zone; expected one such as \"Europe/Berlin\" or \"UTC\"");
            return Optional.empty();
        }
    }
}
