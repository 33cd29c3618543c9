package docrootaudit.server.apache;

import docrootaudit.access.FileType;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.server.Answer;
import docrootaudit.server.ByteText;
import docrootaudit.server.Reason;
import docrootaudit.server.Refusal;
import docrootaudit.server.Tree;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The handlers: who produces the answer, and whether he can ({@code ap_invoke_handler()}). */
final class Content {
    private static final Pattern SCHEME = Pattern.compile("(?s)(?:unix:[^|]*\\|)?([A-Za-z0-9]+):");

    /** Who speaks what is behind {@code ProxyPass}; without it {@code proxy_handler()} answers 500 (AH01144). */
    private static final Map<String, String> PROTOCOLS = Map.of(
            "http", "mod_proxy_http",
            "https", "mod_proxy_http",
            "fcgi", "mod_proxy_fcgi",
            "ajp", "mod_proxy_ajp",
            "scgi", "mod_proxy_scgi",
            "uwsgi", "mod_proxy_uwsgi",
            "ftp", "mod_proxy_ftp");

    private static final Pattern SOCKET = Pattern.compile("unix:([^|]+)\\|.*");

    /** Names of handlers that leave the file to the server itself, or to a filter. */
    private static final Set<String> NO_HANDLERS =
            Set.of("default-handler", "server-parsed", "text/plain", "none", "send-as-is", "imap-file");

    private static final Set<String> TYPE_MAPS = Set.of("type-map", "application/x-type-map");

    private static final Pattern FASTCGI_PATH = Pattern.compile(".*fcgi://[^/]*(/[^?]*).*");

    /** Handlers of the server's own pages. */
    private static final Pattern PAGES = Pattern.compile("server-status|server-info|ldap-status|balancer-manager|"
            + "socache-status|heartbeat|md-status|cluster-status");

    private final Hop hop;
    private final Journey journey;

    Content(Hop hop) {
        this.hop = hop;
        this.journey = hop.journey();
    }

    /** What a handler came to. */
    sealed interface Result {
        /** A status; {@link Hop#OK} for an answer with 200. */
        record Status(int code) implements Result {}

        record PassedTo(String to, Optional<PathBytes> script) implements Result {}

        /** The request goes round again as another. */
        record Redirect(String url) implements Result {}
    }

    Result run() {
        String handler = hop.handler().or(hop::type).orElse("");
        if (handler.equals(DirectoryRewriting.REDIRECT_HANDLER)) {
            String target = hop.file().substring("redirect:".length());
            return new Result.Redirect(target + hop.args().map(a -> "?" + a).orElse(""));
        } else if (handler.equals(Dav.HANDLER)) {
            return new Result.Status(new Dav(hop).run().orElseGet(this::file));
        } else if (handler.equals("proxy-server") || handler.startsWith("proxy:")) {
            return proxy(handler);
        } else if (journey.has("mod_negotiation") && isTypeMap(hop) && hop.isGet()) {
            journey.doubt(ByteText.visible(hop.file()) + ": which of its variants is sent is not followed");
            return new Result.Status(file());
        } else if (isCgi(handler)) {
            return new Result.Status(cgi());
        } else if (PAGES.matcher(handler).matches() && isPage(handler)) {
            if (!hop.isGet()) {
                doubtHandler(handler);
            }
            return new Result.Status(hop.isGet() ? Hop.OK : file());
        } else if (isPhp(handler)) {
            return php();
        } else if (handler.equals(Types.DIRECTORY) && journey.has("mod_autoindex") && hop.isGet()) {
            return new Result.Status(listing());
        }
        Optional<Result> action = action(handler);
        if (action.isEmpty()) {
            doubtHandler(handler);
        }
        return action.isPresent() ? action.get() : new Result.Status(file());
    }

    /** A handler that somebody asks for by name may be a module's that is not known here; else it has no effect. */
    private void doubtHandler(String handler) {
        boolean asked = hop.handler().isPresent() && hop.handledBy().isPresent();
        if (journey.has("mod_asis")
                && handler.equals("send-as-is")
                && hop.found().isPresent()) {
            journey.doubt(ByteText.visible(hop.file()) + ": the status that it begins with is not looked at");
        } else if (handler.equals("balancer-manager") && isPage(handler)) {
            journey.doubt("what is sent to the balancer's page is not looked at");
        } else if (handler.equals("reflector") && journey.has("mod_reflector")) {
            journey.doubt("what is sent to the reflector is not looked at");
        } else if (asked
                && !NO_HANDLERS.contains(handler)
                && !journey.configuration().modules().strangers().isEmpty()) {
            journey.doubt("a handler that is not followed here", hop.handledBy().get());
        }
    }

    /** Whether a file only names others to choose from. */
    static boolean isTypeMap(Hop hop) {
        return TYPE_MAPS.contains(hop.handler().or(hop::type).orElse(""));
    }

    private boolean isReading() {
        return hop.isGet() || hop.method().equals("POST");
    }

    private boolean isCgi(String handler) {
        boolean loaded = journey.has("mod_cgi") || journey.has("mod_cgid");
        return loaded && (handler.equals("cgi-script") || handler.equals("application/x-httpd-cgi"));
    }

    private boolean isPage(String handler) {
        return switch (handler) {
            case "server-status" -> journey.has("mod_status");
            case "server-info" -> journey.has("mod_info");
            case "balancer-manager" -> journey.has("mod_proxy_balancer");
            case "ldap-status" -> journey.has("mod_ldap");
            case "md-status" -> journey.has("mod_md");
            default -> false;
        };
    }

    private boolean isPhp(String handler) {
        return journey.has("mod_php")
                && (handler.equals("application/x-httpd-php")
                        || handler.equals("php-script")
                        || handler.equals("application/x-httpd-php-source"));
    }

    /** {@code default_handler()} in server/core.c. */
    private int file() {
        String method = hop.method();
        if (!isReading()) {
            if (method.equals("OPTIONS")) {
                return Hop.OK;
            }
            boolean known =
                    MethodSet.KNOWN.contains(method) || (journey.has("mod_dav") && Dav.METHODS.contains(method));
            return hop.refuse(Journey.request(Reason.DENY_RULE, known ? 405 : 501));
        }
        if (hop.found().isEmpty() || hop.isDirectory()) {
            journey.step("file", ByteText.path(hop.file()), "not there");
            return hop.refuse(Journey.place(Reason.MISSING, hop.file(), 404, hop.mapped()));
        }
        boolean accepts = hop.config().isOn("acceptpathinfo");
        if (!accepts && !hop.pathInfo().isEmpty()) {
            journey.step("file", ByteText.path(hop.file()), "is a file; the URL goes on behind it");
            return hop.refuse(Journey.place(Reason.MISSING, hop.file() + hop.pathInfo(), 404, hop.mapped()));
        }
        if (!hop.isRegular()) {
            // a fifo would keep the server waiting for whoever writes into it
            journey.step("file", ByteText.path(hop.file()), "not a regular file");
            journey.doubt(ByteText.visible(hop.file()) + ": no regular file, and opened all the same");
            return hop.refuse(Journey.place(Reason.NOT_REGULAR, hop.file(), 403, hop.mapped()));
        }
        Tree.Found open = journey.access(hop.file(), Need.READ);
        if (open instanceof Tree.Found.Failed failed) {
            journey.step("file", ByteText.path(hop.file()), failed.errno().sentence());
            return hop.refuse(Journey.file(hop.file(), Need.READ, failed.errno(), 403, hop.mapped()));
        }
        journey.step("file", ByteText.path(hop.file()), "is served");
        return new Conditions(hop, hop.found().orElseThrow()).run();
    }

    /** {@code handle_autoindex()}. */
    private int listing() {
        OptionSet options = OptionSet.DEFAULT.merge(hop.config().options());
        String directory = hop.file().endsWith("/") ? hop.file() : hop.file() + "/";
        boolean lifted = options.isLifted(OptionSet.Option.INDEXES, journey.lifted());
        if (!options.has(OptionSet.Option.INDEXES) && !lifted) {
            journey.step("index", ByteText.path(directory), "no index, and listing is off");
            return hop.refuse(new Refusal(
                    Reason.MISSING_INDEX,
                    new Refusal.Blame.Place(
                            ByteText.path(directory.substring(0, Math.max(1, directory.length() - 1))),
                            hop.config().indexLine().map(Directive::source)),
                    hop.config()
                            .indexLine()
                            .map(l -> ByteText.visible(l.rule()))
                            .orElse(""),
                    403,
                    hop.mapped(),
                    Refusal.Meaning.ACCIDENT));
        }
        Tree.Found open = journey.access(directory, Need.LIST);
        if (open instanceof Tree.Found.Failed failed) {
            journey.step("index", ByteText.path(directory), failed.errno().sentence());
            return hop.refuse(Journey.file(directory, Need.LIST, failed.errno(), 403, hop.mapped()));
        }
        journey.step("index", ByteText.path(directory), "is listed");
        return Hop.OK;
    }

    /** {@code cgi_handler()}. */
    private int cgi() {
        OptionSet options = OptionSet.DEFAULT.merge(hop.config().options());
        boolean aliased = hop.notes().contains("alias-forced-type")
                && hop.handledBy().map(d -> d.key().startsWith("scriptalias")).orElse(false);
        if (!options.has(OptionSet.Option.EXEC_CGI)
                && !aliased
                && !options.isLifted(OptionSet.Option.EXEC_CGI, journey.lifted())) {
            Optional<Directive> line = options.line(OptionSet.Option.EXEC_CGI);
            Directive blamed = line.or(hop::handledBy).orElseThrow();
            journey.step("cgi", blamed, "scripts are not executed here");
            return hop.refuse(Journey.line(Reason.DENY_RULE, blamed, 403, hop.mapped()));
        } else if (hop.found().isEmpty()) {
            journey.step("cgi", ByteText.path(hop.file()), "not there");
            return hop.refuse(Journey.place(Reason.MISSING, hop.file(), 404, hop.mapped()));
        } else if (hop.isDirectory()) {
            journey.step("cgi", ByteText.path(hop.file()), "a directory is no script");
            return hop.refuse(Journey.place(Reason.DENY_RULE, hop.file(), 403, hop.mapped()));
        } else if (hop.config().isOff("acceptpathinfo") && !hop.pathInfo().isEmpty()) {
            Directive line = hop.config().find("acceptpathinfo").orElseThrow();
            return hop.refuse(Journey.line(Reason.MISSING, line, 404, hop.mapped()));
        }
        Tree.Found run = journey.access(hop.file(), Need.EXECUTE);
        if (run instanceof Tree.Found.Failed failed) {
            journey.step(
                    "cgi",
                    ByteText.path(hop.file()),
                    "cannot be executed: " + failed.errno().sentence());
            return hop.refuse(Journey.file(hop.file(), Need.EXECUTE, failed.errno(), 500, hop.mapped()));
        }
        if (journey.access(hop.file(), Need.READ) instanceof Tree.Found.Failed failed) {
            // a program runs all the same, a script cannot be read by its interpreter
            journey.doubt(
                    ByteText.visible(hop.file()) + ": whether it is a script, and not a program, is not looked at");
            return hop.refuse(Journey.file(hop.file(), Need.READ, failed.errno(), 500, hop.mapped()));
        }
        journey.step("cgi", ByteText.path(hop.file()), "is executed");
        return Hop.OK;
    }

    /** A script that mod_php reads as the worker. */
    private Result php() {
        if (hop.found().isEmpty()) {
            return new Result.Status(hop.refuse(Journey.place(Reason.MISSING, hop.file(), 404, hop.mapped())));
        }
        Tree.Found open = journey.access(hop.file(), Need.READ);
        if (open instanceof Tree.Found.Failed failed) {
            journey.step("php", ByteText.path(hop.file()), failed.errno().sentence());
            return new Result.Status(
                    hop.refuse(Journey.file(hop.file(), Need.READ, failed.errno(), 403, hop.mapped())));
        }
        journey.step("php", ByteText.path(hop.file()), "is executed");
        return new Result.Status(Hop.OK);
    }

    /** {@code proxy_handler()}: the request is passed on, if there is anybody who can be reached. */
    private Result proxy(String handler) {
        if (!journey.has("mod_proxy")) {
            return new Result.Status(file());
        }
        String target = hop.proxied().orElse(handler.replaceFirst("^proxy:", ""));
        Matcher scheme = SCHEME.matcher(target);
        String module = scheme.lookingAt() ? PROTOCOLS.get(scheme.group(1).toLowerCase(Locale.ROOT)) : null;
        if (module != null && !journey.has(module)) {
            journey.step("proxy", "no module speaks the protocol: " + module + " is not loaded");
            Refusal refusal = hop.handledBy()
                    .map(line -> Journey.line(Reason.UPSTREAM, line, 500, hop.mapped()))
                    .orElse(Journey.request(Reason.UPSTREAM, 500));
            return new Result.Status(hop.refuse(refusal));
        }
        Matcher socket = SOCKET.matcher(target);
        if (socket.matches()) {
            String path = socket.group(1);
            Tree.Found found = journey.access(path, Need.WRITE);
            if (found instanceof Tree.Found.Failed failed) {
                journey.step("proxy", ByteText.path(path), failed.errno().sentence());
                Refusal file = Journey.file(path, Need.WRITE, failed.errno(), 503, hop.mapped());
                return new Result.Status(
                        hop.refuse(new Refusal(Reason.UPSTREAM, file.blame(), "", 503, hop.mapped(), file.meant())));
            } else if (!found.is(FileType.SOCKET)) {
                return new Result.Status(hop.refuse(Journey.place(Reason.UPSTREAM, path, 503, hop.mapped())));
            }
        }
        hop.handledBy().ifPresent(line -> journey.step("proxy", line, "passes the request on"));
        if (!journey.upstream().isEmpty()) {
            return new Result.Status(answered(target, journey.upstream().remove()));
        }
        return new Result.PassedTo(ByteText.visible(target), script(target));
    }

    /** {@code ap_proxy_should_override()} in proxy_util.c: an error may have a page here, or is sent as it comes. */
    private int answered(String target, int status) {
        Optional<Directive> override =
                hop.config().find("proxyerroroverride").filter(d -> !d.first().equalsIgnoreCase("off"));
        List<String> codes = override.map(Directive::words).orElse(List.of()).stream()
                .filter(w -> !w.equalsIgnoreCase("on"))
                .toList();
        boolean named = codes.isEmpty() ? status >= 400 : codes.contains(Integer.toString(status));
        // mod_proxy_fcgi leaves alone what a rewrite rule led to
        boolean own = hop.isMain() && (hop.previous().isEmpty() || !target.contains("fcgi://"));
        if (override.isPresent() && named && own) {
            journey.step("proxy", override.get(), "puts a page of its own in the place of status " + status);
            return status;
        }
        hop.status(status);
        return Hop.OK;
    }

    /** The script that a FastCGI server is told to run: the file, or what is behind the address. */
    private Optional<PathBytes> script(String target) {
        if (!target.contains("fcgi://")) {
            return Optional.empty();
        } else if (hop.proxied().isEmpty()) {
            return hop.mapped();
        }
        Matcher behind = FASTCGI_PATH.matcher(target);
        return behind.matches() ? Optional.of(ByteText.path(behind.group(1))) : Optional.empty();
    }

    /** {@code action_handler()} of mod_actions. */
    private Optional<Result> action(String handler) {
        if (!journey.has("mod_actions")) {
            return Optional.empty();
        }
        Optional<Directive> line = hop.config().find("action " + handler);
        boolean ofMethod = line.isEmpty();
        if (ofMethod) {
            line = hop.config()
                    .find("script " + hop.method().toUpperCase(Locale.ROOT))
                    .filter(l -> !hop.isGet() || hop.args().isPresent());
            if (line.isEmpty() || hop.previous().flatMap(Hop::previous).isPresent()) {
                return Optional.empty();
            }
        }
        boolean virtual =
                line.get().words().size() > 2 && line.get().words().get(2).equalsIgnoreCase("virtual");
        if (!ofMethod && !virtual && hop.found().isEmpty()) {
            return Optional.of(
                    new Result.Status(hop.refuse(Journey.place(Reason.MISSING, hop.file(), 404, hop.mapped()))));
        }
        journey.step("action", line.get(), "hands the file to a script");
        String query = hop.args().map(a -> "?" + a).orElse("");
        return Optional.of(new Result.Redirect(line.get().words().get(1) + UriPath.escape(hop.uri()) + query));
    }

    /** Statuses that httpd has a line for ({@code status_lines} in modules/http/http_protocol.c); others become 500. */
    static boolean isKnown(int status) {
        return (status >= 200 && status <= 208)
                || status == 226
                || (status >= 300 && status <= 308)
                || (status >= 400 && status <= 417)
                || (status >= 421 && status <= 426)
                || status == 428
                || status == 429
                || status == 431
                || status == 451
                || (status >= 500 && status <= 508)
                || status == 510
                || status == 511;
    }

    /** What the visitor sees of what phases and handlers came to. */
    static Answer.Outcome outcome(int status, Hop hop) {
        int shown = status == Hop.OK || status == Hop.DONE ? hop.status() : status;
        return new Answer.Outcome.Status(isKnown(shown) ? shown : 500);
    }
}
