package docrootaudit.server.nginx;

import docrootaudit.server.Request;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * What a visitor says who he is, as {@code ngx_http_auth_basic_user()} takes it from the request.
 *
 * @param password empty for whatever is right
 */
record Credentials(String name, Optional<String> password) {
    static Optional<Credentials> of(Request request) {
        if (request.visitor() instanceof Request.Visitor.Named named) {
            return Optional.of(new Credentials(bytes(named.name()), Optional.empty()));
        } else if (request.visitor() instanceof Request.Visitor.Login login) {
            return split(bytes(login.name()) + ":" + bytes(login.password()));
        }
        return request.header("Authorization").flatMap(Credentials::basic);
    }

    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static Optional<Credentials> basic(String header) {
        if (!header.toLowerCase(Locale.ROOT).startsWith("basic ")) {
            return Optional.empty();
        }
        try {
            byte[] decoded = Base64.getDecoder().decode(header.substring(6).strip());
            return split(new String(decoded, StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Credentials> split(String text) {
        int colon = text.indexOf(':');
        return colon <= 0
                ? Optional.empty()
                : Optional.of(new Credentials(text.substring(0, colon), Optional.of(text.substring(colon + 1))));
    }

    @Override
    public String toString() {
        return "Credentials[name=" + name + "]";
    }
}
