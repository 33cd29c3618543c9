package docrootaudit.server.nginx;

import docrootaudit.server.Address;
import docrootaudit.server.Answer;
import docrootaudit.server.Answer.Outcome;
import docrootaudit.server.ByteText;
import docrootaudit.server.Reason;
import docrootaudit.server.Refusal;
import docrootaudit.server.Request;
import docrootaudit.server.Source;
import docrootaudit.server.Tree;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One request on its way through nginx's phases ({@code ngx_http_core_run_phases()}), with all that changes on the way.
 * Each phase is a class of its own; here is what they share, and the order.
 */
final class Exchange {
    /** {@code NGX_HTTP_MAX_URI_CHANGES}, and one. */
    private static final int URI_CHANGES = 11;

    final Configuration configuration;
    final Request request;
    final Tree tree;
    final Set<Source> lifted;
    /** What those answer that the request is passed to, as far as that is known. */
    final Deque<Integer> upstream;
    /** When it is asked. */
    final Instant now;

    final Proof proof = new Proof();
    final Variables variables;

    VirtualServer server;
    /** What holds now; {@code r->loc_conf}. */
    Location place;

    /** Whether no server had the name that was asked for. */
    boolean unnamed;

    Address from;
    String method;
    String uri = "/";
    String args = "";
    boolean internal;
    boolean uriChanged;
    /** Off once a rewrite with break changed the URI: alias cannot be used then. */
    boolean validLocation = true;

    boolean addUriToAlias;
    /** Once a body was too large it is thrown away, and the page that says so may be as small as it likes. */
    boolean bodyRefused;

    Optional<Handler> handler = Optional.empty();
    /** The location that was found, whatever blocks in it hold. */
    private Optional<Location> around = Optional.empty();

    /** Whether the settings that hold name nobody whom the handler could pass the request to. */
    boolean passesNowhere;
    /** The {@code try_files} that chose a directory, and could have gone on. */
    Optional<Directive> choseDirectory = Optional.empty();

    /** What one request asks within another passes by the access phase. */
    private final boolean within;

    private int uriChanges = URI_CHANGES;
    private boolean pageSent;
    /** What the answer is sent with whatever comes; 0 for its own. */
    private int fixedStatus;

    Exchange(
            Configuration configuration,
            Request request,
            Tree tree,
            Set<Source> lifted,
            List<Integer> upstream,
            Instant now) {
        this.configuration = configuration;
        this.request = request;
        this.tree = tree;
        this.lifted = lifted;
        this.upstream = new ArrayDeque<>(upstream);
        this.now = now;
        this.from = request.from();
        this.method = request.method();
        this.variables = new Variables(this);
        this.within = false;
    }

    private Exchange(Exchange outer, String uri) {
        this.configuration = outer.configuration;
        this.request = outer.request;
        this.tree = outer.tree;
        this.lifted = outer.lifted;
        this.upstream = new ArrayDeque<>();
        this.now = outer.now;
        this.server = outer.server;
        this.place = outer.server.place();
        this.unnamed = outer.unnamed;
        this.from = outer.from;
        this.method = "GET";
        this.uri = uri;
        this.internal = true;
        this.variables = outer.variables.within(this);
        this.within = true;
    }

    /** Another URI asked for within this request, as {@code ngx_http_subrequest()} does. */
    Exchange subrequest(String otherUri) {
        return new Exchange(this, otherUri);
    }

    Answer run() {
        Turn turn = within ? new Turn.Go(Turn.Phase.SERVER_REWRITE) : new Reception(this).receive();
        while (true) {
            if (turn instanceof Turn.Go go) {
                turn = phase(go.phase());
            } else if (turn instanceof Turn.Special special) {
                turn = special(special.status());
            } else if (turn instanceof Turn.Internal redirect) {
                turn = internalRedirect(redirect);
            } else if (turn instanceof Turn.Named named) {
                turn = namedLocation(named.name());
            } else if (turn instanceof Turn.Sent sent) {
                int status = fixedStatus != 0 && sent.status() != 0 ? fixedStatus : sent.status();
                return answer(new Outcome.Status(status), sent);
            } else if (turn instanceof Turn.Passed passed) {
                Outcome outcome = fixedStatus != 0 ? new Outcome.Status(fixedStatus) : passed.outcome();
                return answer(outcome, new Turn.Sent(0, Optional.empty()));
            }
        }
    }

    private Answer answer(Outcome outcome, Turn.Sent sent) {
        proof.step("answer", outcome instanceof Outcome.Status status ? "status " + status.code() : "passed on");
        return new Answer(outcome, proof.steps(), proof.refusals(), sent.file(), proof.doubts());
    }

    /** Whether what is sent takes the place of an error, or goes to nobody. */
    boolean isError() {
        return within || (fixedStatus != 0 && fixedStatus != 200);
    }

    Settings settings() {
        return place.settings();
    }

    boolean isLifted(Directive directive) {
        return isLifted(directive.source());
    }

    boolean isLifted(Source line) {
        return lifted.contains(line);
    }

    private Turn phase(Turn.Phase phase) {
        return switch (phase) {
            case SERVER_REWRITE -> {
                Optional<Turn> end = new Rewriting(this).run(server.place().rewrites());
                yield end.orElse(new Turn.Go(Turn.Phase.FIND_CONFIG));
            }
            case FIND_CONFIG -> new LocationSearch(this).run();
            case REWRITE -> rewrite();
            case ACCESS -> {
                settings().doubtful.stream()
                        .filter(d -> Catalog.concerns(d.directive(), method))
                        .forEach(d -> proof.doubt(d.why(), d.directive().source()));
                new RealIp(this).apply();
                if (within) {
                    yield new Turn.Go(Turn.Phase.TRY_FILES);
                }
                yield new Access(this).run().orElse(new Turn.Go(Turn.Phase.TRY_FILES));
            }
            case TRY_FILES -> new Trying(this).run().orElse(new Turn.Go(Turn.Phase.CONTENT));
            case CONTENT -> new Content(this).run();
        };
    }

    private Turn rewrite() {
        if (place != server.place()) {
            Optional<Turn> end = new Rewriting(this).run(place.rewrites());
            if (end.isPresent()) {
                return end.get();
            }
        }
        if (!uriChanged) {
            return new Turn.Go(Turn.Phase.ACCESS);
        }
        if (--uriChanges == 0) {
            return cycle();
        }
        place = server.place();
        return new Turn.Go(Turn.Phase.FIND_CONFIG);
    }

    /** Makes a block's settings hold, as {@code ngx_http_update_location_config()} does: a handler stays until another comes. */
    void enter(Location location) {
        around = Optional.of(location);
        passesNowhere = false;
        place = location.forMethod(method);
        if (place != location) {
            place.settings().all("deny").stream()
                    .findFirst()
                    .ifPresent(d -> proof.step("method", place.opening(), "holds for " + ByteText.visible(method)));
        }
        if (place.handler().isPresent()) {
            handler = place.handler();
        }
    }

    /**
     * Makes the settings of an {@code if} hold. It passes on what the location around it does ({@code noname} in
     * {@code ngx_http_proxy_merge_loc_conf()}); of what another {@code if} does there stays but the handler, which then
     * knows no upstream.
     */
    void enterBlock(Location block) {
        Optional<Handler> inherited = around.flatMap(Location::handler).filter(Handler.Upstream.class::isInstance);
        Optional<Handler> own = block.handler().or(() -> inherited);
        boolean passes = handler.filter(Handler.Upstream.class::isInstance).isPresent();
        passesNowhere = own.isEmpty() && passes;
        handler = own.or(() -> handler);
        place = block;
    }

    private Turn internalRedirect(Turn.Internal redirect) {
        if (--uriChanges == 0) {
            return cycle();
        }
        uri = redirect.uri();
        args = redirect.args();
        internal = true;
        addUriToAlias = false;
        validLocation = true;
        choseDirectory = Optional.empty();
        place = server.place();
        return new Turn.Go(Turn.Phase.SERVER_REWRITE);
    }

    private Turn namedLocation(String name) {
        if (--uriChanges == 0) {
            return cycle();
        }
        Optional<Location> named = server.place().inner().named(name);
        if (named.isEmpty()) {
            proof.step("location", "there is no location " + ByteText.visible(name));
            return new Turn.Special(500);
        }
        internal = true;
        uriChanged = false;
        choseDirectory = Optional.empty();
        handler = Optional.empty();
        proof.step("location", named.get().opening(), "named location");
        enter(named.get());
        return new Turn.Go(Turn.Phase.REWRITE);
    }

    private Turn cycle() {
        Directive culprit = place.opening();
        proof.step("rewrite", culprit, "after ten changes of the URI nginx gives up");
        proof.refuse(Reason.REWRITE, culprit, 500, Refusal.Meaning.ACCIDENT);
        uriChanges = 0;
        return new Turn.Special(500);
    }

    /** {@code ngx_http_special_response_handler()}: an error, for which {@code error_page} may have something else. */
    private Turn special(int status) {
        if (status == Turn.CLOSED) {
            fixedStatus = 0;
            proof.step("answer", "the connection is closed without one");
            return new Turn.Sent(Turn.CLOSED, Optional.empty());
        }
        fixedStatus = status;
        if (!pageSent && !settings().errorPages.isEmpty() && uriChanges != 0) {
            pageSent = !settings().isOn("recursive_error_pages");
            for (ErrorPage page : settings().errorPages) {
                if (page.statuses().contains(status)) {
                    return errorPage(page, status);
                }
            }
        }
        if (status >= 494 && status <= 497) {
            fixedStatus = 400;
        }
        if ((status == 301 || status == 302) && isRefreshed()) {
            fixedStatus = 200;
        }
        return new Turn.Sent(fixedStatus, Optional.empty());
    }

    /** Old browsers of Microsoft are sent a page that leads on instead of a redirect, where that is wanted. */
    private boolean isRefreshed() {
        String agent = request.header("User-Agent").orElse("");
        return agent.contains("MSIE ") && !agent.contains("Opera") && settings().isOn("msie_refresh");
    }

    /** {@code ngx_http_send_error_page()}. */
    private Turn errorPage(ErrorPage page, int status) {
        page.answered().ifPresent(s -> fixedStatus = s);
        Value value = page.page().evaluate(variables::value);
        proof.doubt(value.doubt());
        proof.step("error_page", page.directive(), "in place of status " + status);
        String target = value.text();
        if (target.startsWith("/")) {
            if (!method.equals("HEAD")) {
                method = "GET";
            }
            int question = target.indexOf('?');
            return question < 0
                    ? new Turn.Internal(target, "")
                    : new Turn.Internal(target.substring(0, question), target.substring(question + 1));
        }
        if (target.startsWith("@")) {
            return new Turn.Named(target);
        }
        int answered = page.answered().orElse(0);
        boolean redirect = (answered >= 301 && answered <= 303) || answered == 307 || answered == 308;
        fixedStatus = isRefreshed() ? 200 : redirect ? answered : 302;
        return new Turn.Sent(fixedStatus, Optional.empty());
    }

    /** Where the files of the settings that hold now lie; empty where nginx cannot tell either. */
    Optional<Files.Base> base() {
        Settings.Root root = settings().root;
        if (root.kind() != Settings.Root.Kind.ROOT && !validLocation) {
            return Optional.empty();
        }
        Value path = root.path().evaluate(variables::value);
        proof.doubt(path.doubt());
        String text = path.text().startsWith("/")
                ? path.text()
                : ByteText.of(configuration.prefix().resolve(ByteText.path(path.text())));
        return Optional.of(new Files.Base(text, root));
    }

    /** The path that the URI stands for: {@code ngx_http_map_uri_to_path()}. */
    Optional<String> mapped() {
        return base().map(b -> b.path(uri, addUriToAlias));
    }
}
