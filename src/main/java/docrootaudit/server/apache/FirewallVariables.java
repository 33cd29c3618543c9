package docrootaudit.server.apache;

import docrootaudit.server.Address;
import docrootaudit.server.Pcre;
import docrootaudit.server.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What ModSecurity's variables hold for a request without a body (re_variables.c). */
final class FirewallVariables {
    private final Hop hop;
    private final Request request;
    private final Journey journey;
    private final Map<String, String> transaction = new TreeMap<>();

    FirewallVariables(Hop hop) {
        this.hop = hop;
        this.journey = hop.journey();
        this.request = journey.request();
    }

    /** A value and its name in its collection. */
    record Value(String name, String value) {}

    /** The transaction's own variables, {@code TX}. */
    Map<String, String> transaction() {
        return transaction;
    }

    /** All values of a target, its exclusions aside; empty if nobody here knows them. */
    Optional<List<Value>> values(FirewallRule.Target target) {
        Optional<List<Value>> all = collection(target.variable());
        if (all.isEmpty() || target.selector().isEmpty()) {
            return all;
        }
        List<Value> selected = new ArrayList<>();
        for (Value value : all.get()) {
            if (isSelected(value.name(), target.selector().get())) {
                selected.add(value);
            }
        }
        return Optional.of(selected);
    }

    static boolean isSelected(String name, String selector) {
        boolean regex = selector.length() > 1 && selector.startsWith("/") && selector.endsWith("/");
        if (!regex) {
            return name.equalsIgnoreCase(selector);
        }
        return Pcre.httpd(selector.substring(1, selector.length() - 1), Pcre.Option.CASELESS)
                .map(p -> p.match(name) instanceof Pcre.Result.Match)
                .orElse(false);
    }

    private Optional<List<Value>> collection(String variable) {
        return switch (variable) {
            case "ARGS", "ARGS_GET" -> Optional.of(arguments());
            case "ARGS_NAMES", "ARGS_GET_NAMES" -> Optional.of(names(arguments()));
            case "ARGS_POST",
                    "ARGS_POST_NAMES",
                    "FILES",
                    "FILES_NAMES",
                    "FILES_SIZES",
                    "XML",
                    "MULTIPART_PART_HEADERS",
                    "FILES_TMPNAMES",
                    "FILES_TMP_CONTENT",
                    "REQUEST_BODY" -> Optional.of(List.of());
            case "REQUEST_HEADERS" -> Optional.of(headers());
            case "REQUEST_HEADERS_NAMES" -> Optional.of(names(headers()));
            case "REQUEST_COOKIES" -> Optional.of(cookies());
            case "REQUEST_COOKIES_NAMES" -> Optional.of(names(cookies()));
            case "TX" -> {
                List<Value> values = new ArrayList<>();
                transaction.forEach((name, value) -> values.add(new Value(name, value)));
                yield Optional.of(values);
            }
            case "ENV" -> {
                List<Value> values = new ArrayList<>();
                hop.env().forEach((name, value) -> values.add(new Value(name, value)));
                yield Optional.of(values);
            }
            default -> single(variable).map(value -> List.of(new Value("", value)));
        };
    }

    private Optional<String> single(String variable) {
        String target = request.target();
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        return switch (variable) {
            case "QUERY_STRING" -> Optional.of(query < 0 ? "" : target.substring(query + 1));
            case "REQUEST_URI", "REQUEST_URI_RAW" -> Optional.of(target);
            case "REQUEST_FILENAME" ->
                Optional.of(UriPath.decode(path, UriPath.Slashes.DECODE).path());
            case "REQUEST_BASENAME" -> Optional.of(path.substring(path.lastIndexOf('/') + 1));
            case "REQUEST_LINE" -> Optional.of(request.method() + " " + target + " HTTP/1.1");
            case "REQUEST_METHOD" -> Optional.of(request.method());
            case "REQUEST_PROTOCOL" -> Optional.of("HTTP/1.1");
            case "REMOTE_ADDR" -> Optional.of(journey.visitor().toString());
            case "SERVER_ADDR" -> request.to().map(Address::toString);
            case "SERVER_PORT" -> Optional.of(String.valueOf(request.port()));
            case "SERVER_NAME" -> Optional.of(new Variables(hop).serverName());
            case "PATH_INFO" -> Optional.of(hop.pathInfo());
            case "REMOTE_USER" -> Optional.of(hop.user().orElse(""));
            case "SCRIPT_FILENAME" -> Optional.of(hop.file());
            case "ARGS_COMBINED_SIZE" ->
                Optional.of(String.valueOf(arguments().stream()
                        .mapToInt(v -> v.name().length() + v.value().length())
                        .sum()));
            case "FILES_COMBINED_SIZE",
                    "REQUEST_BODY_LENGTH",
                    "REQBODY_ERROR",
                    "REQBODY_PROCESSOR_ERROR",
                    "MULTIPART_STRICT_ERROR",
                    "MULTIPART_UNMATCHED_BOUNDARY",
                    "MULTIPART_CRLF_LF_LINES",
                    "INBOUND_DATA_ERROR",
                    "URLENCODED_ERROR" -> Optional.of("0");
            case "REQBODY_PROCESSOR" -> Optional.of("");
            default -> Optional.empty();
        };
    }

    private List<Value> arguments() {
        List<Value> arguments = new ArrayList<>();
        int query = request.target().indexOf('?');
        for (String pair : query < 0
                ? new String[0]
                : request.target().substring(query + 1).split("&")) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                arguments.add(new Value(FirewallText.urlDecode(name), FirewallText.urlDecode(value)));
            }
        }
        return arguments;
    }

    private List<Value> headers() {
        List<Value> headers = new ArrayList<>();
        request.host().ifPresent(host -> headers.add(new Value("Host", host)));
        request.headers().forEach(h -> headers.add(new Value(h.name(), h.value())));
        return headers;
    }

    private List<Value> cookies() {
        List<Value> cookies = new ArrayList<>();
        for (String pair : request.header("Cookie").orElse("").split(";")) {
            int equals = pair.indexOf('=');
            if (!pair.isBlank()) {
                cookies.add(new Value(
                        (equals < 0 ? pair : pair.substring(0, equals)).strip(),
                        equals < 0 ? "" : pair.substring(equals + 1).strip()));
            }
        }
        return cookies;
    }

    private static List<Value> names(List<Value> values) {
        return values.stream().map(v -> new Value(v.name(), v.name())).toList();
    }

    /** Puts {@code %{tx.name}} and single variables into a text; empty if one of them is not known. */
    Optional<String> expand(String text) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        int open = text.indexOf("%{");
        while (open >= 0) {
            int end = text.indexOf('}', open);
            if (end < 0) {
                break;
            }
            String name = text.substring(open + 2, end);
            int dot = name.indexOf('.');
            String variable = (dot < 0 ? name : name.substring(0, dot)).toUpperCase(Locale.ROOT);
            Optional<String> selector = dot < 0 ? Optional.empty() : Optional.of(name.substring(dot + 1));
            Optional<List<Value>> values =
                    values(new FirewallRule.Target(variable, selector, FirewallRule.Target.Kind.VALUES));
            if (values.isEmpty()) {
                return Optional.empty();
            }
            out.append(text, at, open);
            if (!values.get().isEmpty()) {
                out.append(values.get().get(0).value());
            }
            at = end + 1;
            open = text.indexOf("%{", at);
        }
        return Optional.of(out.append(text.substring(at)).toString());
    }
}
