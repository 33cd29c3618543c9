package docrootaudit.server;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a visitor sends, and over which connection.
 *
 * @param scheme whether the connection is encrypted
 * @param to the server's address; empty if it is not known which of the machine's
 * @param port the server's port
 * @param from the visitor's address as the server sees it
 * @param method {@code GET}, …
 * @param target path and query as on the request line, not decoded, beginning with a slash
 * @param host the {@code Host} header as sent, with its port if it has one; empty for none, as in HTTP/1.0
 * @param headers the others, in order
 * @param visitor the credentials sent
 */
public record Request(
        Scheme scheme,
        Optional<Address> to,
        int port,
        Address from,
        String method,
        String target,
        Optional<String> host,
        List<Header> headers,
        Visitor visitor) {
    /** Plain or encrypted. */
    public enum Scheme {
        HTTP(80),
        HTTPS(443);

        private final int defaultPort;

        Scheme(int defaultPort) {
            this.defaultPort = defaultPort;
        }

        public int defaultPort() {
            return defaultPort;
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One line of the head. */
    public record Header(String name, String value) {}

    /** What the visitor says who he is, by Basic authentication. */
    public sealed interface Visitor {
        /** Sends no credentials. */
        record Anonymous() implements Visitor {}

        /** Sends this name, and whatever password is right for it, if the server knows the name. */
        record Named(String name) implements Visitor {}

        /** Sends this name and password. */
        record Login(String name, String password) implements Visitor {
            /** Keeps the password out of messages. */
            @Override
            public String toString() {
                return "Login[name=" + name + "]";
            }
        }
    }

    public Request {
        headers = List.copyOf(headers);
    }

    /** Whether more than one header says which host is meant, which no server takes. */
    public boolean repeatsHost() {
        return host.isPresent() && headers.stream().anyMatch(h -> h.name().equalsIgnoreCase("Host"));
    }

    /** The value of the first header of that name, whatever its case; {@code Host} included. */
    public Optional<String> header(String name) {
        if (name.equalsIgnoreCase("Host")) {
            return host;
        }
        for (Header header : headers) {
            if (header.name().equalsIgnoreCase(name)) {
                return Optional.of(header.value());
            }
        }
        return Optional.empty();
    }
}
