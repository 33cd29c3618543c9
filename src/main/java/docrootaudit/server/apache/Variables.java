package docrootaudit.server.apache;

import docrootaudit.server.Address;
import docrootaudit.server.Request;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The variables that expressions and rewriting ask for. */
final class Variables {
    private static final Map<String, String> HEADERS = Map.of(
            "HTTP_USER_AGENT", "User-Agent",
            "HTTP_REFERER", "Referer",
            "HTTP_COOKIE", "Cookie",
            "HTTP_FORWARDED", "Forwarded",
            "HTTP_HOST", "Host",
            "HTTP_PROXY_CONNECTION", "Proxy-Connection",
            "HTTP_ACCEPT", "Accept");

    /** {@code *_var_names} of server/util_expr_eval.c; mod_ssl and mod_http2 add theirs. */
    private static final Set<String> OF_EXPRESSIONS = Set.of(
            "REQUEST_METHOD",
            "REQUEST_SCHEME",
            "REQUEST_URI",
            "DOCUMENT_URI",
            "REQUEST_FILENAME",
            "SCRIPT_FILENAME",
            "LAST_MODIFIED",
            "SCRIPT_USER",
            "SCRIPT_GROUP",
            "PATH_INFO",
            "QUERY_STRING",
            "IS_SUBREQ",
            "DOCUMENT_ROOT",
            "SERVER_ADMIN",
            "SERVER_NAME",
            "SERVER_PORT",
            "SERVER_PROTOCOL",
            "SERVER_SOFTWARE",
            "API_VERSION",
            "THE_REQUEST",
            "REMOTE_ADDR",
            "REMOTE_HOST",
            "REMOTE_IDENT",
            "REMOTE_USER",
            "REMOTE_PORT",
            "AUTH_TYPE",
            "CONN_REMOTE_ADDR",
            "CONTEXT_PREFIX",
            "CONTEXT_DOCUMENT_ROOT",
            "HANDLER",
            "REQUEST_LOG_ID",
            "CONN_LOG_ID",
            "REQUEST_STATUS",
            "HTTPS",
            "HTTP2",
            "IPV6",
            "TIME",
            "TIME_YEAR",
            "TIME_MON",
            "TIME_DAY",
            "TIME_HOUR",
            "TIME_MIN",
            "TIME_SEC",
            "TIME_WDAY");

    private final Hop hop;
    private final Journey journey;

    Variables(Hop hop) {
        this.hop = hop;
        this.journey = hop.journey();
    }

    /** Whether an expression may ask for it: of any other name the server makes an error. */
    static boolean isKnownToExpressions(String written) {
        String name = written.toUpperCase(Locale.ROOT);
        return HEADERS.containsKey(name)
                || OF_EXPRESSIONS.contains(name)
                || name.startsWith("SSL_")
                || name.startsWith("H2");
    }

    /** The value; the empty text where it has none. */
    String get(String written, Directive asking) {
        String name = written.toUpperCase(Locale.ROOT);
        Request request = journey.request();
        String header = HEADERS.get(name);
        if (header != null) {
            return header(header);
        }
        return switch (name) {
            case "REQUEST_METHOD" -> hop.method();
            case "REQUEST_SCHEME" -> request.scheme().word();
            case "REQUEST_URI", "DOCUMENT_URI" -> hop.uri();
            case "REQUEST_FILENAME", "SCRIPT_FILENAME" -> hop.file();
            case "PATH_INFO" -> hop.pathInfo();
            case "QUERY_STRING" -> hop.args().orElse("");
            case "IS_SUBREQ" -> hop.isMain() ? "false" : "true";
            case "THE_REQUEST" -> request.method() + " " + request.target() + " HTTP/1.1";
            case "SERVER_PROTOCOL" -> "HTTP/1.1";
            case "SERVER_NAME" -> serverName();
            case "SERVER_PORT" -> String.valueOf(request.port());
            case "SERVER_ADDR" -> request.to().map(Address::toString).orElseGet(() -> unknown(name, asking));
            case "DOCUMENT_ROOT" -> hop.host().documentRoot().utf8().orElse("");
            case "REMOTE_ADDR" -> journey.visitor().toString();
            case "REMOTE_HOST" -> remoteHost(asking);
            case "CONN_REMOTE_ADDR" -> request.from().toString();
            case "REMOTE_USER" -> hop.user().orElse("");
            case "AUTH_TYPE" ->
                hop.config().find("authtype").map(Directive::first).orElse("");
            case "HTTPS" -> request.scheme() == Request.Scheme.HTTPS ? "on" : "off";
            case "HTTP2" -> "off";
            case "IPV6" -> journey.visitor().isV4() ? "off" : "on";
            case "HANDLER" -> hop.handler().orElse("");
            case "CONTEXT_PREFIX" -> hop.contextPrefix().orElse("");
            case "CONTEXT_DOCUMENT_ROOT" ->
                hop.contextRoot().orElse(hop.host().documentRoot().utf8().orElse(""));
            case "SERVER_ADMIN" ->
                hop.host().setting("serveradmin").map(Directive::first).orElse("");
            case "REQUEST_STATUS" -> Integer.toString(hop.status());
            case "API_VERSION",
                    "SERVER_SOFTWARE",
                    "SCRIPT_USER",
                    "SCRIPT_GROUP",
                    "REMOTE_IDENT",
                    "REMOTE_PORT",
                    "LAST_MODIFIED",
                    "TIME",
                    "TIME_YEAR",
                    "TIME_MON",
                    "TIME_DAY",
                    "TIME_HOUR",
                    "TIME_MIN",
                    "TIME_SEC",
                    "TIME_WDAY" -> unknown(name, asking);
            default -> "";
        };
    }

    /**
     * {@code ap_get_useragent_host()} in server/core.c: the address itself, unless names are looked up for all visitors or
     * an earlier line asked for this one's.
     */
    String remoteHost(Directive asking) {
        boolean looked = journey.hasAskedForName()
                || hop.config()
                        .find("hostnamelookups")
                        .filter(d -> !d.first().equalsIgnoreCase("off"))
                        .isPresent();
        if (!looked) {
            return journey.visitor().toString();
        }
        return journey.visitorsName().orElseGet(() -> unknown("REMOTE_HOST", asking));
    }

    private String unknown(String name, Directive asking) {
        journey.doubt("it asks for " + name + ", which only the running server knows", asking);
        return "";
    }

    String header(String name) {
        return journey.request().header(name).orElse("");
    }

    /** A variable of the environment, as modules set it for a request, or the server's own. */
    Optional<String> env(String name) {
        String set = hop.env().get(name);
        if (set == null) {
            set = journey.configuration().definitions().environment().get(name);
        }
        return Optional.ofNullable(set);
    }

    /** What URLs of the server itself begin with: its name, as configured or as the visitor said it. */
    String serverName() {
        Optional<String> configured = hop.host().serverName();
        boolean canonical = hop.host().isOn("usecanonicalname");
        Optional<String> said = journey.request().host().map(h -> h.replaceFirst(":\\d*$", ""));
        return canonical
                ? configured.or(() -> said).orElse("")
                : said.or(() -> configured).orElse("");
    }
}
