package docrootaudit.config;

import static docrootaudit.config.Problems.quote;

import docrootaudit.access.PathBytes;
import docrootaudit.audit.PaceSettings;
import docrootaudit.daemon.ScheduleSettings;
import docrootaudit.daemon.ServiceSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code [daemon]}. */
final class DaemonReader {
    /** What the kernel has room for, and a NUL (unix(7)). */
    private static final int LONGEST_SOCKET = 107;

    private DaemonReader() {}

    /**
     * The service's settings.
     *
     * @param defaults when scans run, as read elsewhere
     * @param roots the same for those that say it themselves
     * @param elsewhere keys that are known outside of this table
     */
    static ServiceSettings read(
            Optional<Section> section,
            ScheduleSettings defaults,
            Map<PathBytes, ScheduleSettings> roots,
            Set<String> elsewhere,
            String where) {
        ServiceSettings builtIn = ServiceSettings.DEFAULT;
        if (section.isEmpty()) {
            return new ServiceSettings(
                    defaults,
                    roots,
                    builtIn.concurrentScans(),
                    builtIn.pace(),
                    builtIn.socket(),
                    builtIn.heartbeatUrl(),
                    builtIn.heartbeatFile());
        }
        Section daemon = section.get();
        ServiceSettings settings = new ServiceSettings(
                defaults,
                roots,
                daemon.number("concurrent-scans", 1, 64).orElse(builtIn.concurrentScans()),
                new PaceSettings(
                        daemon.number("rate", 1, Integer.MAX_VALUE),
                        daemon.number("pressure", 0, PaceSettings.ANY_PRESSURE)
                                .orElse(builtIn.pace().pressure())),
                socket(daemon).orElse(builtIn.socket()),
                daemon.text("heartbeat-url").flatMap(text -> url(daemon, text)),
                daemon.path("heartbeat-file").map(NativePath::of));
        daemon.rejectOthers(elsewhere, where);
        return settings;
    }

    private static Optional<Path> socket(Section daemon) {
        Optional<PathBytes> path = daemon.path("socket");
        if (path.isPresent() && path.get().length() > LONGEST_SOCKET) {
            daemon.problem(
                    "socket",
                    "\"socket\" has " + path.get().length() + " bytes; expected a path of at most " + LONGEST_SOCKET);
            return Optional.empty();
        }
        return path.map(NativePath::of);
    }

    private static Optional<URI> url(Section daemon, String text) {
        try {
            URI url = new URI(text);
            String scheme = String.valueOf(url.getScheme());
            if ((scheme.equals("https") || scheme.equals("http")) && url.getHost() != null) {
                return Optional.of(url);
            }
        } catch (URISyntaxException e) {
            // told below
        }
        daemon.problem(
                "heartbeat-url",
                "\"heartbeat-url\" is no address to call: " + quote(text) + "; expected one that begins with https://");
        return Optional.empty();
    }
}
