package docrootaudit.server.apache;

import docrootaudit.server.Address;
import docrootaudit.server.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The visitor's address as a proxy in front tells it ({@code remoteip_modify_request()} in mod_remoteip.c). */
final class RemoteIp {
    private final Journey journey;

    RemoteIp(Journey journey) {
        this.journey = journey;
    }

    /** A network of proxies, and whether it is inside: then it may name private addresses too. */
    private record Proxy(Subnet subnet, boolean internal) {}

    Address visitor(Host host) {
        Address address = journey.request().from();
        Optional<Directive> header =
                host.remoteIp().stream().filter(d -> d.is("remoteipheader")).reduce((a, b) -> b);
        if (header.isEmpty() || !journey.has("mod_remoteip")) {
            return address;
        }
        String value = value(header.get().first());
        List<Proxy> proxies = proxies(host);
        List<String> parts = new ArrayList<>(List.of(value.split(",", -1)));
        while (!parts.isEmpty()) {
            Optional<Proxy> proxy = through(address, proxies);
            if (proxy.isEmpty() && !proxies.isEmpty()) {
                break;
            }
            String last = parts.remove(parts.size() - 1).strip();
            Optional<Address> said = Address.parse(last);
            boolean internal = proxy.map(Proxy::internal).orElse(true);
            if (said.isEmpty() || (!internal && isPrivate(said.get()))) {
                break;
            }
            address = said.get();
        }
        if (!address.equals(journey.request().from())) {
            journey.step("address", header.get(), "the visitor is taken for " + address);
        }
        return address;
    }

    private String value(String header) {
        return journey.request().headers().stream()
                .filter(h -> h.name().equalsIgnoreCase(header))
                .map(Request.Header::value)
                .collect(Collectors.joining(","));
    }

    private List<Proxy> proxies(Host host) {
        List<Proxy> proxies = new ArrayList<>();
        for (Directive line : host.remoteIp()) {
            switch (line.key()) {
                case "remoteipinternalproxy", "remoteiptrustedproxy" -> {
                    boolean internal = line.is("remoteipinternalproxy");
                    for (String word : line.words()) {
                        Optional<Subnet> subnet = Subnet.parse(word);
                        subnet.ifPresentOrElse(
                                s -> proxies.add(new Proxy(s, internal)),
                                () -> journey.doubt("the proxy is a name that is not looked up", line));
                    }
                }
                case "remoteipinternalproxylist", "remoteiptrustedproxylist" ->
                    journey.doubt("a list of proxies in a file is not read", line);
                default -> {}
            }
        }
        return proxies;
    }

    private static Optional<Proxy> through(Address address, List<Proxy> proxies) {
        return proxies.stream().filter(p -> p.subnet().contains(address)).findFirst();
    }

    private static boolean isPrivate(Address address) {
        for (String network :
                List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8")) {
            if (Subnet.parse(network).orElseThrow().contains(address)) {
                return true;
            }
        }
        // 2000::/3 alone is public
        return !address.isV4() && (address.bytes()[0] & 0xe0) != 0x20;
    }
}
