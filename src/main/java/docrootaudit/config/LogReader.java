package docrootaudit.config;

import docrootaudit.access.PathBytes;
import docrootaudit.audit.LogSettings;
import java.util.List;

/** Reads {@code [log]}. */
final class LogReader {
    /** Each is open, and looked at every few seconds. */
    private static final int MOST_FILES = 100;
    /** Instead of a list: those that the web servers' configurations name. */
    private static final String AUTO = "auto";

    private LogReader() {}

    static LogSettings read(Section log) {
        if (log.says("files", AUTO)) {
            log.rejectOthers();
            return LogSettings.AUTO;
        }
        List<PathBytes> files = log.paths("files").orElse(LogSettings.DEFAULT.files());
        if (files.size() > MOST_FILES) {
            log.problem("files", "\"files\" names " + files.size() + " logs; expected at most " + MOST_FILES);
        }
        log.rejectOthers();
        return new LogSettings(LogSettings.Choice.NAMED, files);
    }
}
