package docrootaudit.server.nginx;

import docrootaudit.server.Address;
import docrootaudit.server.Request;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The servers that share an address and port, and how one of them is chosen by name:
 * {@code ngx_http_find_virtual_server()}.
 */
final class Endpoint {
    private final List<VirtualServer> servers = new ArrayList<>();
    private final NameTable<VirtualServer> names = new NameTable<>();
    private final Optional<VirtualServer> standard;
    private final Request.Scheme scheme;
    private final boolean alone;

    /** A server, and the line by which it listens there. */
    private record Listening(VirtualServer server, Listen listen) {}

    private Endpoint(List<Listening> listening, boolean alone) {
        this.alone = alone;
        this.standard = listening.stream()
                .filter(l -> l.listen().standing() == Listen.Standing.DEFAULT)
                .findFirst()
                .or(() -> listening.stream().findFirst())
                .map(Listening::server);
        // a property of the socket, whoever says it
        boolean encrypted = listening.stream().anyMatch(l -> l.listen().scheme() == Request.Scheme.HTTPS);
        this.scheme = encrypted ? Request.Scheme.HTTPS : Request.Scheme.HTTP;
        Set<VirtualServer> seen = new HashSet<>();
        for (Listening one : listening) {
            if (seen.add(one.server())) {
                servers.add(one.server());
                one.server().names().stream().filter(n -> !n.startsWith("~")).forEach(n -> names.add(n, one.server()));
            }
        }
    }

    /**
     * Who listens: on the very address, or on all of its family.
     *
     * @param to empty if it is not known which of the machine's addresses is meant
     */
    static Endpoint of(List<VirtualServer> servers, Optional<Address> to, int port) {
        Map<Address, List<Listening>> byAddress = new LinkedHashMap<>();
        for (VirtualServer server : servers) {
            for (Listen listen : server.listens()) {
                if (listen.port() == port && listen.address().isPresent()) {
                    byAddress
                            .computeIfAbsent(listen.address().get(), a -> new ArrayList<>())
                            .add(new Listening(server, listen));
                }
            }
        }
        Optional<List<Listening>> chosen = to.map(byAddress::get);
        if (to.isEmpty()) {
            chosen = byAddress.entrySet().stream()
                    .filter(e -> e.getKey().isAny())
                    .findFirst()
                    .or(() -> byAddress.entrySet().stream().findFirst())
                    .map(Map.Entry::getValue);
        } else if (chosen.isEmpty()) {
            chosen = byAddress.entrySet().stream()
                    .filter(e ->
                            e.getKey().isAny() && e.getKey().isV4() == to.get().isV4())
                    .findFirst()
                    .map(Map.Entry::getValue);
        }
        boolean alone = to.isPresent()
                || byAddress.values().stream()
                                .map(l -> l.stream().map(Listening::server).toList())
                                .distinct()
                                .count()
                        <= 1;
        return new Endpoint(chosen.orElse(List.of()), alone);
    }

    List<VirtualServer> servers() {
        return servers;
    }

    /** The one for names that no other has; empty if nothing listens. */
    Optional<VirtualServer> standard() {
        return standard;
    }

    Request.Scheme scheme() {
        return scheme;
    }

    /** Whether it is certain that these are the servers that are asked. */
    boolean isCertain() {
        return alone;
    }

    /** The server of a name in lower case as it is written, patterns apart. */
    Optional<VirtualServer> named(String host) {
        return names.find(host);
    }

    /** The server of a name in lower case. */
    Optional<VirtualServer> named(String host, Variables variables) {
        Optional<VirtualServer> found = named(host);
        if (found.isPresent() || host.isEmpty()) {
            return found;
        }
        for (VirtualServer server : servers) {
            for (Regex pattern : server.patterns()) {
                if (variables.match(pattern, host, server.directive())) {
                    return Optional.of(server);
                }
            }
        }
        return Optional.empty();
    }
}
