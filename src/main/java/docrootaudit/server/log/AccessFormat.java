package docrootaudit.server.log;

import docrootaudit.access.PathBytes;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The form of an access log's lines: fields, each with the text that stands behind it. It is read from nginx's
 * {@code log_format} or Apache's {@code LogFormat} ({@link FormatReader}).
 *
 * <p>A field ends where the text behind it begins. In quotes that is certain, for both servers escape a visitor's quotes;
 * elsewhere a visitor may write such a text too (a user name of {@code a [b}), and the next place is tried where what
 * follows does not fit, up to a limit.
 */
public final class AccessFormat {
    private static final int MOST_ATTEMPTS = 64;

    /** What a field holds. */
    enum Field {
        CLIENT,
        COMMON_TIME,
        ISO_TIME,
        SECONDS,
        MILLISECONDS,
        REQUEST,
        TARGET,
        STATUS,
        METHOD,
        AGENT,
        REFERRER,
        SITE,
        PORT,
        OTHER
    }

    /**
     * A field and what stands behind it.
     *
     * @param behind empty only where nothing does, or where the field's length is known
     */
    record Part(Field field, String behind) {}

    /** Whether a line may go on behind the last field. */
    enum End {
        CLOSED,
        OPEN
    }

    private final String name;
    private final String before;
    private final List<Part> parts;
    private final End end;

    AccessFormat(String name, String before, List<Part> parts, End end) {
        this.name = name;
        this.before = before;
        this.parts = List.copyOf(parts);
        this.end = end;
    }

    /** How it is called, for people. */
    public String name() {
        return name;
    }

    /** What is needed to tell a refusal and the URL it is about. */
    static Optional<String> problem(List<Part> parts) {
        Set<Field> fields = EnumSet.noneOf(Field.class);
        parts.forEach(p -> fields.add(p.field()));
        if (!fields.contains(Field.STATUS)) {
            return Optional.of("it holds no status ($status, %>s)");
        }
        return fields.contains(Field.REQUEST) || fields.contains(Field.TARGET)
                ? Optional.empty()
                : Optional.of("it holds no URL ($request, %r)");
    }

    /** The formats that the servers bring, most specific first; what people add behind them is left alone. */
    static List<AccessFormat> usual() {
        return List.of(
                FormatReader.usual(
                        "vhost_combined", "%v:%p %h %l %u %t \"%r\" %>s %O \"%{Referer}i\" \"%{User-Agent}i\""),
                FormatReader.usual("combined", "%h %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-Agent}i\""),
                FormatReader.usual("common", "%h %l %u %t \"%r\" %>s %b"));
    }

    /** What a line says; empty if it has not this form. */
    Optional<Values> read(String line) {
        if (!line.startsWith(before)) {
            return Optional.empty();
        }
        Match match = new Match(line);
        return match.from(0, before.length()) ? Optional.of(new Values(match)) : Optional.empty();
    }

    /** A status from 100 to 599 at a place. */
    static OptionalInt status(String text, int at) {
        if (at + 3 > text.length()) {
            return OptionalInt.empty();
        }
        int value = 0;
        for (int i = at; i < at + 3; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return OptionalInt.empty();
            }
            value = value * 10 + (c - '0');
        }
        return value >= 100 && value < 600 ? OptionalInt.of(value) : OptionalInt.empty();
    }

    /** One line's fields. */
    final class Values {
        private final Match match;

        private Values(Match match) {
            this.match = match;
        }

        int status() {
            return AccessFormat.status(text(Field.STATUS).orElseThrow(), 0).orElseThrow();
        }

        String client() {
            return text(Field.CLIENT).orElse("");
        }

        String site() {
            return word(Field.SITE);
        }

        Agent agent() {
            return text(Field.AGENT).map(RequestLine::unescape).map(Agent::of).orElse(Agent.UNKNOWN);
        }

        Optional<Witness> witness() {
            Optional<String> line = text(Field.REQUEST).map(RequestLine::unescape);
            Optional<String> target = line.flatMap(RequestLine::target)
                    .or(() -> text(Field.TARGET).map(RequestLine::unescape));
            Optional<String> method =
                    line.map(l -> l.substring(0, Math.max(0, l.indexOf(' ')))).or(() -> text(Field.METHOD));
            String port = text(Field.PORT).orElse("");
            return target.flatMap(t -> Witness.of(
                    method.orElse("GET"),
                    t,
                    client(),
                    word(Field.AGENT),
                    word(Field.REFERRER),
                    port.isEmpty() || port.length() > 5
                            ? OptionalInt.empty()
                            : OptionalInt.of(Integer.parseInt(port))));
        }

        private String word(Field field) {
            return text(field)
                    .map(RequestLine::unescape)
                    .filter(s -> !s.equals("-"))
                    .orElse("");
        }

        Optional<PathBytes> url() {
            return text(Field.REQUEST)
                    .map(RequestLine::unescape)
                    .flatMap(RequestLine::path)
                    .or(() -> text(Field.TARGET).map(RequestLine::unescape).flatMap(RequestLine::pathOfTarget));
        }

        OptionalLong second() {
            Optional<String> common = text(Field.COMMON_TIME);
            if (common.isPresent()) {
                return LogTimes.common(common.get());
            }
            Optional<String> iso = text(Field.ISO_TIME);
            if (iso.isPresent()) {
                return LogTimes.iso(iso.get());
            }
            Optional<String> millis = text(Field.MILLISECONDS);
            OptionalLong seconds =
                    millis.or(() -> text(Field.SECONDS)).map(LogTimes::seconds).orElse(OptionalLong.empty());
            return millis.isPresent() && seconds.isPresent() ? OptionalLong.of(seconds.getAsLong() / 1000) : seconds;
        }

        private Optional<String> text(Field field) {
            for (int i = 0; i < parts.size(); i++) {
                if (parts.get(i).field() == field) {
                    return Optional.of(match.line.substring(match.starts[i], match.ends[i]));
                }
            }
            return Optional.empty();
        }
    }

    /** Where the fields of one line are. */
    private final class Match {
        private final String line;
        private final int[] starts = new int[parts.size()];
        private final int[] ends = new int[parts.size()];
        private int attempts;

        Match(String line) {
            this.line = line;
        }

        /** Whether the line goes on with these parts from here. */
        boolean from(int part, int at) {
            if (part == parts.size()) {
                return at == line.length() || (end == End.OPEN && line.charAt(at) == ' ');
            }
            Field field = parts.get(part).field();
            String behind = parts.get(part).behind();
            starts[part] = at;
            boolean inQuotes = behind.startsWith("\"");
            int stop = first(field, behind, at);
            while (stop >= 0 && attempts++ < MOST_ATTEMPTS) {
                ends[part] = stop;
                if (fits(field, at, stop) && from(part + 1, stop + behind.length())) {
                    return true;
                }
                stop = inQuotes || behind.isEmpty() ? -1 : line.indexOf(behind, stop + 1);
            }
            return false;
        }

        /** The first place where the field may end. */
        private int first(Field field, String behind, int at) {
            if (field == Field.STATUS) {
                return line.startsWith(behind, at + 3) ? at + 3 : -1;
            } else if (behind.isEmpty()) {
                return line.length();
            }
            int stop = line.indexOf(behind, at);
            while (stop >= 0 && behind.charAt(0) == '"' && isEscaped(stop, at)) {
                stop = line.indexOf(behind, stop + 1);
            }
            return stop;
        }

        private boolean isEscaped(int quote, int start) {
            int i = quote;
            while (i > start && line.charAt(i - 1) == '\\') {
                i--;
            }
            return (quote - i) % 2 == 1;
        }

        private boolean fits(Field field, int start, int stop) {
            return switch (field) {
                case STATUS -> status(line, start).isPresent();
                case COMMON_TIME -> LogTimes.common(line.substring(start, stop)).isPresent();
                case CLIENT -> stop > start && line.charAt(start) != '-' && indexOfBlank(start, stop) < 0;
                case PORT -> stop > start && line.substring(start, stop).chars().allMatch(c -> c >= '0' && c <= '9');
                case SITE -> indexOfBlank(start, stop) < 0;
                default -> true;
            };
        }

        private int indexOfBlank(int start, int stop) {
            int blank = line.indexOf(' ', start);
            return blank < stop ? blank : -1;
        }
    }
}
