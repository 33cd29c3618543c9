package docrootaudit.server.nginx;

import docrootaudit.access.PathBytes;
import docrootaudit.server.Address;
import docrootaudit.server.Answer.Doubt;
import docrootaudit.server.ByteText;
import docrootaudit.server.ConfigSyntaxException;
import docrootaudit.server.Pcre;
import docrootaudit.server.Request;
import docrootaudit.server.Tree;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The variables of one request: those that it brings, those that rules set, those that tables make of others. */
final class Variables {
    private static final Set<String> ADDRESSES = Set.of(
            "remote_addr",
            "binary_remote_addr",
            "realip_remote_addr",
            "http_x_forwarded_for",
            "http_x_real_ip",
            "proxy_protocol_addr",
            "proxy_add_x_forwarded_for");

    /** Those that could change on the way and keep the value that they had when they were first asked for. */
    private static final Set<String> CACHED = Set.of("invalid_referer", "remote_addr", "binary_remote_addr");

    /** Empty before anything is passed on. */
    private static final Set<String> NOT_YET = Set.of(
            "sent_http_location",
            "upstream_addr",
            "upstream_status",
            "upstream_cache_status",
            "content_length",
            "upstream_http_location",
            "uid_set",
            "uid_got",
            "uid_reset",
            "limit_rate",
            "request_body",
            "request_body_file");

    private final Exchange exchange;
    private final Map<String, Value> assigned = new HashMap<>();
    private final Map<String, Value> computed = new HashMap<>();
    private final Set<String> beingComputed = new HashSet<>();
    private List<String> captures = List.of();

    Variables(Exchange exchange) {
        this.exchange = exchange;
    }

    /** What a request within another begins with: the values that were set so far. */
    Variables within(Exchange inner) {
        Variables variables = new Variables(inner);
        assigned.forEach((name, value) -> {
            if (!name.equals("args")) {
                variables.assigned.put(name, value);
            }
        });
        variables.computed.putAll(computed);
        return variables;
    }

    /** Whether a variable is about where the visitor comes from. */
    static boolean isAddress(String name) {
        return ADDRESSES.contains(name.toLowerCase(Locale.ROOT));
    }

    /** A text of the configuration with variables in it. */
    String text(String source, Directive directive) {
        try {
            Value value = Template.of(source, directive.source()).evaluate(this::value);
            exchange.proof.doubt(value.doubt()
                    .map(d -> d.source().isPresent() ? d : new Doubt(d.reason(), Optional.of(directive.source()))));
            return value.text();
        } catch (ConfigSyntaxException e) {
            return source;
        }
    }

    /** Matches, and remembers what was captured. What cannot be decided does not match, and is doubted. */
    boolean match(Regex pattern, String text, Directive directive) {
        Pcre.Result result = pattern.match(text);
        if (result instanceof Pcre.Result.Match match) {
            // an expression that captures nothing leaves no captures at all, not even the whole
            captures = match.groups().size() == 1 ? List.of() : match.groups();
            match.named().forEach((name, value) -> assigned.put(name.toLowerCase(Locale.ROOT), Value.of(value)));
            return true;
        } else if (result instanceof Pcre.Result.Undecided undecided) {
            exchange.proof.doubt(undecided.why(), directive.source());
        }
        return false;
    }

    void forgetCaptures() {
        captures = List.of();
    }

    void set(String name, Value value) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.equals("args")) {
            exchange.args = value.text();
        }
        assigned.put(lower, value);
    }

    /** The value of a variable, its name in whatever case; of a capture by its digit. */
    Value value(String name) {
        if (name.length() == 1 && name.charAt(0) >= '1' && name.charAt(0) <= '9') {
            int index = name.charAt(0) - '0';
            return index < captures.size() ? Value.of(captures.get(index)) : Value.EMPTY;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.equals("args") || lower.equals("query_string")) {
            return Value.of(exchange.args);
        }
        Value set = assigned.get(lower);
        if (set != null) {
            return set;
        }
        Value known = computed.get(lower);
        if (known != null) {
            return known;
        }
        Optional<Table> table = exchange.configuration.table(lower);
        if (table.isPresent()) {
            return compute(lower, table.get());
        }
        if (exchange.configuration.isSetSomewhere(lower)) {
            return Value.EMPTY;
        }
        if (!beingComputed.add(lower)) {
            // a root below $request_filename, as "cycle while evaluating variable" has it in ngx_http_variables.c
            return Value.unknown(new Doubt("the variable $" + lower + " is made of itself", Optional.empty()));
        }
        Value value = builtIn(lower);
        beingComputed.remove(lower);
        if (CACHED.contains(lower)) {
            computed.put(lower, value);
        }
        return value;
    }

    /** A table's variable is computed once for a request, even if what it is made of changes; none is made of itself. */
    private Value compute(String name, Table table) {
        if (!beingComputed.add(name)) {
            return Value.unknown(new Doubt(
                    "the variable $" + name + " is made of itself",
                    Optional.of(table.directive().source())));
        }
        Value value = table.value(this, exchange.from);
        beingComputed.remove(name);
        if (!table.isVolatile()) {
            computed.put(name, value);
        }
        return value;
    }

    private Value builtIn(String name) {
        Request request = exchange.request;
        return switch (name) {
            case "uri", "document_uri" -> Value.of(exchange.uri);
            case "request_uri" -> Value.of(request.target());
            case "is_args" -> Value.of(exchange.args.isEmpty() ? "" : "?");
            case "request_method" -> Value.of(exchange.method);
            case "request" -> Value.of(request.method() + " " + request.target() + " " + serverProtocol());
            case "server_protocol" -> Value.of(serverProtocol());
            case "scheme" -> Value.of(request.scheme().word());
            case "https" -> Value.of(request.scheme() == Request.Scheme.HTTPS ? "on" : "");
            case "remote_addr" -> Value.of(exchange.from.toString());
            case "realip_remote_addr" -> Value.of(request.from().toString());
            case "binary_remote_addr" -> Value.of(ByteText.of(exchange.from.bytes()));
            // ngx_http_proxy_add_x_forwarded_for_variable()
            case "proxy_add_x_forwarded_for" -> {
                String forwarded = header("x_forwarded_for");
                yield Value.of((forwarded.isEmpty() ? "" : forwarded + ", ") + exchange.from);
            }
            case "remote_user" ->
                Value.of(Credentials.of(request).map(Credentials::name).orElse(""));
            case "server_port" -> Value.of(Integer.toString(request.port()));
            case "server_addr" -> request.to().map(a -> Value.of(a.toString())).orElse(unknown(name));
            case "server_name" -> Value.of(exchange.server.primaryName());
            case "host" ->
                Value.of(request.host()
                        .map(Reception::hostName)
                        .filter(h -> !h.isEmpty())
                        .orElse(exchange.server.primaryName()));
            case "document_root" -> exchange.base().map(b -> Value.of(b.path())).orElse(Value.EMPTY);
            case "realpath_root" -> exchange.base().map(b -> realPath(b.path())).orElse(Value.EMPTY);
            case "request_filename" -> exchange.mapped().map(Value::of).orElse(Value.EMPTY);
            case "secure_link" -> new SecureLink(exchange).value();
            case "secure_link_expires" -> Value.of(new SecureLink(exchange).expires());
            case "invalid_referer" ->
                new Referers(exchange.settings().referers, exchange.server.names()).invalid(request.header("Referer"));
            case "fastcgi_script_name" -> fastcgi(0);
            case "fastcgi_path_info" -> fastcgi(1);
            case "nginx_version" -> Value.of("1.22.1");
            case "request_completion", "pipe" -> Value.EMPTY;
            case "content_type" -> Value.of(request.header("Content-Type").orElse(""));
            case "dollar" -> unknown(name);
            default -> NOT_YET.contains(name) ? Value.EMPTY : prefixed(name);
        };
    }

    private Value prefixed(String name) {
        if (name.startsWith("ssl_")) {
            return tls(name);
        } else if (name.equals("http_authorization")) {
            return authorization();
        } else if (name.startsWith("http_")) {
            return Value.of(header(name.substring(5)));
        } else if (name.startsWith("arg_")) {
            return Value.of(argument(name.substring(4)));
        } else if (name.startsWith("cookie_")) {
            return Value.of(cookie(name.substring(7)));
        } else if (name.startsWith("upstream_") || name.startsWith("sent_http_")) {
            return Value.EMPTY;
        }
        return unknown(name);
    }

    /** About a connection without a client certificate; empty where it is not encrypted. */
    private Value tls(String name) {
        if (exchange.request.scheme() == Request.Scheme.HTTP) {
            return Value.EMPTY;
        }
        return switch (name) {
            case "ssl_client_verify" -> Value.of("NONE");
            case "ssl_server_name" ->
                Value.of(exchange.request
                        .host()
                        .map(Reception::hostName)
                        .filter(h -> Address.parse(h).isEmpty())
                        .orElse(""));
            case "ssl_protocol",
                    "ssl_cipher",
                    "ssl_ciphers",
                    "ssl_curve",
                    "ssl_curves",
                    "ssl_session_id",
                    "ssl_session_reused",
                    "ssl_early_data",
                    "ssl_alpn_protocol" -> unknown(name);
            default -> name.startsWith("ssl_client_") ? Value.EMPTY : unknown(name);
        };
    }

    /** The root with its links followed, which comes to the same; nothing if the worker cannot follow them (realpath(3)). */
    private Value realPath(String root) {
        PathBytes path = ByteText.path(root);
        Tree.Found found = exchange.tree.stat(path);
        new Files(exchange).noteHidden(path, found);
        return found instanceof Tree.Found.Failed ? Value.EMPTY : Value.of(root);
    }

    private static Value unknown(String name) {
        return Value.unknown(new Doubt("the value of $" + name + " is not known", Optional.empty()));
    }

    private String serverProtocol() {
        return exchange.request.host().isPresent() ? "HTTP/1.1" : "HTTP/1.0";
    }

    /** A header by the name of its variable; those of a list are joined. */
    private String header(String name) {
        if (name.equals("host")) {
            return exchange.request.host().orElse("");
        }
        List<String> values = values(name);
        if (name.equals("x_forwarded_for") || name.equals("cookie")) {
            return String.join(name.equals("cookie") ? "; " : ", ", values);
        }
        return values.isEmpty() ? "" : values.get(0);
    }

    /** The values of all lines of a header, by the name of its variable. */
    private List<String> values(String name) {
        return exchange.request.headers().stream()
                .filter(h -> Reception.isUsable(h, exchange.settings()))
                .filter(h -> h.name().toLowerCase(Locale.ROOT).replace('-', '_').equals(name))
                .map(Request.Header::value)
                .toList();
    }

    /** {@code ngx_http_arg()}: the first of that name, whatever its case, not decoded. */
    private String argument(String name) {
        for (String pair : exchange.args.split("&")) {
            if (pair.length() > name.length()
                    && pair.charAt(name.length()) == '='
                    && pair.regionMatches(true, 0, name, 0, name.length())) {
                return pair.substring(name.length() + 1);
            }
        }
        return "";
    }

    /** What a browser sends for a name and a password; the one without the other says nothing of it. */
    private Value authorization() {
        if (exchange.request.visitor() instanceof Request.Visitor.Login login) {
            byte[] both = (login.name() + ":" + login.password()).getBytes(StandardCharsets.UTF_8);
            return Value.of("Basic " + Base64.getEncoder().encodeToString(both));
        } else if (exchange.request.visitor() instanceof Request.Visitor.Named) {
            return new Value(
                    "Basic ",
                    Optional.of(new Doubt("the value of $http_authorization is not known", Optional.empty())));
        }
        return Value.of(header("authorization"));
    }

    /**
     * {@code ngx_http_parse_multi_header_lines()}: a value goes on up to a semicolon, whatever commas are in it. Where the
     * name stands without a value, what follows is passed over with it.
     */
    private String cookie(String name) {
        for (String line : values("cookie")) {
            int at = 0;
            while (at < line.length()) {
                if (line.regionMatches(true, at, name, 0, name.length())) {
                    at = pastSpaces(line, at + name.length());
                    if (at < line.length() && line.charAt(at++) == '=') {
                        int from = pastSpaces(line, at);
                        int end = line.indexOf(';', from);
                        return line.substring(from, end < 0 ? line.length() : end);
                    }
                }
                while (at < line.length() && line.charAt(at) != ';' && line.charAt(at) != ',') {
                    at++;
                }
                at = pastSpaces(line, at + 1);
            }
        }
        return "";
    }

    private static int pastSpaces(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    /** The script and what follows it: {@code ngx_http_fastcgi_split()}. */
    private Value fastcgi(int part) {
        Optional<Directive> split = exchange.settings().splitPathInfo;
        if (split.isPresent()) {
            Pcre.Result result =
                    Regex.compile(split.get().word(0), Regex.Case.SENSITIVE).match(exchange.uri);
            if (result instanceof Pcre.Result.Match match && match.groups().size() > 2) {
                return Value.of(match.groups().get(part + 1));
            } else if (result instanceof Pcre.Result.Undecided undecided) {
                return Value.unknown(
                        new Doubt(undecided.why(), Optional.of(split.get().source())));
            }
        }
        if (part == 1) {
            return Value.EMPTY;
        }
        String index = exchange.uri.endsWith("/")
                ? exchange.settings().find("fastcgi_index").map(d -> d.word(0)).orElse("")
                : "";
        return Value.of(exchange.uri + index);
    }
}
