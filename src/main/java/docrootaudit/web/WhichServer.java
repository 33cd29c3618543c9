package docrootaudit.web;

import docrootaudit.access.PathBytes;
import java.util.Optional;
import java.util.Set;

/**
 * Which web server is meant, as far as somebody said so.
 *
 * @param program empty: whichever there is
 * @param config its main configuration file, absolute, or what {@code nginx -T} printed
 * @param prefix {@code -p} of nginx, {@code -d} of Apache, absolute
 * @param defines {@code -D} of Apache
 * @param pid a running master or one of its workers
 */
public record WhichServer(
        Optional<Program> program,
        Optional<PathBytes> config,
        Optional<PathBytes> prefix,
        Set<String> defines,
        Optional<Long> pid) {
    /** Whichever there is. */
    public static final WhichServer ANY =
            new WhichServer(Optional.empty(), Optional.empty(), Optional.empty(), Set.of(), Optional.empty());

    /** All of it that changes how a server is read. */
    String words() {
        return config + " " + prefix + " " + defines.stream().sorted().toList();
    }

    public WhichServer {
        defines = Set.copyOf(defines);
    }
}
