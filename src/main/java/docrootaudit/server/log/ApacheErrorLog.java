package docrootaudit.server.log;

import docrootaudit.access.PathBytes;
import docrootaudit.server.ByteText;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Apache's error log (ErrorLogFormat, docs/manual/mod/core.html). Visitors' words are escaped there, so a line is one
 * message. In the usual format the server's own fields come first, and the message behind them is what it is; in another
 * one only the number of the message is taken, unless the format is known ({@link ErrorFormat}).
 */
final class ApacheErrorLog implements LogParser {
    private static final String REFERER = ", referer: ";
    /** {@code AH00132}. */
    private static final int CODE = 7;

    private final ZoneId zone;
    private final List<ErrorFormat> formats;

    ApacheErrorLog(ZoneId zone, List<ErrorFormat> formats) {
        this.zone = zone;
        this.formats = formats;
    }

    /** The fields before the message. */
    private record Head(OptionalLong second, String address, int message) {}

    @Override
    public void line(String line, Consumer<LogEvent> to) {
        for (ErrorFormat format : formats) {
            Optional<ErrorFormat.Values> values = format.line(line, zone);
            if (values.isPresent()) {
                event(values.get()).ifPresent(to);
                return;
            }
        }
        Optional<Head> head = head(line);
        (head.isPresent() ? event(line, head.get()) : numberedEvent(line)).ifPresent(to);
    }

    /** In a format that is not known nobody can tell where the message ends: only its number is taken. */
    private Optional<LogEvent> numberedEvent(String line) {
        int number = number(line);
        if (number < 0) {
            return Optional.empty();
        }
        String code = line.substring(number, number + CODE);
        return ApacheMessage.of(code, "", line.contains("(13)"))
                .map(m -> new LogEvent.Refused(
                        LogTimes.local(line, zone),
                        LogEvent.Visitor.UNKNOWN,
                        "",
                        Optional.empty(),
                        new LogEvent.What(m.symptom(), code, "", Optional.empty(), OptionalInt.of(m.status())),
                        LogEvent.Certainty.REFUSED));
    }

    /** Where the first number of a message is that is not part of a word; -1 if there is none. */
    static int number(String line) {
        for (int at = line.indexOf("AH"); at >= 0; at = line.indexOf("AH", at + 1)) {
            if ((at == 0 || line.charAt(at - 1) == ' ') && isNumbered(line, at)) {
                return at;
            }
        }
        return -1;
    }

    /** Whether a text may be a message that tells of a refusal. */
    static boolean saysSomething(String text) {
        return isNumbered(text, 0) || text.startsWith("ModSecurity: ");
    }

    /** Whether a line begins as in the usual format: {@code [Thu Nov 26 00:09:12.506512 2026] [core:error] [pid }. */
    static boolean begins(String line) {
        return line.startsWith("[")
                && line.indexOf("] [") > 0
                && LogTimes.ctime(line.substring(1, line.indexOf("] [")), ZoneId.of("UTC"))
                        .isPresent();
    }

    /** {@code [time] [module:level] [pid 1:tid 2] (13)Permission denied: [client 127.0.0.1:4711] message}. */
    private Optional<Head> head(String line) {
        int close = line.indexOf(']');
        if (!line.startsWith("[") || close < 0) {
            return Optional.empty();
        }
        OptionalLong second = LogTimes.ctime(line.substring(1, close), zone);
        if (second.isEmpty()) {
            return Optional.empty();
        }
        String address = "";
        int at = close + 1;
        while (at + 1 < line.length() && line.charAt(at) == ' ') {
            char next = line.charAt(at + 1);
            int end = next == '[' ? line.indexOf(']', at) : next == '(' ? line.indexOf(": ", at) : -1;
            if (end < 0) {
                break;
            }
            if (line.startsWith("[client ", at + 1) && address.isEmpty()) {
                address = withoutPort(line.substring(at + "[client ".length() + 1, end));
            }
            at = end + 1;
        }
        return Optional.of(new Head(second, address, at + 1));
    }

    private static Optional<LogEvent> event(ErrorFormat.Values line) {
        return told(withoutReferrer(line.message()), line.error().startsWith("(13)"))
                .map(told -> new LogEvent.Refused(
                        line.second(),
                        new LogEvent.Visitor(line.client(), Agent.UNKNOWN),
                        line.site(),
                        told.url(),
                        told.what(),
                        LogEvent.Certainty.REFUSED));
    }

    /** Before the first one: a visitor's Referer may hold another, and a query string. */
    private static String withoutReferrer(String message) {
        int end = message.indexOf(REFERER);
        return end < 0 ? message : message.substring(0, end);
    }

    private static Optional<LogEvent> event(String line, Head head) {
        if (head.message() >= line.length()) {
            return Optional.empty();
        }
        String message = withoutReferrer(line.substring(head.message()));
        boolean denied = line.lastIndexOf("(13)", head.message()) >= 0;
        return told(message, denied)
                .map(told -> new LogEvent.Refused(
                        head.second(),
                        new LogEvent.Visitor(head.address(), Agent.UNKNOWN),
                        "",
                        told.url(),
                        told.what(),
                        LogEvent.Certainty.REFUSED));
    }

    /** What a message says, and the URL's path where it names it. */
    record Told(LogEvent.What what, Optional<PathBytes> url) {}

    /**
     * Reads a message.
     *
     * @param denied whether it comes with error number 13
     */
    static Optional<Told> told(String message, boolean denied) {
        Optional<LogEvent.What> firewall = ModSecurityMessage.refusal(message);
        if (firewall.isPresent()) {
            String uri = ModSecurityMessage.tag(message, "uri");
            return Optional.of(new Told(firewall.get(), RequestLine.pathOfTarget(uri)));
        }
        if (!isNumbered(message, 0)) {
            return Optional.empty();
        }
        String code = message.substring(0, CODE);
        String text = message.substring(CODE + 2);
        Optional<ApacheMessage> known = ApacheMessage.of(code, text, denied);
        return known.map(m -> {
            Optional<PathBytes> named = m.name(text).map(RequestLine::unescape).map(ByteText::path);
            Optional<PathBytes> url = m.names() == ApacheMessage.Names.URL
                    ? named.map(ByteText::of).flatMap(RequestLine::pathOfTarget)
                    : Optional.empty();
            Optional<PathBytes> subject = m.names() == ApacheMessage.Names.FILE ? named : Optional.empty();
            return new Told(new LogEvent.What(m.symptom(), code, "", subject, OptionalInt.of(m.status())), url);
        });
    }

    /** {@code AH00132: }. */
    private static boolean isNumbered(String line, int at) {
        if (!line.startsWith("AH", at) || !line.startsWith(": ", at + CODE)) {
            return false;
        }
        for (int i = at + 2; i < at + CODE; i++) {
            if (line.charAt(i) < '0' || line.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** {@code 127.0.0.1:4711} and {@code ::1:4711}: Apache has no brackets around the address. */
    static String withoutPort(String client) {
        int colon = client.lastIndexOf(':');
        return colon < 0 ? client : client.substring(0, colon);
    }
}
