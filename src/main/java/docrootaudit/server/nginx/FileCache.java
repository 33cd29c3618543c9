package docrootaudit.server.nginx;

import docrootaudit.server.Memory;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What nginx remembers of files ({@code ngx_open_file_cache.c}): with {@code open_file_cache_errors} also that one could
 * not be opened, and then it does not try again for {@code open_file_cache_valid}.
 */
final class FileCache {
    private static final Duration VALID = Duration.ofSeconds(60);
    /** A time as {@code ngx_parse_time()} reads it, in seconds where no unit is given. */
    private static final Pattern PART = Pattern.compile("([0-9]{1,9})(ms|[yMwdhms]?) *");

    private FileCache() {}

    /** What holds in a block; empty if refusals are not remembered there. */
    static Optional<Memory> of(Settings settings) {
        boolean isOn = settings.find("open_file_cache")
                .filter(d -> !d.word(0).equals("off"))
                .isPresent();
        return settings.find("open_file_cache_errors")
                .filter(d -> isOn && d.word(0).equals("on"))
                .map(d -> new Memory(
                        d.source(),
                        d.text(),
                        settings.find("open_file_cache_valid")
                                .flatMap(v -> time(v.word(0)))
                                .orElse(VALID)));
    }

    private static Optional<Duration> time(String text) {
        Matcher part = PART.matcher(text);
        long seconds = 0;
        int at = 0;
        while (part.find() && part.start() == at && part.end() > at) {
            long number = Long.parseLong(part.group(1));
            seconds += switch (part.group(2)) {
                case "ms" -> number / 1000;
                case "m" -> number * 60;
                case "h" -> number * 3600;
                case "d" -> number * 86_400;
                case "w" -> number * 7 * 86_400;
                case "M" -> number * 30 * 86_400;
                case "y" -> number * 365 * 86_400;
                default -> number;
            };
            at = part.end();
        }
        return at == text.length() && at > 0 ? Optional.of(Duration.ofSeconds(seconds)) : Optional.empty();
    }
}
