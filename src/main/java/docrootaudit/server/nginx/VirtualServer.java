package docrootaudit.server.nginx;

import java.util.List;
import java.util.Optional;

/**
 * A {@code server} of {@code http}.
 *
 * @param names as written
 * @param patterns the names that are regular expressions
 * @param place what holds for all its requests
 */
record VirtualServer(
        Directive directive, List<String> names, List<Pcre> patterns, List<Listen> listens, Location place) {
    /** The value of {@code $server_name}. */
    String primaryName() {
        String first = names.isEmpty() ? "" : names.get(0);
        return first.startsWith(".") ? first.substring(1) : first;
    }

    /** Its {@code server_name}, if one is written. */
    Optional<Directive> nameDirective() {
        return directive.children().stream()
                .filter(d -> d.name().equals("server_name"))
                .findFirst();
    }

    Settings settings() {
        return place.settings();
    }
}
