package docrootaudit.server.nginx;

import docrootaudit.server.ConfigSyntaxException;
import java.util.Optional;

/** What answers the requests of a location, if it is not the file system. */
sealed interface Handler {
    Directive directive();

    /**
     * Passes requests on.
     *
     * @param target the upstream as written
     */
    record Upstream(Directive directive, Template target) implements Handler {}

    /** A picture of one dot. */
    record EmptyGif(Directive directive) implements Handler {}

    /** Figures about the server. */
    record StubStatus(Directive directive) implements Handler {}

    /** Films: files, for GET and HEAD only. */
    record Film(Directive directive) implements Handler {}

    /** A program or module that nothing is known of. */
    record Opaque(Directive directive) implements Handler {}

    /** The handler that a directive sets, if it sets one. */
    static Optional<Handler> of(Directive directive) throws ConfigSyntaxException {
        return switch (directive.name()) {
            case "proxy_pass", "fastcgi_pass", "uwsgi_pass", "scgi_pass", "grpc_pass", "memcached_pass" ->
                Optional.of(new Upstream(directive, Template.of(directive.word(0), directive.source())));
            case "empty_gif" -> Optional.of(new EmptyGif(directive));
            case "stub_status" -> Optional.of(new StubStatus(directive));
            case "flv", "mp4" -> Optional.of(new Film(directive));
            default ->
                Catalog.isInherited(directive.name())
                                || Catalog.doubt(directive).isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Opaque(directive));
        };
    }
}
