package docrootaudit.audit;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people write them: {@code 10 s}, {@code 30min}, {@code 2h}, {@code 400 days}. */
public final class Durations {
    public static final String EXAMPLES = "such as \"10 s\", \"30 min\", \"2 h\" or \"400 days\"";
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9}) ?([a-z]+)");

    private Durations() {}

    public static Optional<Duration> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(form.group(1));
        return unit(form.group(2)).map(unit -> unit.multipliedBy(count));
    }

    /** In the largest unit that needs no fraction. */
    public static String format(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds % 86_400 == 0) {
            return String.format(Locale.ROOT, seconds == 86_400 ? "%d day" : "%d days", seconds / 86_400);
        }
        if (seconds % 3_600 == 0) {
            return String.format(Locale.ROOT, "%d h", seconds / 3_600);
        }
        return String.format(Locale.ROOT, "%d s", seconds);
    }

    private static Optional<Duration> unit(String word) {
        return switch (word) {
            case "s", "sec", "second", "seconds" -> Optional.of(Duration.ofSeconds(1));
            case "min", "minute", "minutes" -> Optional.of(Duration.ofMinutes(1));
            case "h", "hour", "hours" -> Optional.of(Duration.ofHours(1));
            case "d", "day", "days" -> Optional.of(Duration.ofDays(1));
            case "w", "week", "weeks" -> Optional.of(Duration.ofDays(7));
            default -> Optional.empty();
        };
    }
}
