package docrootaudit.server.nginx;

import docrootaudit.server.Address;
import docrootaudit.server.ConfigSyntaxException;
import docrootaudit.server.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An address that a server listens on.
 *
 * @param directive empty where none is written
 * @param address empty for a socket of the file system
 * @param port 0 for a socket of the file system
 * @param standing whether the server answers for names that no other has
 */
record Listen(
        Optional<Directive> directive,
        Optional<Address> address,
        int port,
        String socket,
        Request.Scheme scheme,
        Standing standing,
        boolean proxyProtocol) {
    private static final Address ANY = Address.parse("0.0.0.0").orElseThrow();
    private static final Address ANY_V6 = Address.parse("::").orElseThrow();
    private static final Address LOCALHOST = Address.parse("127.0.0.1").orElseThrow();

    /** Whether it is the default of its address. */
    enum Standing {
        DEFAULT,
        ORDINARY
    }

    /** Where a server listens that does not say: port 80 for root, who starts nginx. */
    static final Listen UNSAID =
            new Listen(Optional.empty(), Optional.of(ANY), 80, "", Request.Scheme.HTTP, Standing.ORDINARY, false);

    static List<Listen> of(Directive directive) throws ConfigSyntaxException {
        String where = directive.word(0);
        List<String> options = directive.words().isEmpty()
                ? List.of()
                : directive.words().subList(1, directive.words().size());
        boolean isDefault = options.contains("default_server") || options.contains("default");
        Standing standing = isDefault ? Standing.DEFAULT : Standing.ORDINARY;
        Request.Scheme scheme =
                options.contains("ssl") || options.contains("quic") ? Request.Scheme.HTTPS : Request.Scheme.HTTP;
        boolean proxied = options.contains("proxy_protocol");
        if (where.startsWith("unix:")) {
            return List.of(new Listen(
                    Optional.of(directive), Optional.empty(), 0, where.substring(5), scheme, standing, proxied));
        }
        int colon = where.startsWith("[") ? where.indexOf("]:") + 1 : where.lastIndexOf(':');
        String host = colon > 0 ? where.substring(0, colon) : where.matches("\\d+(-\\d+)?") ? "*" : where;
        String ports = colon > 0 ? where.substring(colon + 1) : where.matches("\\d+(-\\d+)?") ? where : "80";
        List<Address> addresses = new ArrayList<>();
        if (host.equals("localhost")) {
            addresses.add(LOCALHOST);
        } else {
            // a name that only a resolver knows is taken for every address
            addresses.add(Address.parse(host).orElse(ANY));
        }
        if (addresses.get(0).equals(ANY_V6) && options.contains("ipv6only=off")) {
            addresses.add(ANY);
        }
        List<Listen> listens = new ArrayList<>();
        for (Address address : addresses) {
            for (int port : ports(ports, directive)) {
                listens.add(
                        new Listen(Optional.of(directive), Optional.of(address), port, "", scheme, standing, proxied));
            }
        }
        return listens;
    }

    private static List<Integer> ports(String text, Directive directive) throws ConfigSyntaxException {
        if (!text.matches("\\d{1,5}(-\\d{1,5})?")) {
            throw new ConfigSyntaxException(Optional.of(directive.source()), "invalid port in listen");
        }
        String[] ends = text.split("-");
        int low = Integer.parseInt(ends[0]);
        int high = Integer.parseInt(ends[ends.length - 1]);
        if (low < 1 || high > 65535 || low > high) {
            throw new ConfigSyntaxException(Optional.of(directive.source()), "invalid port in listen");
        }
        List<Integer> ports = new ArrayList<>();
        for (int port = low; port <= high; port++) {
            ports.add(port);
        }
        return ports;
    }

    /** The same for a server that says {@code ssl on}. */
    Listen encrypted() {
        return new Listen(directive, address, port, socket, Request.Scheme.HTTPS, standing, proxyProtocol);
    }

    boolean isAny() {
        return address.map(Address::isAny).orElse(false);
    }
}
