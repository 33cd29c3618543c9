package docrootaudit.daemon;

import docrootaudit.access.PathBytes;
import docrootaudit.audit.PaceSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How the service works.
 *
 * @param defaults when roots are scanned that say nothing of it
 * @param roots when those are scanned that do, by the path they are configured with
 * @param concurrentScans so many scans may run at once
 * @param pace how much of the machine a scan that is due may take
 * @param socket where commands ask the service
 * @param heartbeatUrl is called whenever all roots were scanned well
 * @param heartbeatFile is touched then
 */
public record ServiceSettings(
        ScheduleSettings defaults,
        Map<PathBytes, ScheduleSettings> roots,
        int concurrentScans,
        PaceSettings pace,
        Path socket,
        Optional<URI> heartbeatUrl,
        Optional<Path> heartbeatFile) {
    public static final Path USUAL_SOCKET = Path.of("/run/docroot-audit/control.sock");

    public static final ServiceSettings DEFAULT = new ServiceSettings(
            ScheduleSettings.DEFAULT,
            Map.of(),
            1,
            new PaceSettings(OptionalInt.empty(), 30),
            USUAL_SOCKET,
            Optional.empty(),
            Optional.empty());

    public ServiceSettings {
        roots = Map.copyOf(roots);
    }

    ScheduleSettings of(PathBytes root) {
        return roots.getOrDefault(root, defaults);
    }
}
