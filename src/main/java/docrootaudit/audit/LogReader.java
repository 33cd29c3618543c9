package docrootaudit.audit;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.LogReport;
import docrootaudit.server.log.Lines;
import docrootaudit.server.log.LogEvent;
import docrootaudit.server.log.LogKind;
import docrootaudit.server.log.LogParser;
import docrootaudit.server.log.LogReading;
import docrootaudit.server.log.Tally;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads log files from their beginning to their end into a tally; compressed ones as if they were not. */
final class LogReader {
    /** So many lines tell what kind of log a file is. */
    private static final int FIRST_LINES = 200;

    private final Opening opening;
    private final LogReading reading;
    private final Tally tally;
    private final List<LogReport.Read> read = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    /** Opens a log file. */
    @FunctionalInterface
    interface Opening {
        Host.RegularFile open(LogInput log) throws IOException;
    }

    LogReader(Opening opening, LogReading reading, Tally tally) {
        this.opening = opening;
        this.reading = reading;
        this.tally = tally;
    }

    /** A log and what it turned out to be. */
    private record Known(LogInput log, LogReading reading, LogKind.Recognised as) {}

    /** Reads all of them, in the order in which they explain each other: what says why before what only says that. */
    void read(List<LogInput> logs) {
        List<Known> known = new ArrayList<>();
        for (LogInput log : logs) {
            try {
                List<String> first = first(log);
                LogReading own = reading.trying(log.formats(), log.errorFormats());
                Optional<LogKind.Recognised> as = own.recognise(first);
                as.ifPresent(a -> known.add(new Known(log, own, a)));
                if (as.isEmpty()) {
                    String title = first.isEmpty() ? "empty" : "no log that is known";
                    read.add(new LogReport.Read(log.file(), Optional.empty(), title, first.size()));
                }
            } catch (IOException e) {
                failures.add(log.file() + " cannot be read: " + why(e));
            }
        }
        known.sort(Comparator.comparing(k -> k.as().kind()));
        known.forEach(this::read);
    }

    List<LogReport.Read> files() {
        return read;
    }

    List<String> notes() {
        return notes;
    }

    List<String> failures() {
        return failures;
    }

    private List<String> first(LogInput log) throws IOException {
        List<String> first = new ArrayList<>();
        try (InputStream in = open(log)) {
            Lines lines = new Lines(in);
            for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
                first.add(line.get());
                if (first.size() == FIRST_LINES) {
                    return first;
                }
            }
            lines.rest().ifPresent(first::add);
        } catch (EOFException | ZipException e) {
            if (first.isEmpty()) {
                throw e;
            }
        }
        return first;
    }

    private void read(Known known) {
        PathBytes file = known.log().file();
        LogParser parser = known.as().parser(known.reading());
        Consumer<LogEvent> to = event -> tally.add(event.in(file, known.log().site()));
        long count = 0;
        long cut = 0;
        try (InputStream in = open(known.log())) {
            Lines lines = new Lines(in);
            for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
                count++;
                parser.line(line.get(), to);
            }
            Optional<String> rest = lines.rest();
            if (rest.isPresent()) {
                count++;
                parser.line(rest.get(), to);
            }
            cut = lines.cut();
        } catch (IOException e) {
            failures.add(file + " was read in part only: " + why(e));
        }
        parser.end(to);
        LogKind.Recognised as = known.as();
        read.add(new LogReport.Read(file, Optional.of(as.kind().word()), as.title(), count));
        if (cut > 0) {
            notes.add(file + " has " + (cut == 1 ? "a line" : cut + " lines") + " of more than 1 MiB: "
                    + "what is behind that was left out");
        }
        if (parser.distrusted() > 0) {
            notes.add(file + " has " + (parser.distrusted() == 1 ? "a line" : parser.distrusted() + " lines")
                    + " that a visitor may have written: not counted");
        }
    }

    private InputStream open(LogInput log) throws IOException {
        InputStream in = new BufferedInputStream(
                Channels.newInputStream(opening.open(log).channel()), 1 << 16);
        in.mark(2);
        boolean compressed = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        if (!compressed) {
            return in;
        }
        try {
            return new GZIPInputStream(in, 1 << 16);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private static String why(IOException e) {
        return e instanceof EOFException || e instanceof ZipException
                ? "it ends early, or is damaged"
                : PathBytes.of(String.valueOf(e.getMessage())).toString();
    }
}
