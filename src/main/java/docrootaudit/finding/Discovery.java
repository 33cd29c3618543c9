package docrootaudit.finding;

import docrootaudit.access.PathBytes;
import docrootaudit.server.Site;
import java.util.List;
import java.util.Optional;

/**
 * What the configurations of a machine's web servers name.
 *
 * @param servers each web server
 * @param pools of PHP-FPM
 * @param notes what could not be read
 */
public record Discovery(List<Server> servers, List<Pool> pools, List<String> notes) {
    /**
     * A web server.
     *
     * @param program nginx or apache
     * @param config its main configuration file
     * @param why how it was found
     * @param worker whom its workers run as; empty if nobody knows the account that is configured
     * @param sites its virtual servers
     * @param notUnderstood lines that may change what is said here and predicted
     * @param notes where the running server differs from its configuration, and the like
     */
    public record Server(
            String program,
            PathBytes config,
            String why,
            Optional<Identity> worker,
            List<Site> sites,
            List<String> notUnderstood,
            List<String> notes) {}

    /**
     * A pool of PHP-FPM.
     *
     * @param source where it begins, {@code FILE:LINE}
     * @param settings those that decide who reads and who may connect, as written
     * @param worker whom its workers run as; empty if nobody knows the account
     */
    public record Pool(String name, String source, List<Setting> settings, Optional<Identity> worker) {
        /** A line of it. */
        public record Setting(String key, String value) {}
    }

    public Discovery {
        servers = List.copyOf(servers);
        pools = List.copyOf(pools);
        notes = List.copyOf(notes);
    }
}
