package docrootaudit.server.apache;

import docrootaudit.server.Address;
import docrootaudit.server.Answer;
import docrootaudit.server.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Which server a request is for: first by the address that it came to, then by the name it asks for (server/vhost.c). */
final class VirtualHosts {
    private final Configuration configuration;

    VirtualHosts(Configuration configuration) {
        this.configuration = configuration;
    }

    Host find(Request request, Consumer<Answer.Doubt> doubts) {
        List<Host> group = byAddress(request, doubts);
        if (group.isEmpty()) {
            return configuration.main();
        }
        Optional<String> asked = request.host().map(VirtualHosts::bare);
        for (Host host : group) {
            if (asked.isPresent() && isNamed(host, asked.get())) {
                return host;
            }
        }
        return group.get(0);
    }

    /** The server whose limits count while the name is not read yet: the first for the address. */
    Host first(Request request) {
        List<Host> group = byAddress(request, doubt -> {});
        return group.isEmpty() ? configuration.main() : group.get(0);
    }

    /** Whether a server has that name, wildcards included ({@code matches_aliases()}). */
    static boolean isNamed(Host host, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return host.names().stream().map(n -> n.toLowerCase(Locale.ROOT)).anyMatch(n -> Wildcard.matches(n, lower));
    }

    /** The name of a Host header, without its port. */
    static String bare(String host) {
        String name = host.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT);
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    /** The servers for the address and port; those for just this address beat those for any. */
    private List<Host> byAddress(Request request, Consumer<Answer.Doubt> doubts) {
        List<Host> exact = group(b -> b.address().isPresent() && b.address().equals(request.to()), request.port());
        if (!exact.isEmpty()) {
            return exact;
        }
        List<Host> any = group(b -> b.address().isEmpty(), request.port());
        if (request.to().isEmpty()) {
            List<Host> some = group(b -> b.address().isPresent(), request.port());
            if (!some.isEmpty()) {
                String why = "which address of the machine is asked is not known, and virtual servers differ in it";
                doubts.accept(new Answer.Doubt(why, Optional.of(some.get(0).source())));
                return any.isEmpty() ? some : any;
            }
        }
        return any;
    }

    private interface Fits {
        boolean test(Host.Bind bind);
    }

    private List<Host> group(Fits fits, int port) {
        Optional<Host.Bind> first = Optional.empty();
        List<Host> group = new ArrayList<>();
        for (Host host : configuration.hosts()) {
            for (Host.Bind bind : host.binds()) {
                boolean here = fits.test(bind) && (bind.port() == 0 || bind.port() == port);
                if (!here) {
                    continue;
                }
                if (first.isEmpty()) {
                    first = Optional.of(bind);
                }
                boolean same = bind.port() == first.get().port()
                        && sameAddress(bind.address(), first.get().address());
                if (same && !group.contains(host)) {
                    group.add(host);
                }
            }
        }
        return group;
    }

    private static boolean sameAddress(Optional<Address> one, Optional<Address> other) {
        return one.equals(other);
    }
}
