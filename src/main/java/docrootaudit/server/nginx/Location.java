package docrootaudit.server.nginx;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A block whose settings can hold for a request: a {@code location}, a whole {@code server}, an {@code if} or a
 * {@code limit_except}.
 */
final class Location {
    /** How a location is chosen. */
    enum Kind {
        EXACT,
        PREFIX,
        /** {@code ^~}: no regular expression is tried once it is the longest. */
        FIRM_PREFIX,
        REGEX,
        NAMED
    }

    /**
     * What stands behind the word location.
     *
     * @param text without the sign of its kind
     */
    record Name(Kind kind, String text, Optional<Regex> pattern) {}

    private static final Set<String> METHODS = Set.of(
            "GET",
            "HEAD",
            "POST",
            "PUT",
            "DELETE",
            "MKCOL",
            "COPY",
            "MOVE",
            "OPTIONS",
            "PROPFIND",
            "PROPPATCH",
            "LOCK",
            "UNLOCK",
            "PATCH");

    private final Directive opening;
    private final Optional<Name> name;
    private final Settings settings;
    private final Optional<Handler> handler;
    private final Optional<TryFiles> tryFiles;
    private final List<Instruction> rewrites;
    private final Locations inner;
    private final Optional<Location> limited;

    /**
     * @param limited what holds instead for methods that {@code limit_except} does not name
     */
    Location(
            Directive opening,
            Optional<Name> name,
            Settings settings,
            Optional<Handler> handler,
            Optional<TryFiles> tryFiles,
            List<Instruction> rewrites,
            Locations inner,
            Optional<Location> limited) {
        this.opening = opening;
        this.name = name;
        this.settings = settings;
        this.handler = handler;
        this.tryFiles = tryFiles;
        this.rewrites = List.copyOf(rewrites);
        this.inner = inner;
        this.limited = limited;
    }

    Directive opening() {
        return opening;
    }

    Optional<Name> name() {
        return name;
    }

    Settings settings() {
        return settings;
    }

    Optional<Handler> handler() {
        return handler;
    }

    Optional<TryFiles> tryFiles() {
        return tryFiles;
    }

    List<Instruction> rewrites() {
        return rewrites;
    }

    Locations inner() {
        return inner;
    }

    /** What holds for a method: the block of {@code limit_except} if it does not name it. */
    Location forMethod(String method) {
        if (limited.isEmpty()) {
            return this;
        }
        List<String> named = limited.get().opening.words();
        boolean spared = METHODS.contains(method)
                && (named.stream().anyMatch(method::equalsIgnoreCase)
                        || (method.equals("HEAD") && named.stream().anyMatch("GET"::equalsIgnoreCase)));
        return spared ? this : limited.get();
    }

    Optional<Location> limited() {
        return limited;
    }

    /** Whether a request for its name without the last slash is redirected to it, as one that is passed on would fail. */
    boolean completesSlash() {
        return handler.filter(Handler.Upstream.class::isInstance).isPresent()
                && name.map(n -> n.text().endsWith("/")).orElse(false);
    }

    @Override
    public String toString() {
        return opening.text();
    }
}
