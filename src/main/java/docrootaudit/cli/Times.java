package docrootaudit.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Times as people and scripts write them. */
final class Times {
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx", Locale.ROOT);

    private Times() {}

    /** As people here read it. */
    static String local(Instant time, ZoneId zone) {
        return LOCAL.format(time.atZone(zone));
    }

    /**
     * RFC 3339, or local date and time with a blank or a T between, with or without seconds, or a local date: its end.
     *
     * @param option whose value it is
     * @throws UsageException if it is none of them
     */
    static Instant parse(String option, String text, ZoneId zone) throws UsageException {
        String form = text.trim().replaceFirst("(?<=\\d) (?=\\d)", "T").replaceFirst(" (?=[+-])", "");
        try {
            return OffsetDateTime.parse(form).toInstant();
        } catch (DateTimeParseException e) {
            // not with an offset; perhaps local
        }
        try {
            return LocalDateTime.parse(form).atZone(zone).toInstant();
        } catch (DateTimeParseException e) {
            // not with a time; perhaps a date
        }
        try {
            return LocalDate.parse(form).plusDays(1).atStartOfDay(zone).toInstant();
        } catch (DateTimeParseException e) {
            throw new UsageException(option + " " + Words.show(text)
                    + ": no time; expected one such as 2026-11-25T13:00:00Z, \"2026-11-25 13:00\" or 2026-11-25");
        }
    }
}
