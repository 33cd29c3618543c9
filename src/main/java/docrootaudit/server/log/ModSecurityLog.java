package docrootaudit.server.log;

import docrootaudit.access.PathBytes;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * ModSecurity's audit log in its serial form: entries of several parts between boundaries. A visitor writes the request's
 * parts, but cannot know the boundary; of his part the first line is taken and the {@code User-Agent}.
 */
final class ModSecurityLog implements LogParser {
    private static final String START = "-A--";

    private String boundary = "";
    private char part;
    private Entry entry = new Entry();

    /** What was read of the entry at hand. */
    private static final class Entry {
        private OptionalLong second = OptionalLong.empty();
        private String address = "";
        private Optional<PathBytes> url = Optional.empty();
        private boolean requestRead;
        private Agent agent = Agent.BOT;
        private Optional<LogEvent.What> what = Optional.empty();
        private boolean intercepted;
    }

    /** Whether a line begins an entry: {@code --d9180a61-A--}. */
    static boolean begins(String line) {
        return line.startsWith("--")
                && line.endsWith(START)
                && line.length() > 6
                && line.length() < 80
                && line.substring(2, line.length() - START.length())
                        .chars()
                        .allMatch(c -> c < 128 && Character.isLetterOrDigit(c));
    }

    @Override
    public void line(String line, Consumer<LogEvent> to) {
        if (isBoundary(line)) {
            part = line.charAt(line.length() - 3);
            if (part == 'Z') {
                finish(to);
            }
        } else if (boundary.isEmpty() && begins(line)) {
            boundary = line.substring(0, line.length() - START.length());
            part = 'A';
            entry = new Entry();
        } else if (part == 'A') {
            first(line);
        } else if (part == 'B') {
            request(line);
        } else if (part == 'H') {
            trailer(line);
        }
    }

    private boolean isBoundary(String line) {
        return !boundary.isEmpty()
                && line.length() == boundary.length() + START.length()
                && line.startsWith(boundary)
                && line.endsWith("--");
    }

    private void finish(Consumer<LogEvent> to) {
        Entry done = entry;
        boundary = "";
        part = 0;
        if (done.intercepted && done.what.isPresent()) {
            to.accept(new LogEvent.Refused(
                    done.second,
                    new LogEvent.Visitor(done.address, done.agent),
                    "",
                    done.url,
                    done.what.get(),
                    LogEvent.Certainty.REFUSED));
        }
    }

    /** {@code [26/Nov/2026:00:09:12.506721 +0000] unique-id 127.0.0.1 33390 127.0.0.1 20501}. */
    private void first(String line) {
        int close = line.indexOf("] ");
        if (!line.startsWith("[") || close < 0 || entry.second.isPresent()) {
            return;
        }
        entry.second = LogTimes.common(line.substring(1, close));
        String[] words = line.substring(close + 2).split(" ", 4);
        entry.address = words.length > 1 ? words[1] : "";
    }

    private void request(String line) {
        if (!entry.requestRead) {
            entry.requestRead = true;
            entry.url = RequestLine.path(line);
        } else if (line.regionMatches(true, 0, "User-Agent:", 0, 11)) {
            entry.agent = Agent.of(line.substring(11).strip());
        }
    }

    private void trailer(String line) {
        if (line.startsWith("Message: ") && entry.what.isEmpty()) {
            entry.what = ModSecurityMessage.refusal(line.substring("Message: ".length()));
        } else if (line.startsWith("Action: Intercepted")) {
            entry.intercepted = true;
        }
    }
}
