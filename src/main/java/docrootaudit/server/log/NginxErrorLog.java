package docrootaudit.server.log;

import docrootaudit.access.PathBytes;
import docrootaudit.server.ByteText;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * nginx's error log.
 *
 * <p>nginx writes names as they are (ngx_log_error_core in src/core/ngx_log.c): a URL with {@code %0a} in it breaks a
 * line in two or three, of which one may look like any other. It can do so within one message only, which has at most
 * 2048 bytes (NGX_MAX_ERROR_STR), and shows in its last part: there the request stands as it was sent, or the message was
 * cut at 2048 bytes before the request's end. So what a line tells waits until the next 2048 bytes show neither, or of how
 * many lines its message was.
 *
 * <p>One thing cannot be known: a name that is as long as a message, and has a whole message as its last line, cut behind
 * its last quote, is byte for byte what nginx writes of so many requests.
 */
final class NginxErrorLog implements LogParser {
    private static final int LONGEST = 2048;
    private static final String CLIENT = ", client: ";
    private static final String REQUEST = ", request: \"";

    private static final Pattern PAGE = Pattern.compile("\\.(html?|php|txt|json|xml)$");

    private final ZoneId zone;
    private final ArrayDeque<Recent> recent = new ArrayDeque<>();
    private long offset;
    private long distrusted;
    private String before = "";

    NginxErrorLog(ZoneId zone) {
        this.zone = zone;
    }

    /** A line that ended less than a message ago. */
    private record Recent(long start, String line, Optional<LogEvent> event) {}

    /** Whether a line begins as nginx's do: {@code 2026/11/26 00:06:32 [error] 18196#18196: }. */
    static boolean begins(String line) {
        return line.length() > LogTimes.SLASHES_LENGTH + 2
                && line.charAt(4) == '/'
                && line.charAt(7) == '/'
                && line.startsWith(" [", LogTimes.SLASHES_LENGTH)
                && levelEnd(line) > 0
                && line.indexOf('#', levelEnd(line)) > 0;
    }

    /** Where the level in brackets ends; -1 if it does not. */
    private static int levelEnd(String line) {
        return line.indexOf("] ", LogTimes.SLASHES_LENGTH);
    }

    @Override
    public void line(String line, Consumer<LogEvent> to) {
        long start = offset;
        offset += line.length() + 1L;
        while (!recent.isEmpty() && offset - recent.peekFirst().start() > LONGEST) {
            recent.pollFirst().event().ifPresent(to);
        }
        boolean isBreaking = isBreaking(line);
        int others = Math.max(isBreaking ? othersOfBroken(line) : 0, othersOfCut(line));
        boolean isDoubtful = isBreaking || others > 0;
        if (isDoubtful) {
            distrust(others);
        }
        recent.addLast(new Recent(start, line, isDoubtful || !begins(line) ? Optional.empty() : event(line)));
    }

    /**
     * Whether the request with which a message ends breaks lines. A name and a referrer may have the looks of a request,
     * so any in the line counts; what stands behind a question mark is part of no name.
     */
    private static boolean isBreaking(String line) {
        int end = 0;
        for (int at = line.indexOf(REQUEST); at >= 0; at = line.indexOf(REQUEST, end)) {
            String path = RequestLine.withoutQuery(line.substring(at));
            end = at + path.length();
            if (RequestLine.decoded(path).indexOf('\n') >= 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * How many recent lines are of the message that ends with this one, whose request breaks lines: as many as its path
     * has line feeds, if the first of them ends as the path does before its first one; else any may be.
     */
    private int othersOfBroken(String line) {
        int request = line.indexOf(REQUEST);
        boolean isOnly = line.indexOf(REQUEST, request + 1) < 0 && line.indexOf(" HTTP/", request) > 0;
        String path = (isOnly ? request(line, request) : Optional.<String>empty())
                .flatMap(RequestLine::target)
                .flatMap(RequestLine::wholePath)
                .map(RequestLine::decoded)
                .orElse("");
        int breaks = (int) path.chars().filter(c -> c == '\n').count();
        if (breaks == 0 || breaks > recent.size()) {
            return recent.size();
        }
        String first = List.copyOf(recent).get(recent.size() - breaks).line();
        String start = path.substring(0, path.indexOf('\n'));
        return begins(first) && first.endsWith(start.substring(start.lastIndexOf('/') + 1)) ? breaks : recent.size();
    }

    /** How many recent lines are of the message that may have been cut at the end of this one. */
    private int othersOfCut(String line) {
        if (isWhole(line)) {
            return 0;
        }
        int others = recent.size();
        for (Recent first : recent) {
            if (offset - first.start() == LONGEST && mayGoOn(first.line())) {
                return others;
            }
            others--;
        }
        return 0;
    }

    /** Counts neither a line nor so many before it. They stay, for they may be of a longer message yet. */
    private void distrust(int others) {
        distrusted++;
        ArrayDeque<Recent> doubtful = new ArrayDeque<>();
        for (int left = others; left > 0; left--) {
            doubtful.push(recent.removeLast());
        }
        for (Recent line : doubtful) {
            distrusted += line.event().isPresent() ? 1 : 0;
            recent.addLast(new Recent(line.start(), line.line(), Optional.empty()));
        }
    }

    @Override
    public void end(Consumer<LogEvent> to) {
        for (Iterator<Recent> all = recent.iterator(); all.hasNext(); all.remove()) {
            all.next().event().ifPresent(to);
        }
    }

    @Override
    public long distrusted() {
        return distrusted;
    }

    /** Whether a line has the looks of a message about a request from its beginning to its end, which is a quote. */
    private static boolean isWhole(String line) {
        int request = line.lastIndexOf(REQUEST);
        return begins(line)
                && request > line.lastIndexOf(CLIENT)
                && line.indexOf(CLIENT) >= 0
                && line.indexOf(" HTTP/", request) > 0
                && line.endsWith("\"");
    }

    /** Whether a line may be the beginning of a message of several: one with a name, which nginx puts in quotes. */
    private static boolean mayGoOn(String line) {
        int quote = line.indexOf('"');
        int client = line.indexOf(CLIENT);
        return begins(line) && quote >= 0 && (client < 0 || quote < client);
    }

    private Optional<LogEvent> event(String line) {
        int message = line.indexOf(": *", levelEnd(line));
        int client = line.indexOf(CLIENT);
        if (message < 0 || client < message) {
            return Optional.empty();
        }
        int connection = line.indexOf(' ', message + 3);
        if (connection < 0 || connection > client) {
            return Optional.empty();
        }
        Optional<NginxMessage> said = NginxMessage.of(line.substring(connection + 1, client));
        if (said.isEmpty()) {
            return Optional.empty();
        }
        if (line.indexOf(CLIENT, client + 1) >= 0) {
            distrusted++; // one of the two is a visitor's
            return Optional.empty();
        }
        Optional<String> request = request(line, client);
        Optional<PathBytes> url = request.flatMap(RequestLine::path);
        if (isPlainAbsence(said.get(), url)
                || isRepeated(line, connection, request.orElse(""), said.get().what())) {
            return Optional.empty();
        }
        return Optional.of(new LogEvent.Refused(
                LogTimes.local(line, zone),
                new LogEvent.Visitor(word(line, client + CLIENT.length()), Agent.UNKNOWN),
                site(line, client),
                url,
                said.get().what(),
                said.get().certainty()));
    }

    /** For one request try_files asks for a file and for a directory of its name, and may be refused both. */
    private boolean isRepeated(String line, int connection, String request, LogEvent.What what) {
        String now = line.substring(0, LogTimes.SLASHES_LENGTH)
                + line.substring(levelEnd(line), connection)
                + request
                + what.symptom()
                + what.subject().map(PathBytes::withoutDots);
        boolean same = now.equals(before);
        before = now;
        return same;
    }

    /** A file of the URL's own name that is not there is a plain 404, a page that is not there an error page. */
    private static boolean isPlainAbsence(NginxMessage message, Optional<PathBytes> url) {
        if (message.certainty() == LogEvent.Certainty.REFUSED) {
            return false;
        } else if (url.isEmpty() || message.what().subject().isEmpty()) {
            return true;
        }
        List<PathBytes> asked =
                ByteText.path(RequestLine.decoded(ByteText.of(url.get()))).names();
        List<PathBytes> named = message.what().subject().get().names();
        PathBytes name = named.isEmpty() ? PathBytes.ROOT : named.get(named.size() - 1);
        boolean isTheUrl = !asked.isEmpty() && asked.get(asked.size() - 1).equals(name);
        return isTheUrl || PAGE.matcher(ByteText.of(name)).find();
    }

    private static Optional<String> request(String line, int client) {
        int request = line.indexOf(REQUEST, client);
        if (request < 0) {
            return Optional.empty();
        }
        int start = request + REQUEST.length();
        // a quote may be part of it; a blank, since 1.21.1, only before and behind the URL
        int version = line.indexOf(" HTTP/", start);
        int end = line.indexOf('"', version < 0 ? start : version);
        return end < 0 ? Optional.empty() : Optional.of(line.substring(start, end));
    }

    /** The server's name as configured; without one the field is empty. */
    private static String site(String line, int client) {
        int server = line.indexOf(", server: ", client);
        return server < 0 ? "" : word(line, server + ", server: ".length());
    }

    private static String word(String line, int start) {
        int end = start;
        while (end < line.length() && line.charAt(end) != ',' && line.charAt(end) != ' ') {
            end++;
        }
        return line.substring(start, end);
    }
}
