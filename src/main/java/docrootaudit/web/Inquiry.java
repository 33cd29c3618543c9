package docrootaudit.web;

import docrootaudit.server.ConfigSyntaxException;
import docrootaudit.server.Edit;
import docrootaudit.server.Request;
import docrootaudit.server.Tree;
import docrootaudit.server.WebServer;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One question to one server, asked as often as one likes with other things assumed. */
final class Inquiry {
    private final Served served;
    private final Request request;
    private final Seer worker;
    private final Pools pools;
    private final Map<List<Edit>, Optional<WebServer>> servers = new HashMap<>();

    /** Makes the pools when a script is passed on; as a rule none is. */
    @FunctionalInterface
    interface Pools {
        PhpPools find() throws IOException;
    }

    Inquiry(Served served, Request request, Seer worker, Pools pools) {
        this.served = served;
        this.request = request;
        this.worker = worker;
        this.pools = pools;
    }

    Request request() {
        return request;
    }

    Served served() {
        return served;
    }

    /** What is answered; empty if the configuration would be none any more. */
    Optional<Reply> ask(Assumed assumed) throws IOException {
        Optional<WebServer> server = server(assumed.edits());
        if (server.isEmpty()) {
            return Optional.empty();
        }
        Tree tree = worker.tree(assumed.mended(), assumed.edits());
        return Optional.of(
                new Asking(server.get(), request, worker, tree, assumed.lifted()).ask(pools, assumed.mended()));
    }

    /** The server as its configuration would be with the changes; empty if it would not start. */
    Optional<WebServer> server(List<Edit> edits) {
        return servers.computeIfAbsent(edits, e -> {
            try {
                return Optional.of(served.with(e));
            } catch (ConfigSyntaxException broken) {
                return Optional.empty();
            }
        });
    }
}
