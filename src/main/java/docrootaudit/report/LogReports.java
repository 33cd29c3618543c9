package docrootaudit.report;

import docrootaudit.access.Names;
import docrootaudit.finding.LogReport;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.time.ZoneId;

/**
 * Says what logs tell, in any format.
 *
 * @param names account names for numbers
 * @param style of text
 * @param zone of the times in text
 */
public record LogReports(Names names, Style style, ZoneId zone) {
    /** Writes a report. */
    public void write(LogReport report, Format format, OutputStream out) throws IOException {
        switch (format) {
            case TEXT -> {
                Writer text = CharsetOutput.to(out, style.charset());
                new LogText(report, names, new LocalTimes(zone), new Page(text, style)).write();
                text.flush();
            }
            case JSON -> {
                try (JsonOut json = JsonOut.document(out)) {
                    new LogJson(json, report).document();
                }
            }
            case JSONL -> {
                try (JsonOut json = JsonOut.lines(out)) {
                    new LogJson(json, report).lines();
                }
            }
            case CSV -> LogCsv.write(report, out);
        }
    }
}
