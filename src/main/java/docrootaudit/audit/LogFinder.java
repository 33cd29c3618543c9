package docrootaudit.audit;

import docrootaudit.access.PathBytes;
import java.util.List;

/** Knows the logs of this machine's web servers by their configurations. */
public interface LogFinder {
    /**
     * What the configurations name.
     *
     * @param logs that can be read
     * @param notes what they name and nobody can read, a sentence each
     */
    record Found(List<LogInput> logs, List<String> notes) {
        public Found {
            logs = List.copyOf(logs);
            notes = List.copyOf(notes);
        }
    }

    /** All that they name now. */
    Found find();

    /** What such a log was before it was rotated away, as far as that lies beside it. */
    List<LogInput> rotated(LogInput log);

    /** A file that somebody names, with what the configurations say of it or of what it was before it was rotated away. */
    LogInput named(PathBytes file);
}
