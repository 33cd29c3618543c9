package docrootaudit.server.nginx;

import docrootaudit.access.PathBytes;
import docrootaudit.server.Tree;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The status of a file that is sent: {@code ngx_http_range_filter_module.c}, {@code ngx_http_not_modified_filter_module.c}. */
final class Conditions {
    private static final List<String> ABOUT_TIME =
            List.of("If-Modified-Since", "If-Unmodified-Since", "If-Match", "If-None-Match", "If-Range");

    private final Exchange exchange;

    Conditions(Exchange exchange) {
        this.exchange = exchange;
    }

    Turn serve(PathBytes path, Tree.Found found) {
        for (String header : ABOUT_TIME) {
            if (exchange.request.header(header).isPresent()) {
                exchange.proof.doubt("the request has conditions on the file's age (" + header + ")");
            }
        }
        Optional<String> range = exchange.request.header("Range");
        if (range.isPresent() && range.get().toLowerCase(Locale.ROOT).startsWith("bytes=")) {
            exchange.proof.doubt("the request asks for a part of the file (Range)");
        }
        return new Turn.Sent(200, Optional.of(path));
    }
}
