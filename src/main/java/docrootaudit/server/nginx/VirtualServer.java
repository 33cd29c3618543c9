package docrootaudit.server.nginx;

import java.util.List;
import java.util.Optional;

/** A {@code server} of {@code http}. One is not another, however alike they are written. */
final class VirtualServer {
    private final Directive directive;
    private final List<String> names;
    private final List<Regex> patterns;
    private final List<Listen> listens;
    private final Location place;

    /**
     * A server.
     *
     * @param names as written
     * @param patterns the names that are regular expressions
     * @param place what holds for all its requests
     */
    VirtualServer(Directive directive, List<String> names, List<Regex> patterns, List<Listen> listens, Location place) {
        this.directive = directive;
        this.names = List.copyOf(names);
        this.patterns = List.copyOf(patterns);
        this.listens = List.copyOf(listens);
        this.place = place;
    }

    Directive directive() {
        return directive;
    }

    List<String> names() {
        return names;
    }

    List<Regex> patterns() {
        return patterns;
    }

    List<Listen> listens() {
        return listens;
    }

    Location place() {
        return place;
    }

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
