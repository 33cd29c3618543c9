package docrootaudit.server.nginx;

import docrootaudit.server.Address;
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

    /** Once for the server, and once more for the location if the first changed nothing. */
    void apply() {
        Settings settings = exchange.settings();
        if (!exchange.from.equals(exchange.request.from()) || settings.trusted.isEmpty() || !isTrusted(exchange.from)) {
            return;
        }
        String header = settings.find("real_ip_header").map(d -> d.word(0)).orElse("X-Real-IP");
        Directive directive = settings.inherited("set_real_ip_from").get(0);
        if (header.equals("proxy_protocol")) {
            exchange.proof.doubt("the visitor's address comes by the PROXY protocol", directive.source());
            return;
        }
        List<String> values = new ArrayList<>();
        for (Request.Header line : exchange.request.headers()) {
            if (line.name().equalsIgnoreCase(header) && Reception.isUsable(line, settings)) {
                values.addAll(List.of(line.value().split(",", -1)));
            }
        }
        boolean list = header.equalsIgnoreCase("X-Forwarded-For");
        if (!list && values.size() > 1) {
            values = values.subList(0, 1);
        }
        boolean recursive = settings.isOn("real_ip_recursive");
        for (int i = values.size() - 1; i >= 0; i--) {
            Optional<Address> address = Reception.parseAddress(values.get(i));
            if (address.isEmpty()) {
                return;
            }
            exchange.from = address.get();
            exchange.proof.step("address", directive, "the visitor is " + exchange.from);
            if (!recursive || !isTrusted(exchange.from)) {
                return;
            }
        }
    }

    private boolean isTrusted(Address address) {
        return exchange.settings().trusted.stream().anyMatch(n -> n.contains(address));
    }
}
