package docrootaudit.daemon;

import java.text.ParseException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quartz.CronExpression;

/**
 * Times as crontab(5) writes them: minute, hour, day of month, month, day of week; with seconds in front where there are
 * six fields. Days of the week count from Sunday, which is 0 and 7, whatever Quartz counts from. Where a zone's clocks are
 * set, it is as in cron(8): what is meant for certain hours happens once, at once if its hour is left out; what is meant
 * for every hour happens in every one that passes. Quartz would leave out a night's only time, and an hour of all.
 *
 * @param text as written
 */
public record Cron(String text) {
    private static final Map<String, String> SHORT = Map.of(
            "@hourly", "0 * * * *",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@weekly", "0 0 * * 0",
            "@monthly", "0 0 1 * *");
    private static final Pattern NUMBERS = Pattern.compile("[0-9*,/-]+");
    private static final Pattern MONTHS =
            Pattern.compile("(?i)(?:[0-9*,/-]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)+");
    private static final Pattern DAYS = Pattern.compile("(?i)(?:[0-9*,/-]|sun|mon|tue|wed|thu|fri|sat)+");
    private static final Pattern DAY = Pattern.compile("(?<![/0-9])[0-9]+");

    /** @throws IllegalArgumentException with the reason, if it cannot be understood */
    public Cron {
        if (local(expression(text), LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC))
                .isEmpty()) {
            throw new IllegalArgumentException("that day never comes");
        }
    }

    /** The first time after another; empty if there is none any more. */
    Optional<Instant> after(Instant time, ZoneId zone) {
        CronExpression times = expression(text);
        ZoneRules rules = zone.getRules();
        boolean hourly = fields(text).get(2).startsWith("*");
        Instant from = time;
        LocalDateTime after = LocalDateTime.ofInstant(from, zone);
        ZoneOffsetTransition set = rules.getTransition(after);
        if (!hourly && set != null && set.isOverlap() && !from.isBefore(set.getInstant())) {
            after = lastBefore(set.getDateTimeBefore());
        }
        while (true) {
            Optional<LocalDateTime> next = local(times, after);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            Instant then = next.get().toInstant(rules.getOffset(from));
            set = rules.nextTransition(from);
            if (set == null || then.isBefore(set.getInstant())) {
                return Optional.of(then);
            }
            if (!hourly && next.get().isBefore(set.getDateTimeAfter())) {
                return Optional.of(set.getInstant());
            }
            from = set.getInstant();
            after = lastBefore(hourly || set.isGap() ? set.getDateTimeAfter() : set.getDateTimeBefore());
        }
    }

    private static LocalDateTime lastBefore(LocalDateTime time) {
        return time.minusSeconds(1);
    }

    /** The first time after another on a clock that nobody sets. */
    private static Optional<LocalDateTime> local(CronExpression times, LocalDateTime time) {
        return Optional.ofNullable(times.getNextValidTimeAfter(Date.from(time.toInstant(ZoneOffset.UTC))))
                .map(next -> LocalDateTime.ofInstant(next.toInstant(), ZoneOffset.UTC));
    }

    /** With seconds in front. */
    private static List<String> fields(String text) {
        List<String> fields =
                new ArrayList<>(List.of(SHORT.getOrDefault(text, text).strip().split("\\s+")));
        if (fields.size() == 5) {
            fields.add(0, "0");
        }
        return fields;
    }

    private static CronExpression expression(String text) {
        List<String> fields = fields(text);
        if (fields.size() != 6) {
            throw new IllegalArgumentException("it has " + fields.size() + " fields");
        }
        for (int i = 0; i < fields.size(); i++) {
            Pattern form = i == 4 ? MONTHS : i == 5 ? DAYS : NUMBERS;
            if (!form.matcher(fields.get(i)).matches()) {
                throw new IllegalArgumentException(
                        "its field " + (i + 1) + " of 6, seconds in front, has no such form");
            }
        }
        boolean everyDate = fields.get(3).equals("*");
        boolean everyWeekday = fields.get(5).equals("*");
        if (!everyDate && !everyWeekday) {
            throw new IllegalArgumentException("it names days both of the month and of the week");
        }
        fields.set(5, everyWeekday ? "?" : weekdays(fields.get(5)));
        if (!everyWeekday) {
            fields.set(3, "?");
        }
        try {
            CronExpression expression = new CronExpression(String.join(" ", fields));
            expression.setTimeZone(TimeZone.getTimeZone(ZoneOffset.UTC));
            return expression;
        } catch (ParseException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static String weekdays(String field) {
        List<String> days = new ArrayList<>();
        for (String part : field.toUpperCase(Locale.ROOT).split(",", -1)) {
            // 5-7 goes on over the end of the week as Quartz counts it
            Matcher number = DAY.matcher(part);
            days.add(number.replaceAll(day -> quartzDay(day.group())));
        }
        return String.join(",", days);
    }

    private static String quartzDay(String day) {
        int number = day.length() > 1 ? 9 : Integer.parseInt(day);
        if (number > 7) {
            throw new IllegalArgumentException("there is no day " + day + " of the week");
        }
        return Integer.toString(number % 7 + 1);
    }
}
