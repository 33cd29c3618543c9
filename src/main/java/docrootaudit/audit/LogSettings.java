package docrootaudit.audit;

import docrootaudit.access.PathBytes;
import java.util.List;

/**
 * Which logs the service follows.
 *
 * @param choice who says which
 * @param files absolute; none where the servers' configurations say which
 */
public record LogSettings(Choice choice, List<PathBytes> files) {
    /** Who says which logs are meant. */
    public enum Choice {
        NAMED,
        /** The web servers' configurations, as they are from time to time. */
        AUTO
    }

    public static final LogSettings DEFAULT = new LogSettings(Choice.NAMED, List.of());
    public static final LogSettings AUTO = new LogSettings(Choice.AUTO, List.of());

    public LogSettings {
        files = List.copyOf(files);
    }

    /** Whether none is followed. */
    public boolean isNone() {
        return choice == Choice.NAMED && files.isEmpty();
    }
}
