package docrootaudit.server.apache;

import docrootaudit.access.FileType;
import docrootaudit.access.PathBytes;
import docrootaudit.server.ByteText;
import docrootaudit.server.Refusal;
import docrootaudit.server.Tree;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One request as httpd has it ({@code request_rec}): the visitor's, a redirection inside the server, or one that it asks
 * itself to learn what would come of it.
 */
final class Hop {
    /** The phase has done its work. */
    static final int OK = 0;

    /** The phase leaves it to others. */
    static final int DECLINED = -1;

    /** The answer is complete. */
    static final int DONE = -2;

    private final Journey journey;
    private final Host host;
    private final Optional<Hop> parent;
    private final Optional<Hop> previous;
    private final String method;
    private final Map<String, String> env;
    private final Set<String> notes = new HashSet<>();
    private final Map<MimeMap.Kind, List<String>> meanings = new EnumMap<>(MimeMap.Kind.class);
    private final List<Refusal> refusals = new ArrayList<>();
    private DirConfig config;
    private String uri;
    private Optional<String> args;
    private Optional<String> filename = Optional.empty();
    private String pathInfo = "";
    private Optional<Tree.Found.There> found = Optional.empty();
    private Optional<String> handler = Optional.empty();
    private Optional<Directive> handledBy = Optional.empty();
    private Optional<String> type = Optional.empty();
    private Optional<String> user = Optional.empty();
    private Optional<Directive> forcedBy = Optional.empty();
    private String forcedHandler = "";
    private Optional<String> proxied = Optional.empty();
    private Optional<String> contextPrefix = Optional.empty();
    private Optional<String> contextRoot = Optional.empty();
    private boolean ended;
    private boolean byRule;
    private int status = 200;

    private Hop(
            Hop from, Optional<Hop> parent, Optional<Hop> previous, String method, String uri, Optional<String> args) {
        this.journey = from.journey;
        this.host = from.host;
        this.parent = parent;
        this.previous = previous;
        this.method = method;
        this.uri = uri;
        this.args = args;
        this.env = new HashMap<>();
        this.config = host.defaults();
        this.ended = from.ended;
    }

    /** The visitor's own. */
    Hop(Journey journey, Host host, String uri, Optional<String> args) {
        this.journey = journey;
        this.host = host;
        this.parent = Optional.empty();
        this.previous = Optional.empty();
        this.method = journey.request().method();
        this.uri = uri;
        this.args = args;
        this.env = new HashMap<>();
        this.config = host.defaults();
    }

    /** A request inside of this one for another URL ({@code ap_sub_req_lookup_uri()}). */
    Hop sub(String target) {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        if (!path.startsWith("/")) {
            path = UriPath.escape(uri.substring(0, uri.lastIndexOf('/') + 1)) + path;
        }
        Hop sub = new Hop(
                this,
                Optional.of(this),
                Optional.empty(),
                "GET",
                path,
                query < 0 ? Optional.empty() : Optional.of(target.substring(query + 1)));
        sub.env.putAll(env);
        return sub;
    }

    /** This request led on to another URL ({@code internal_internal_redirect()}). */
    Hop redirect(String target, String newMethod) {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        Hop next = new Hop(
                this,
                parent,
                Optional.of(this),
                newMethod,
                path,
                query < 0 ? Optional.empty() : Optional.of(target.substring(query + 1)));
        env.forEach((name, value) -> next.env.put("REDIRECT_" + name, value));
        next.status(status);
        next.env.put("REDIRECT_STATUS", Integer.toString(status));
        return next;
    }

    /** Takes over what a request inside of this one has found ({@code ap_internal_fast_redirect()}). */
    void become(Hop sub) {
        uri = sub.uri;
        args = sub.args;
        filename = sub.filename;
        pathInfo = sub.pathInfo;
        found = sub.found;
        handler = sub.handler;
        handledBy = sub.handledBy;
        type = sub.type;
        config = sub.config;
        proxied = sub.proxied;
        sub.env.forEach(env::putIfAbsent);
        notes.addAll(sub.notes);
    }

    Journey journey() {
        return journey;
    }

    Host host() {
        return host;
    }

    Optional<Hop> parent() {
        return parent;
    }

    Optional<Hop> previous() {
        return previous;
    }

    boolean isMain() {
        return parent.isEmpty();
    }

    String method() {
        return method;
    }

    boolean isGet() {
        return method.equals("GET") || method.equals("HEAD");
    }

    Map<String, String> env() {
        return env;
    }

    Set<String> notes() {
        return notes;
    }

    /** An ending of the file's name says what language, encoding or character set it is in. */
    void means(MimeMap.Kind kind, String value) {
        meanings.computeIfAbsent(kind, k -> new ArrayList<>()).add(value);
    }

    List<String> meanings(MimeMap.Kind kind) {
        return meanings.getOrDefault(kind, List.of());
    }

    DirConfig config() {
        return config;
    }

    void config(DirConfig next) {
        config = next;
    }

    String uri() {
        return uri;
    }

    void uri(String next) {
        uri = next;
    }

    Optional<String> args() {
        return args;
    }

    void args(Optional<String> next) {
        args = next;
    }

    Optional<String> filename() {
        return filename;
    }

    /** The file's path; empty before there is one. */
    String file() {
        return filename.orElse("");
    }

    void file(String path) {
        filename = Optional.of(path);
    }

    String pathInfo() {
        return pathInfo;
    }

    void pathInfo(String rest) {
        pathInfo = rest;
    }

    /** What the path turned out to be; empty for nothing. */
    Optional<Tree.Found.There> found() {
        return found;
    }

    void found(Optional<Tree.Found.There> what) {
        found = what;
    }

    boolean isDirectory() {
        return found.isPresent() && found.get().type() == FileType.DIRECTORY;
    }

    boolean isRegular() {
        return found.isPresent() && found.get().type() == FileType.REGULAR;
    }

    Optional<String> handler() {
        return handler;
    }

    /** A rewrite rule wants this handler; it has the last word ({@code hook_mimetype()} in mod_rewrite.c). */
    void forceHandler(String name, Directive by) {
        forcedHandler = name;
        forcedBy = Optional.of(by);
    }

    /** The last word. */
    void applyForcedHandler() {
        if (forcedBy.isPresent()) {
            handler(forcedHandler, forcedBy);
        }
    }

    /** The line that chose the handler. */
    Optional<Directive> handledBy() {
        return handledBy;
    }

    void handler(String name, Optional<Directive> by) {
        handler = Optional.of(name);
        handledBy = by;
    }

    Optional<String> type() {
        return type;
    }

    void type(Optional<String> next) {
        type = next;
    }

    Optional<String> user() {
        return user;
    }

    void user(String name) {
        user = Optional.of(name);
    }

    /** Where a proxy passes it; empty if it does not. */
    Optional<String> proxied() {
        return proxied;
    }

    void proxied(String target) {
        proxied = Optional.of(target);
    }

    Optional<String> contextPrefix() {
        return contextPrefix;
    }

    Optional<String> contextRoot() {
        return contextRoot;
    }

    /** {@code ap_set_context_info()}. */
    void context(String prefix, String root) {
        contextPrefix = Optional.of(prefix);
        contextRoot = Optional.of(root);
    }

    /** The status that an answer with a body will have: a rule may have asked for another, and led on all the same. */
    int status() {
        return status;
    }

    void status(int next) {
        status = next;
    }

    /**
     * A rewrite rule answers, and makes the server forget that it was about another error already: that is how the page
     * for an error comes to change the status.
     */
    void answeredByRule() {
        byRule = true;
    }

    boolean isAnsweredByRule() {
        return byRule;
    }

    /** Whether a rule ended all rewriting. */
    boolean isEnded() {
        return ended;
    }

    void end() {
        ended = true;
    }

    Optional<PathBytes> mapped() {
        return filename.filter(f -> f.startsWith("/")).map(ByteText::path);
    }

    /** Refuses: the reason is kept, the status handed on. */
    int refuse(Refusal refusal) {
        refusals.add(Intent.of(refusal, uri));
        return refusal.status();
    }

    List<Refusal> refusals() {
        return refusals;
    }
}
