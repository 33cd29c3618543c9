package docrootaudit.server.apache;

import docrootaudit.server.Pcre;
import docrootaudit.server.Request;
import java.util.List;
import java.util.Optional;

/** The variables that mod_setenvif and mod_env set for a request. */
final class Environment {
    private final Hop hop;
    private final Journey journey;

    Environment(Hop hop) {
        this.hop = hop;
        this.journey = hop.journey();
    }

    /** {@code post_read_request}: the server's rules, on the URL as it was sent. */
    void early() {
        if (hop.isMain() && journey.has("mod_setenvif")) {
            hop.host().envRules().forEach(this::apply);
        }
    }

    /** {@code header_parser}: the rules of sections and .htaccess files. */
    void late() {
        if (journey.has("mod_setenvif")) {
            hop.config().envRules().forEach(this::apply);
        }
    }

    /** {@code fixups}: {@code SetEnv}, {@code UnsetEnv}, {@code PassEnv}. */
    void fixups() {
        if (!journey.has("mod_env")) {
            return;
        }
        for (Directive line : hop.config().env()) {
            List<String> words = line.words();
            switch (line.key()) {
                case "setenv" -> hop.env().put(line.first(), words.size() > 1 ? words.get(1) : "");
                case "unsetenv" -> words.forEach(hop.env()::remove);
                default ->
                    words.forEach(name -> Optional.ofNullable(journey.configuration()
                                    .definitions()
                                    .environment()
                                    .get(name))
                            .ifPresent(value -> hop.env().put(name, value)));
            }
        }
    }

    private void apply(EnvRule rule) {
        if (rule.expression().isPresent()) {
            if (new ExpressionRun(hop).isTrue(rule.expression().get())) {
                assign(rule, Optional.empty());
            }
            return;
        }
        if (rule.pattern().isEmpty()) {
            journey.doubt("its regular expression is not understood", rule.line());
            return;
        }
        Pcre.Result result = rule.pattern().get().match(value(rule));
        if (result instanceof Pcre.Result.Match match) {
            assign(rule, Optional.of(match));
        } else if (result instanceof Pcre.Result.Undecided undecided) {
            journey.doubt(undecided.why(), rule.line());
        }
    }

    private void assign(EnvRule rule, Optional<Pcre.Result.Match> match) {
        for (String assignment : rule.assignments()) {
            int equals = assignment.indexOf('=');
            String name = equals < 0 ? assignment : assignment.substring(0, equals);
            String value = equals < 0 ? "1" : assignment.substring(equals + 1);
            if (name.startsWith("!")) {
                hop.env().remove(name.substring(1));
            } else {
                hop.env().put(name, match.map(m -> Alias.substitute(value, m)).orElse(value));
            }
        }
    }

    private String value(EnvRule rule) {
        Request request = journey.request();
        return switch (rule.attributeKey()) {
            case "remote_addr" -> journey.visitor().toString();
            case "server_addr", "request_method", "request_uri" ->
                new Variables(hop).get(rule.attribute(), rule.line());
            case "request_protocol" -> "HTTP/1.1";
            case "remote_host" -> new Variables(hop).remoteHost(rule.line());
            default ->
                rule.attributeRegex()
                        .map(regex -> byName(regex, request))
                        .orElseGet(() -> request.header(rule.attribute())
                                .orElseGet(() -> hop.env().getOrDefault(rule.attribute(), "")));
        };
    }

    /** The last header whose name matches. */
    private static String byName(Pcre regex, Request request) {
        String value = "";
        for (Request.Header header : request.headers()) {
            if (regex.match(header.name()) instanceof Pcre.Result.Match) {
                value = header.value();
            }
        }
        return value;
    }
}
