package docrootaudit.server.log;

import docrootaudit.server.log.FormatReader.FormatException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * The form of an Apache error log's lines, as {@code ErrorLogFormat} is given it: fields, each of which is left out as a
 * whole where one of its items has nothing to say ({@code do_errorlog_format()} in server/log.c). So a line is read by
 * trying each field, and to go on without it.
 */
public final class ErrorFormat {
    /** A visitor's words may look like what stands behind them; no line needs many attempts. */
    private static final int MOST_ATTEMPTS = 256;

    /** What an item holds. */
    enum Item {
        /** Text of the format itself. */
        TEXT,
        TIME,
        MESSAGE,
        CLIENT,
        SITE,
        /** {@code (13)Permission denied}. */
        ERROR,
        /** Something else of the server's own, without a blank. */
        WORD,
        /** Something that may be a visitor's. */
        ANY
    }

    /** What the server's own words look like: one that is left out is not to be taken from what follows. */
    private static final Map<Character, Pattern> WORDS = Map.of(
            'a', Pattern.compile("[0-9A-Fa-f]*[.:][0-9A-Za-z.:%]*"),
            'A', Pattern.compile("[0-9A-Fa-f]*[.:][0-9A-Za-z.:%]*"),
            'F', Pattern.compile("[^ ()]+\\([0-9]+\\)"),
            'k', Pattern.compile("[0-9]+"),
            'l', Pattern.compile("[a-z0-9]+"),
            'L', Pattern.compile("[A-Za-z0-9+/@=-]{1,64}"),
            'm', Pattern.compile("[A-Za-z0-9_]+"),
            'P', Pattern.compile("[0-9]+"),
            'T', Pattern.compile("[0-9]+"));

    private static final Pattern ANYTHING = Pattern.compile("(?s).*");
    private static final Pattern STATUS = Pattern.compile("\\([0-9]{1,6}\\).{0,256}");

    /**
     * A part of a field.
     *
     * @param text of the format itself
     * @param looks what an item has to be like
     */
    private record Piece(Item item, String text, Pattern looks) {}

    /** What stands between two separators. */
    private record Field(List<Piece> pieces) {
        Field() {
            this(new ArrayList<>());
        }

        boolean mayBeAbsent() {
            return pieces.stream().anyMatch(p -> p.item() != Item.TEXT)
                    && pieces.stream().noneMatch(p -> p.item() == Item.MESSAGE);
        }
    }

    private final List<Field> fields;

    private ErrorFormat(List<Field> fields) {
        this.fields = fields;
    }

    /** Whether a format is one of error messages rather than of requests: it has {@code %M}. */
    public static boolean isOne(String format) {
        return new Reader(format).hasMessage();
    }

    /**
     * Reads a format.
     *
     * @throws FormatException if it holds no message
     */
    public static ErrorFormat read(String format) throws FormatException {
        Reader reader = new Reader(format);
        if (!reader.hasMessage()) {
            throw new FormatException("it holds no message (%M)");
        }
        return new ErrorFormat(reader.fields);
    }

    /** What a line says; empty if it has not this form, or no message that tells anything. */
    Optional<Values> line(String line, ZoneId zone) {
        Match match = new Match(line, zone);
        return match.field(0, 0) ? Optional.of(match.values()) : Optional.empty();
    }

    /** One line's fields. */
    record Values(OptionalLong second, String client, String site, String error, String message) {}

    /** {@code parse_errorlog_item()} and {@code parse_errorlog_misc_string()} in server/core.c. */
    private static final class Reader {
        private final String format;
        private final List<Field> fields = new ArrayList<>(List.of(new Field()));
        private int at;

        Reader(String format) {
            this.format = format;
            while (at < format.length()) {
                if (format.charAt(at) == '%') {
                    item();
                } else {
                    text();
                }
            }
        }

        boolean hasMessage() {
            return fields.stream().flatMap(f -> f.pieces().stream()).anyMatch(p -> p.item() == Item.MESSAGE);
        }

        private void separate() {
            fields.add(new Field());
        }

        private void add(Item item, String text, Pattern looks) {
            fields.get(fields.size() - 1).pieces().add(new Piece(item, text, looks));
        }

        private void text() {
            if (format.charAt(at) == ' ') {
                separate();
            }
            StringBuilder text = new StringBuilder();
            while (at < format.length()
                    && format.charAt(at) != '%'
                    && (format.charAt(at) != ' ' || text.length() == 0)) {
                char c = format.charAt(at++);
                if (c == '\\' && at < format.length()) {
                    c = format.charAt(at++);
                    c = c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
                }
                text.append(c);
            }
            add(Item.TEXT, text.toString(), ANYTHING);
        }

        private void item() {
            at++;
            if (at < format.length() && format.charAt(at) == ' ') {
                at++;
                separate();
                return;
            }
            String argument = "";
            while (at < format.length()) {
                char c = format.charAt(at++);
                if (c == '{') {
                    int close = format.indexOf('}', at);
                    int end = close < 0 ? format.length() : close;
                    argument = format.substring(at, end);
                    at = Math.min(format.length(), end + 1);
                } else if (c != '+' && c != '-' && (c < '0' || c > '9')) {
                    add(item(c, argument), c == '%' ? "%" : "", c == 'E' ? STATUS : WORDS.getOrDefault(c, ANYTHING));
                    return;
                }
            }
        }

        private static Item item(char letter, String argument) {
            return switch (letter) {
                case '%' -> Item.TEXT;
                case 'M' -> Item.MESSAGE;
                case 't' -> Item.TIME;
                // of the connection it may be a proxy's: whoever stands behind it is the visitor
                case 'a' -> argument.equals("c") ? Item.WORD : Item.CLIENT;
                case 'v', 'V' -> Item.SITE;
                case 'E' -> Item.ERROR;
                case 'e', 'i', 'n' -> Item.ANY;
                default -> Item.WORD;
            };
        }
    }

    /** Where the items of one line are. */
    private final class Match {
        private final String line;
        private final ZoneId zone;
        private int attempts;
        private final Map<Item, String> found = new EnumMap<>(Item.class);

        Match(String line, ZoneId zone) {
            this.line = line;
            this.zone = zone;
        }

        Values values() {
            return new Values(
                    second(get(Item.TIME)),
                    ApacheErrorLog.withoutPort(get(Item.CLIENT)),
                    get(Item.SITE),
                    get(Item.ERROR),
                    get(Item.MESSAGE));
        }

        private String get(Item item) {
            String text = found.getOrDefault(item, "");
            return text.equals("-") ? "" : text;
        }

        private OptionalLong second(String text) {
            OptionalLong local = LogTimes.local(text, zone);
            return local.isPresent() ? local : LogTimes.ctime(text, zone);
        }

        /** Whether the line goes on from here with these fields, or without the first of them. */
        boolean field(int index, int at) {
            if (index == fields.size()) {
                return at == line.length();
            }
            Field field = fields.get(index);
            if (piece(index, 0, at)) {
                return true;
            }
            if (!field.mayBeAbsent()) {
                return false;
            }
            field.pieces().forEach(p -> found.remove(p.item()));
            return field(index + 1, at);
        }

        private boolean piece(int index, int number, int at) {
            List<Piece> pieces = fields.get(index).pieces();
            if (number == pieces.size()) {
                return field(index + 1, at);
            }
            Piece piece = pieces.get(number);
            if (piece.item() == Item.TEXT) {
                return line.startsWith(piece.text(), at)
                        && piece(index, number + 1, at + piece.text().length());
            }
            if (attempts >= MOST_ATTEMPTS) {
                return false;
            }
            int most = most(piece, at);
            String next = next(index, number + 1);
            for (int end = end(next, at, most);
                    end >= 0 && attempts++ < MOST_ATTEMPTS;
                    end = end(next, end + 1, most)) {
                String text = line.substring(at, end);
                if (fits(piece, text)) {
                    String before = found.put(piece.item(), text);
                    if (piece(index, number + 1, end)) {
                        return true;
                    }
                    found.computeIfPresent(piece.item(), (item, now) -> before);
                }
            }
            return false;
        }

        /** How far an item may go. */
        private int most(Piece piece, int at) {
            boolean hasBlanks = piece.item() == Item.MESSAGE
                    || piece.item() == Item.ANY
                    || piece.item() == Item.ERROR
                    || piece.item() == Item.TIME;
            int blank = hasBlanks ? -1 : line.indexOf(' ', at);
            return blank < 0 ? line.length() : blank;
        }

        /** The text behind an item, as far as it is certain: another field may be left out. */
        private String next(int index, int number) {
            List<Piece> pieces = fields.get(index).pieces();
            if (number < pieces.size()) {
                return pieces.get(number).item() == Item.TEXT
                        ? pieces.get(number).text()
                        : "";
            }
            List<Piece> behind =
                    index + 1 < fields.size() ? fields.get(index + 1).pieces() : List.of();
            return behind.isEmpty() || behind.get(0).item() != Item.TEXT
                    ? ""
                    : behind.get(0).text();
        }

        /** The next place where an item may end: before the text behind it, or as far as it may go. */
        private int end(String next, int from, int most) {
            if (from > most) {
                return -1;
            }
            int found = next.isEmpty() ? -1 : line.indexOf(next, from);
            return found < 0 || found > most ? most : found;
        }

        private boolean fits(Piece piece, String text) {
            return switch (piece.item()) {
                case TIME -> second(text).isPresent();
                // all others tell nothing, and one that may be found elsewhere is none
                case MESSAGE -> ApacheErrorLog.saysSomething(text);
                case ANY -> true;
                default ->
                    !text.isEmpty()
                            && (text.equals("-") || piece.looks().matcher(text).matches());
            };
        }
    }
}
