package docrootaudit.server.nginx;

import docrootaudit.server.Address;
import docrootaudit.server.Network;
import docrootaudit.server.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code ngx_http_realip_module.c}: whose request it is that a trusted proxy passes on. */
final class RealIp {
    private final Exchange exchange;

    RealIp(Exchange exchange) {
        this.exchange = exchange;
    }

    /** How many of the addresses that a trusted proxy names are believed. */
    enum Depth {
        /** The last. */
        LAST,
        /** All, from the last on, up to one that is not trusted itself. */
        ALL
    }

    /** Who stands behind an address: {@code ngx_http_get_forwarded_addr()}. */
    static Address behind(Address from, List<String> forwarded, List<Network> trusted, Depth depth) {
        Address at = from;
        for (int i = forwarded.size() - 1; i >= 0; i--) {
            Address proxy = at;
            Optional<Address> next = Reception.parseAddress(forwarded.get(i));
            if (next.isEmpty() || trusted.stream().noneMatch(n -> n.contains(proxy))) {
                return at;
            }
            at = next.get();
            if (depth == Depth.LAST) {
                return at;
            }
        }
        return at;
    }

    /** Once for the server, and once more for the location if the first changed nothing. */
    void apply() {
        Settings settings = exchange.settings();
        boolean trusted = settings.trusted.stream().anyMatch(n -> n.contains(exchange.from));
        if (!exchange.from.equals(exchange.request.from()) || !trusted) {
            return;
        }
        Directive directive = settings.inherited("set_real_ip_from").get(0);
        if (header(settings).equals("proxy_protocol")) {
            exchange.proof.doubt("the visitor's address comes by the PROXY protocol", directive.source());
            return;
        }
        exchange.from = visitor(exchange.request, settings);
        if (!exchange.from.equals(exchange.request.from())) {
            exchange.proof.step("address", directive, "the visitor is " + exchange.from);
        }
    }

    /** Whose request it is taken for where such settings hold. */
    static Address visitor(Request request, Settings settings) {
        String header = header(settings);
        List<String> values = new ArrayList<>();
        for (Request.Header line : request.headers()) {
            if (line.name().equalsIgnoreCase(header) && Reception.isUsable(line, settings)) {
                values.addAll(List.of(line.value().split(",", -1)));
            }
        }
        boolean list = header.equalsIgnoreCase("X-Forwarded-For");
        if (!list && values.size() > 1) {
            values = values.subList(0, 1);
        }
        Depth depth = settings.isOn("real_ip_recursive") ? Depth.ALL : Depth.LAST;
        return behind(request.from(), values, settings.trusted, depth);
    }

    private static String header(Settings settings) {
        return settings.find("real_ip_header").map(d -> d.word(0)).orElse("X-Real-IP");
    }
}
