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
 * 2048 bytes (NGX_MAX_ERROR_STR), and shows in its last part, where the request stands as it was sent. So what a line
 * tells waits until the next 2048 bytes show no such request, or of how many lines its message was.
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
                && line.indexOf('#') > 0;
    }

    @Override
    public void line(String line, Consumer<LogEvent> to) {
        long start = offset;
        offset += line.length() + 1L;
        String broken = breaking(line);
        boolean cut = !line.contains(CLIENT)
                && recent.stream().anyMatch(r -> offset - r.start() == LONGEST && !(begins(line) && isWhole(r.line())));
        if (!broken.isEmpty() || cut) {
            distrust(broken);
            return;
        }
        while (!recent.isEmpty() && offset - recent.peekFirst().start() > LONGEST) {
            recent.pollFirst().event().ifPresent(to);
        }
        recent.addLast(new Recent(start, line, begins(line) ? event(line) : Optional.empty()));
    }

    /** The path of the request with which a message ends, decoded, if it breaks lines; else empty. */
    private static String breaking(String line) {
        int request = line.lastIndexOf(REQUEST);
        if (request < 0 || (line.indexOf("%0a", request) < 0 && line.indexOf("%0A", request) < 0)) {
            return "";
        }
        String path = request(line, request)
                .flatMap(RequestLine::target)
                .flatMap(RequestLine::wholePath)
                .map(RequestLine::decoded)
                .orElse("");
        return path.indexOf('\n') < 0 ? "" : path;
    }

    /**
     * Counts none of the lines of a message. It has one more than its path has line feeds, if the first of them ends as
     * the path does before its first one; else any that is recent may be of it.
     */
    private void distrust(String path) {
        distrusted++;
        int breaks = (int) path.chars().filter(c -> c == '\n').count();
        boolean known = breaks > 0 && breaks <= recent.size();
        if (known) {
            String first = List.copyOf(recent).get(recent.size() - breaks).line();
            String start = path.substring(0, path.indexOf('\n'));
            known = begins(first) && first.endsWith(start.substring(start.lastIndexOf('/') + 1));
        }
        for (int left = known ? breaks : recent.size(); left > 0; left--) {
            distrusted += recent.pollLast().event().isPresent() ? 1 : 0;
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

    /** Whether a line is a message for itself, not the beginning of one that was cut before its end. */
    private static boolean isWhole(String line) {
        return !begins(line) || line.contains(CLIENT) || line.indexOf('"') < 0;
    }

    private Optional<LogEvent> event(String line) {
        int message = line.indexOf(": *");
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
                + line.substring(line.indexOf("] "), connection)
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
