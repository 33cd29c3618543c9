package docrootaudit.server.nginx;

import docrootaudit.server.Address;
import docrootaudit.server.ByteText;
import docrootaudit.server.Reason;
import docrootaudit.server.Refusal;
import docrootaudit.server.Request;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What nginx does with a request's head before any phase: {@code ngx_http_request.c}, {@code ngx_http_parse.c}. */
final class Reception {
    private static final int DEFAULT_HEAD_BUFFER = 8192;
    private static final int FIRST_HEAD_BUFFER = 1024;

    /** Those that {@code ngx_http_process_unique_header_line()} takes. */
    private static final List<String> ONCE = List.of(
            "If-Modified-Since",
            "If-Unmodified-Since",
            "If-Match",
            "If-None-Match",
            "If-Range",
            "Content-Length",
            "Content-Range",
            "Transfer-Encoding",
            "Expect",
            "Authorization");

    private final Exchange exchange;
    private final Request request;
    private final Configuration configuration;

    Reception(Exchange exchange) {
        this.exchange = exchange;
        this.request = exchange.request;
        this.configuration = exchange.configuration;
    }

    Turn receive() {
        Endpoint endpoint = configuration.endpoint(request.to(), request.port());
        if (!endpoint.isCertain()) {
            exchange.proof.doubt("other servers listen on other addresses of port " + request.port());
        }
        if (endpoint.standard().isEmpty()) {
            exchange.proof.step("server", "nothing listens on port " + request.port());
            exchange.server = configuration.nowhere();
            exchange.place = exchange.server.place();
            exchange.proof.doubt("nothing listens there");
            return new Turn.Sent(0, Optional.empty());
        }
        choose(endpoint.standard().get());
        Optional<Turn> bad = target();
        if (bad.isPresent()) {
            return bad.get();
        }
        Optional<String> name = request.host().map(Reception::hostName);
        if (name.isPresent()
                && (name.get().isEmpty() || !isValidHost(request.host().get()))) {
            return badRequest("the Host header is not valid");
        }
        Optional<VirtualServer> named = endpoint.named(name.orElse(""), exchange.variables);
        named.ifPresent(this::choose);
        String host = ByteText.visible(name.orElse(""));
        exchange.proof.step(
                "server",
                exchange.server.nameDirective().orElse(exchange.server.directive()),
                named.isPresent() ? "has the name " + host : "the default: none has the name " + host);
        exchange.unnamed = named.isEmpty();
        Optional<Turn> odd = scheme(endpoint).or(this::certificates).or(this::method);
        if (odd.isPresent()) {
            return odd.get();
        }
        new RealIp(exchange).apply();
        return new Turn.Go(Turn.Phase.SERVER_REWRITE);
    }

    private void choose(VirtualServer server) {
        exchange.server = server;
        exchange.place = server.place();
    }

    private Turn badRequest(String why) {
        return refuse(400, why);
    }

    private Turn refuse(int status, String why) {
        return refuse(status, why, status);
    }

    /** @param special nginx's own number for it, which {@code error_page} knows */
    private Turn refuse(int status, String why, int special) {
        exchange.proof.step("request", why);
        exchange.proof.refuse(new Refusal(
                Reason.DENY_RULE,
                new Refusal.Blame.Request(),
                "",
                status,
                Optional.empty(),
                Refusal.Meaning.ON_PURPOSE));
        return new Turn.Special(special);
    }

    private Optional<Turn> target() {
        if (!request.method().matches("[A-Z_-]+")) {
            return Optional.of(badRequest("the method is not valid"));
        }
        if (request.repeatsHost()) {
            return Optional.of(badRequest("two headers say which host is meant"));
        }
        int limit = exchange.settings()
                .find("large_client_header_buffers")
                .map(d -> size(d.word(1)))
                .orElse(DEFAULT_HEAD_BUFFER);
        int line = request.method().length() + request.target().length() + " ".length() + " HTTP/1.1\r\n".length();
        if (line > limit) {
            return Optional.of(refuse(414, "the request line is longer than " + limit + " bytes"));
        }
        Optional<Turn> large = largeHeader(limit);
        if (large.isPresent()) {
            return large;
        }
        boolean merge = exchange.settings()
                .find("merge_slashes")
                .map(d -> !d.word(0).equals("off"))
                .orElse(true);
        Optional<Uri> uri = Uri.parse(request.target(), merge ? Uri.Slashes.MERGED : Uri.Slashes.KEPT);
        if (uri.isEmpty()) {
            return Optional.of(badRequest("the URI is not valid"));
        }
        exchange.uri = uri.get().path();
        exchange.args = uri.get().args();
        return Optional.empty();
    }

    /** A line that fits neither into the first buffer nor into one of the larger ones. */
    private Optional<Turn> largeHeader(int limit) {
        int first = exchange.settings()
                .find("client_header_buffer_size")
                .map(d -> size(d.word(0)))
                .orElse(FIRST_HEAD_BUFFER);
        boolean large = request.headers().stream()
                .mapToInt(h -> h.name().length() + ": ".length() + h.value().length() + "\r\n".length())
                .anyMatch(length -> length > Math.max(limit, first));
        return large ? Optional.of(refuse(400, "a header is longer than " + limit + " bytes", 494)) : Optional.empty();
    }

    static int size(String text) {
        try {
            char unit = text.isEmpty() ? ' ' : Character.toLowerCase(text.charAt(text.length() - 1));
            int factor = unit == 'k' ? 1024 : unit == 'm' ? 1024 * 1024 : unit == 'g' ? 1024 * 1024 * 1024 : 1;
            String digits = factor == 1 ? text : text.substring(0, text.length() - 1);
            return (int) Math.min(Integer.MAX_VALUE, Long.parseLong(digits) * factor);
        } catch (NumberFormatException e) {
            return Integer.MAX_VALUE;
        }
    }

    private Optional<Turn> scheme(Endpoint endpoint) {
        if (request.scheme() == endpoint.scheme()) {
            return Optional.empty();
        }
        if (request.scheme() == Request.Scheme.HTTP) {
            exchange.proof.step("request", "plain HTTP was sent to a port for HTTPS");
            exchange.proof.refuse(new Refusal(
                    Reason.DENY_RULE,
                    new Refusal.Blame.Request(),
                    "",
                    400,
                    Optional.empty(),
                    Refusal.Meaning.ON_PURPOSE));
            return Optional.of(new Turn.Special(497));
        }
        exchange.proof.doubt("HTTPS was asked for and the port is one for plain HTTP");
        return Optional.of(new Turn.Sent(400, Optional.empty()));
    }

    /**
     * What TLS asks of a visitor, who sends no certificate: {@code ngx_http_ssl_servername()}, and
     * {@code ngx_http_process_request()} once the name is known.
     */
    private Optional<Turn> certificates() {
        if (request.scheme() != Request.Scheme.HTTPS) {
            return Optional.empty();
        }
        Settings settings = exchange.server.settings();
        Optional<Directive> rejects =
                settings.find("ssl_reject_handshake").filter(d -> d.word(0).equals("on"));
        if (rejects.isPresent() && !exchange.isLifted(rejects.get())) {
            exchange.proof.step("tls", rejects.get(), "ends the connection");
            exchange.proof.refuse(Reason.DENY_RULE, rejects.get(), Turn.CLOSED, Refusal.Meaning.ACCIDENT);
            return Optional.of(new Turn.Special(Turn.CLOSED));
        }
        Optional<Directive> verifies =
                settings.find("ssl_verify_client").filter(d -> d.word(0).equals("on"));
        if (verifies.isPresent() && !exchange.isLifted(verifies.get())) {
            exchange.proof.step("tls", verifies.get(), "no certificate was sent");
            exchange.proof.refuse(Reason.AUTH, verifies.get(), 400, Refusal.Meaning.ON_PURPOSE);
            return Optional.of(new Turn.Special(496));
        }
        return Optional.empty();
    }

    private Optional<Turn> method() {
        if (request.method().equals("TRACE") || request.method().equals("CONNECT")) {
            return Optional.of(refuse(405, "nginx never allows the method " + request.method()));
        }
        Optional<String> length = request.header("Content-Length");
        if (length.isPresent() && !length.get().matches("\\d{1,18}")) {
            return Optional.of(badRequest("the Content-Length is not valid"));
        }
        for (String name : request.headers().size() < 2 ? List.<String>of() : ONCE) {
            if (request.headers().stream()
                            .filter(h -> h.name().equalsIgnoreCase(name))
                            .count()
                    > 1) {
                return Optional.of(badRequest("the header " + name + " stands twice"));
            }
        }
        Optional<String> encoding = request.header("Transfer-Encoding");
        if (encoding.isPresent() && !encoding.get().equalsIgnoreCase("chunked")) {
            return Optional.of(refuse(501, "the Transfer-Encoding is not known"));
        }
        return Optional.empty();
    }

    /** The name without port and last dot, in lower case. */
    static String hostName(String host) {
        String bare = host;
        if (host.startsWith("[")) {
            int close = host.indexOf(']');
            bare = close < 0 ? host : host.substring(0, close + 1);
        } else if (host.indexOf(':') >= 0) {
            bare = host.substring(0, host.indexOf(':'));
        }
        if (bare.endsWith(".")) {
            bare = bare.substring(0, bare.length() - 1);
        }
        return bare.toLowerCase(Locale.ROOT);
    }

    /** {@code ngx_http_validate_host()}. */
    private static boolean isValidHost(String host) {
        if (host.contains("..")) {
            return false;
        }
        return host.chars().allMatch(c -> c > ' ' && c != 0x7f && c != '/');
    }

    /** Whether a header is looked at: by default a name is letters, digits and hyphens. */
    static boolean isUsable(Request.Header header, Settings settings) {
        boolean underscores = settings.isOn("underscores_in_headers");
        boolean all = settings.find("ignore_invalid_headers")
                .map(d -> d.word(0).equals("off"))
                .orElse(false);
        return all
                || header.name()
                        .chars()
                        .allMatch(c -> c == '-' || (Template.isNameCharacter((char) c) && (c != '_' || underscores)));
    }

    /** The visitor's own address, where he comes by a proxy that is trusted; it may have a port ({@code ngx_parse_addr_port()}). */
    static Optional<Address> parseAddress(String text) {
        String bare = text.strip();
        Optional<Address> plain = Address.parse(bare);
        int colon = bare.lastIndexOf(':');
        String port = bare.substring(colon + 1);
        boolean hasPort =
                colon > 0 && port.matches("\\d{1,5}") && Integer.parseInt(port) > 0 && Integer.parseInt(port) < 65536;
        return plain.isPresent() || !hasPort ? plain : Address.parse(bare.substring(0, colon));
    }
}
