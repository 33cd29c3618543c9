package docrootaudit.server.log;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** What parsers make of lines. */
final class Logs {
    static final LogReading READING = LogReading.usual(ZoneOffset.UTC);

    private Logs() {}

    /** The events of a file of these lines, read as what it is recognised for. */
    static List<LogEvent> read(String... lines) {
        LogParser parser = READING.recognise(List.of(lines)).orElseThrow().parser(READING);
        return read(parser, lines);
    }

    static List<LogEvent> read(LogParser parser, String... lines) {
        List<LogEvent> events = new ArrayList<>();
        for (String line : lines) {
            parser.line(line, events::add);
        }
        parser.end(events::add);
        return events;
    }

    static Tally tally(String[]... files) {
        Tally tally = Tally.ofWholeFiles(4711);
        for (String[] file : files) {
            read(file).forEach(tally::add);
        }
        return tally;
    }
}
