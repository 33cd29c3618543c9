package docrootaudit.config;

import docrootaudit.access.PathBytes;
import docrootaudit.audit.LogSettings;
import java.util.List;

/** Reads {@code [log]}. */
final class LogReader {
    /** Each is open, and looked at every few seconds. */
    private static final int MOST_FILES = 100;

    private LogReader() {}

    static LogSettings read(Section log) {
        List<PathBytes> files = log.paths("files").orElse(LogSettings.DEFAULT.files());
        if (files.size() > MOST_FILES) {
            log.problem("files", "\"files\" names " + files.size() + " logs; expected at most " + MOST_FILES);
        }
        log.rejectOthers();
        return new LogSettings(files);
    }
}
