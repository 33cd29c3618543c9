package docrootaudit.server;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time in a header, in one of its three forms; the day of the week is not looked at ({@code apr_date_parse_http()} and
 * {@code ngx_parse_http_time()}).
 */
public final class HttpDate {
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    private static final String TIME = "(?<hour>\\d\\d):(?<minute>\\d\\d):(?<second>\\d\\d)";
    private static final String DAY = "(?<day>[ \\d]\\d)";
    private static final String MONTH = "(?<month>[A-Za-z]{3})";

    private static final List<Pattern> FORMS = List.of(
            Pattern.compile("\\S+ +" + DAY + " " + MONTH + " (?<year>\\d{4}) " + TIME + ".*"),
            Pattern.compile("\\S+ +" + DAY + "-" + MONTH + "-(?<year>\\d\\d) " + TIME + ".*"),
            Pattern.compile("\\S+ " + MONTH + " " + DAY + " " + TIME + " (?<year>\\d{4}).*"));

    private HttpDate() {}

    /** Since the epoch; empty for what is no time. */
    public static Optional<Long> seconds(String text) {
        for (Pattern form : FORMS) {
            Matcher matcher = form.matcher(text.strip());
            if (matcher.matches()) {
                return seconds(matcher);
            }
        }
        return Optional.empty();
    }

    private static Optional<Long> seconds(Matcher matcher) {
        int month = MONTHS.indexOf(matcher.group("month").toLowerCase(Locale.ROOT)) + 1;
        int year = number(matcher, "year");
        try {
            LocalDateTime time = LocalDateTime.of(
                    year >= 100 ? year : year < 70 ? 2000 + year : 1900 + year,
                    month,
                    number(matcher, "day"),
                    number(matcher, "hour"),
                    number(matcher, "minute"),
                    number(matcher, "second"));
            return Optional.of(time.toEpochSecond(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int number(Matcher matcher, String group) {
        return Integer.parseInt(matcher.group(group).strip());
    }
}
