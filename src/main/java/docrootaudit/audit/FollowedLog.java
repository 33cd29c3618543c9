package docrootaudit.audit;

import docrootaudit.access.PathBytes;
import docrootaudit.server.log.Lines;
import docrootaudit.server.log.LogEvent;
import docrootaudit.server.log.LogKind;
import docrootaudit.server.log.LogParser;
import docrootaudit.server.log.LogReading;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One log file while it grows, is rotated, cut, removed and made again. What was there at the start is not read; of a
 * file that comes later everything is. A file whose name went to another one is read on for a while: servers write there
 * until they are told.
 */
final class FollowedLog {
    /** As logrotate(8) waits for nobody, and a server that was told has finished its requests by then. */
    private static final Duration AFTERWARDS = Duration.ofMinutes(1);

    private static final int HEAD = 1 << 16;
    private static final int FIRST_LINES = 200;

    private final LogInput input;
    private final LogReader.Opening opening;
    private final LogReading reading;
    private final Deque<Open> opens = new ArrayDeque<>();
    private Optional<LogKind.Recognised> known = Optional.empty();
    private String state = "not looked at yet";
    private boolean isFirstLook = true;

    FollowedLog(LogInput input, LogReader.Opening opening, LogReading reading) {
        this.input = input;
        this.opening = opening;
        this.reading = reading;
    }

    /** A file of that name, now or a while ago. */
    private static final class Open extends InputStream {
        private final Host.RegularFile file;
        private Lines lines = new Lines(this);
        private Optional<LogParser> parser = Optional.empty();
        private final List<String> first = new ArrayList<>();
        private Optional<Instant> retired = Optional.empty();
        private long limit;

        Open(Host.RegularFile file) {
            this.file = file;
        }

        FileChannel channel() {
            return file.channel();
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("lines are read by blocks");
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            long left = limit - channel().position();
            return left <= 0 ? -1 : channel().read(ByteBuffer.wrap(bytes, offset, (int) Math.min(length, left)));
        }
    }

    /** What kind of log it is, once that is known. */
    Optional<LogKind> kind() {
        return known.map(LogKind.Recognised::kind);
    }

    String state() {
        return state;
    }

    PathBytes path() {
        return input.file();
    }

    /** Looks which file has the name now, and how long each is. */
    void look(Instant now) {
        try {
            Host.RegularFile file = opening.open(input);
            if (!opens.isEmpty() && opens.peekLast().file.identity().equals(file.identity())) {
                file.channel().close();
                opens.peekLast().retired = Optional.empty();
            } else {
                begin(file, now);
            }
            state = known.map(LogKind.Recognised::title).orElse("no line of a known log yet");
        } catch (IOException e) {
            state = "cannot be read: " + PathBytes.of(String.valueOf(e.getMessage()));
            retire(now);
        }
        isFirstLook = false;
        opens.removeIf(
                o -> o.retired.filter(r -> r.plus(AFTERWARDS).isBefore(now)).isPresent() && close(o));
        for (Open open : opens) {
            measure(open);
        }
    }

    private void begin(Host.RegularFile file, Instant now) throws IOException {
        retire(now);
        Open open = new Open(file);
        if (isFirstLook) {
            head(file.channel());
            file.channel().position(file.channel().size());
        }
        open.parser = known.map(k -> k.parser(reading));
        opens.addLast(open);
    }

    private void retire(Instant now) {
        if (!opens.isEmpty() && opens.peekLast().retired.isEmpty()) {
            opens.peekLast().retired = Optional.of(now);
        }
    }

    private void head(FileChannel channel) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HEAD);
        channel.read(head, 0);
        String text = new String(head.array(), 0, head.position(), StandardCharsets.ISO_8859_1);
        known = reading.recognise(text.lines().limit(FIRST_LINES).toList());
    }

    /** A file that is shorter than what was read of it was cut, and begins anew. */
    private static void measure(Open open) {
        try {
            open.limit = open.channel().size();
            if (open.limit < open.channel().position()) {
                open.channel().position(0);
                open.lines = new Lines(open);
            }
        } catch (IOException e) {
            open.limit = 0;
        }
    }

    /** Reads up to where it was when it was looked at; an error log up to where it is, for its lines come first. */
    void read(int mostLines, Consumer<LogEvent> to) {
        for (Open open : opens) {
            if (kind().filter(k -> k != LogKind.ACCESS).isPresent()) {
                measure(open);
            }
            try {
                read(open, mostLines, event -> to.accept(event.in(path(), input.site())));
            } catch (IOException e) {
                state = "cannot be read on: " + PathBytes.of(String.valueOf(e.getMessage()));
            }
        }
    }

    private void read(Open open, int mostLines, Consumer<LogEvent> to) throws IOException {
        int count = 0;
        for (Optional<String> line = open.lines.next(); line.isPresent(); line = open.lines.next()) {
            if (open.parser.isPresent()) {
                open.parser.get().line(line.get(), to);
            } else {
                unknown(open, line.get(), to);
            }
            if (++count == mostLines) {
                return;
            }
        }
        open.parser.ifPresent(p -> p.end(to));
    }

    private void unknown(Open open, String line, Consumer<LogEvent> to) {
        open.first.add(line);
        known = reading.recognise(open.first);
        open.parser = known.map(k -> k.parser(reading));
        open.parser.ifPresent(p -> open.first.forEach(l -> p.line(l, to)));
        if (open.parser.isPresent() || open.first.size() == FIRST_LINES) {
            open.first.clear();
        }
    }

    void close() {
        opens.forEach(FollowedLog::close);
        opens.clear();
    }

    private static boolean close(Open open) {
        try {
            open.channel().close();
        } catch (IOException e) {
            return true; // it was read only: nothing is lost
        }
        return true;
    }
}
