package docrootaudit.server.nginx;

import docrootaudit.access.Errno;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.server.Answer.Outcome;
import docrootaudit.server.ByteText;
import docrootaudit.server.Reason;
import docrootaudit.server.Refusal;
import docrootaudit.server.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Hands a request to an upstream, if it can be reached: connect(2) to a socket wants its write permission. */
final class Passing {
    private final Exchange exchange;

    Passing(Exchange exchange) {
        this.exchange = exchange;
    }

    Turn run(Handler.Upstream upstream) {
        Directive directive = upstream.directive();
        if (exchange.passesNowhere) {
            Directive block = exchange.place.opening();
            exchange.proof.step(directive.name(), block, "has no upstream of its own");
            exchange.proof.refuse(Reason.UPSTREAM, block, 500, Refusal.Meaning.ACCIDENT);
            return new Turn.Special(500);
        }
        Value value = upstream.target().evaluate(exchange.variables::value);
        String target = value.doubt().isPresent() ? upstream.target().source() : value.text();
        List<String> servers = servers(target);
        List<Refusal> refused = new ArrayList<>();
        boolean reached = servers.isEmpty();
        for (String server : servers) {
            Optional<PathBytes> socket = socket(server);
            Optional<Refusal> refusal = socket.flatMap(s -> refusal(directive, s));
            refusal.ifPresent(refused::add);
            reached |= refusal.isEmpty();
        }
        if (!reached) {
            exchange.proof.step(directive.name(), directive, "the socket cannot be connected to");
            refused.forEach(exchange.proof::refuse);
            return new Turn.Special(502);
        }
        refused.forEach(exchange.proof::refuse);
        Optional<PathBytes> script = script(directive);
        exchange.proof.step(
                directive.name(), Optional.of(directive), script.orElse(ByteText.path(target)), "is passed on");
        if (!exchange.upstream.isEmpty()) {
            return answered(directive, exchange.upstream.remove());
        }
        return new Turn.Passed(new Outcome.PassedTo(ByteText.visible(target), script));
    }

    /**
     * {@code ngx_http_upstream_intercept_errors()} in {@code ngx_http_upstream.c}: the answer is sent as it comes, unless
     * there is a page for it and it is to be used. What memcached does not have is 404 in any case.
     */
    private Turn answered(Directive directive, int status) {
        String protocol = directive.name().replaceFirst("_pass$", "");
        boolean missing = status == 404 && protocol.equals("memcached");
        boolean page = exchange.settings().isOn(protocol + "_intercept_errors")
                && exchange.settings().errorPages.stream()
                        .anyMatch(p -> p.statuses().contains(status));
        exchange.proof.step(directive.name(), directive, "is answered with " + status);
        return missing || page ? new Turn.Special(status) : new Turn.Sent(status, Optional.empty());
    }

    /** The servers of a group, or the one that is named. */
    private List<String> servers(String target) {
        int scheme = target.indexOf("://");
        String rest = scheme < 0 ? target : target.substring(scheme + 3);
        if (rest.startsWith("unix:")) {
            return List.of(rest);
        }
        int end = rest.indexOf('/');
        return exchange.configuration.upstream(end < 0 ? rest : rest.substring(0, end));
    }

    private static Optional<PathBytes> socket(String server) {
        if (!server.startsWith("unix:")) {
            return Optional.empty();
        }
        int colon = server.indexOf(':', 5);
        return Optional.of(ByteText.path(server.substring(5, colon < 0 ? server.length() : colon)));
    }

    private Optional<Refusal> refusal(Directive directive, PathBytes socket) {
        Tree.Found found = exchange.tree.access(socket, Need.WRITE);
        if (found instanceof Tree.Found.Unknown unknown) {
            exchange.proof.doubt(unknown.why());
            return Optional.empty();
        }
        if (!(found instanceof Tree.Found.Failed failed)) {
            return Optional.empty();
        }
        boolean permission = failed.errno() == Errno.EACCES;
        Refusal.Blame blame = permission
                ? new Refusal.Blame.File(socket, Need.WRITE, failed.errno())
                : new Refusal.Blame.Place(socket);
        return Optional.of(new Refusal(
                permission ? Reason.PERMISSION : Reason.UPSTREAM,
                blame,
                directive.text(),
                502,
                Optional.of(socket),
                Refusal.Meaning.ACCIDENT));
    }

    private Optional<PathBytes> script(Directive directive) {
        if (!directive.name().equals("fastcgi_pass")) {
            return Optional.empty();
        }
        return exchange.settings().script.map(t -> {
            Value value = t.evaluate(exchange.variables::value);
            return ByteText.path(value.text());
        });
    }
}
