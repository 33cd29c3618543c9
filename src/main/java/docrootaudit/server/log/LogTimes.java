package docrootaudit.server.log;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalLong;

/** The times of logs, as seconds since 1970. What is no time is empty, whatever it holds. */
final class LogTimes {
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    /** {@code 26/Nov/2026:00:06:32 +0000}. */
    static final int COMMON_LENGTH = 26;
    /** {@code 2026/11/26 00:06:32}. */
    static final int SLASHES_LENGTH = 19;
    /** {@code 26/Nov/2026:00:06:32}, behind which ModSecurity has a fraction. */
    private static final int COMMON_SECONDS = 20;

    /** Of milliseconds for the next thousands of years. */
    private static final int MOST_DIGITS = 14;

    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSS][XXX][XX]", Locale.ROOT);

    private LogTimes() {}

    /** {@code 26/Nov/2026:00:06:32 +0000}, also with a fraction behind the seconds. */
    static OptionalLong common(String text) {
        if (text.length() < COMMON_LENGTH || text.charAt(2) != '/' || text.charAt(6) != '/') {
            return OptionalLong.empty();
        }
        int blank = text.indexOf(' ', COMMON_SECONDS);
        if (blank < 0 || text.length() != blank + 6) {
            return OptionalLong.empty();
        }
        OptionalLong local = utc(
                number(text, 7, 4),
                month(text, 3),
                number(text, 0, 2),
                number(text, 12, 2),
                number(text, 15, 2),
                number(text, 18, 2));
        char sign = text.charAt(blank + 1);
        int hours = number(text, blank + 2, 2);
        int minutes = number(text, blank + 4, 2);
        if (local.isEmpty() || hours < 0 || minutes < 0 || (sign != '+' && sign != '-')) {
            return OptionalLong.empty();
        }
        long offset = hours * 3600L + minutes * 60L;
        return OptionalLong.of(local.getAsLong() - (sign == '+' ? offset : -offset));
    }

    /** The local time {@code 2026/11/26 00:06:32}, also with dashes and a fraction, at the start of a text. */
    static OptionalLong local(String text, ZoneId zone) {
        if (text.length() < SLASHES_LENGTH || text.charAt(13) != ':') {
            return OptionalLong.empty();
        }
        return inZone(
                utc(
                        number(text, 0, 4),
                        number(text, 5, 2),
                        number(text, 8, 2),
                        number(text, 11, 2),
                        number(text, 14, 2),
                        number(text, 17, 2)),
                zone);
    }

    /** The local time {@code Thu Nov 26 00:06:32.123456 2026}, with or without the fraction. */
    static OptionalLong ctime(String text, ZoneId zone) {
        int year = text.lastIndexOf(' ') + 1;
        if (text.length() < 24 || text.length() - year != 4 || text.charAt(13) != ':' || text.charAt(3) != ' ') {
            return OptionalLong.empty();
        }
        int day = text.charAt(8) == ' ' ? number(text, 9, 1) : number(text, 8, 2);
        return inZone(
                utc(
                        number(text, year, 4),
                        month(text, 4),
                        day,
                        number(text, 11, 2),
                        number(text, 14, 2),
                        number(text, 17, 2)),
                zone);
    }

    /** {@code 2026-11-26T00:06:32+00:00}, also without the last colon. */
    static OptionalLong iso(String text) {
        try {
            return OptionalLong.of(OffsetDateTime.parse(text, ISO).toEpochSecond());
        } catch (DateTimeException e) {
            return OptionalLong.empty();
        }
    }

    /** {@code 1795651752} or {@code 1795651752.123}. */
    static OptionalLong seconds(String text) {
        int dot = text.indexOf('.');
        int digits = dot < 0 ? text.length() : dot;
        if (digits == 0 || digits > MOST_DIGITS) {
            return OptionalLong.empty();
        }
        long value = 0;
        for (int i = 0; i < digits; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return OptionalLong.empty();
            }
            value = value * 10 + (c - '0');
        }
        return OptionalLong.of(value);
    }

    private static OptionalLong utc(int year, int month, int day, int hour, int minute, int second) {
        try {
            return OptionalLong.of(LocalDateTime.of(year, month, day, hour, minute, Math.min(second, 59))
                    .toEpochSecond(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong inZone(OptionalLong local, ZoneId zone) {
        return local.isEmpty()
                ? local
                : OptionalLong.of(LocalDateTime.ofEpochSecond(local.getAsLong(), 0, ZoneOffset.UTC)
                        .atZone(zone)
                        .toEpochSecond());
    }

    private static int month(String text, int at) {
        int found = MONTHS.indexOf(text.substring(at, at + 3));
        return found < 0 || found % 3 != 0 ? -1 : found / 3 + 1;
    }

    /** So many digits; -1 if they are none. */
    private static int number(String text, int at, int digits) {
        int value = 0;
        for (int i = at; i < at + digits; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }
}
