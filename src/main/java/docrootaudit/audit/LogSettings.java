package docrootaudit.audit;

import docrootaudit.access.PathBytes;
import java.util.List;

/**
 * Which logs the service follows.
 *
 * @param files absolute
 */
public record LogSettings(List<PathBytes> files) {
    public static final LogSettings DEFAULT = new LogSettings(List.of());

    public LogSettings {
        files = List.copyOf(files);
    }
}
