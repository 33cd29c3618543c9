package docrootaudit.server.nginx;

import java.util.Locale;
import java.util.Optional;

/** Whether a visitor takes compressed answers: {@code ngx_http_gzip_ok()} in {@code ngx_http_core_module.c}. */
final class Gzip {
    private final Exchange exchange;

    Gzip(Exchange exchange) {
        this.exchange = exchange;
    }

    boolean isAccepted() {
        Optional<String> encodings = exchange.request.header("Accept-Encoding");
        if (encodings.isEmpty() || !accepts(encodings.get().toLowerCase(Locale.ROOT))) {
            return false;
        }
        if (exchange.request.host().isEmpty()) {
            // an HTTP/1.0 request
            return false;
        }
        Optional<Directive> disable = exchange.settings().find("gzip_disable");
        if (disable.isPresent() && exchange.request.header("User-Agent").isPresent()) {
            exchange.proof.doubt(
                    "some browsers get no compressed answers", disable.get().source());
        }
        if (exchange.request.header("Via").isPresent()) {
            return exchange.settings()
                    .find("gzip_proxied")
                    .map(d -> d.words().contains("any"))
                    .orElse(false);
        }
        return true;
    }

    private static boolean accepts(String encodings) {
        for (String part : encodings.split(",")) {
            String[] words = part.strip().split(";");
            if (words[0].strip().equals("gzip")) {
                return words.length == 1 || !words[1].replace(" ", "").matches("q=0(\\.0*)?");
            }
        }
        return false;
    }
}
