package docrootaudit.web;

import docrootaudit.access.Errno;
import docrootaudit.access.PathBytes;
import docrootaudit.audit.AuditSettings;
import docrootaudit.audit.Host;
import docrootaudit.audit.Identities;
import docrootaudit.audit.IdentityException;
import docrootaudit.audit.ServerCause;
import docrootaudit.audit.ServerRules;
import docrootaudit.finding.Identity;
import docrootaudit.finding.Remedies;
import docrootaudit.finding.RuleLabel;
import docrootaudit.finding.ShellQuote;
import docrootaudit.finding.Unseen;
import docrootaudit.server.Address;
import docrootaudit.server.ByteText;
import docrootaudit.server.Request;
import docrootaudit.server.Site;
import docrootaudit.server.Source;
import docrootaudit.server.Tree;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The sites of this machine's web servers, and what their rules refuse to a visitor. */
public final class SiteRules implements ServerRules {
    /** Whoever writes a configuration has the server read it soon, and what is half done is nothing to be told of. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final UrlExplainer explainer;
    private final Map<String, List<Served>> servers;
    private final Asked asked;
    private final List<SiteView> sites;
    private final Map<PathBytes, Source> roots;
    private final List<String> notes;
    private final List<Unseen> unseen;
    private final SiteCauses causes = new SiteCauses();
    private final Inquiry.Pools pools;

    /**
     * Who asks.
     *
     * @param from where from; empty: an address that is nobody's
     * @param method the request method
     * @param headers {@code Name: value} each
     * @param user whom the visitor says to be
     * @param password with which; empty: whichever is right
     */
    public record Visitor(
            Optional<String> from,
            String method,
            List<PathBytes> headers,
            Optional<PathBytes> user,
            Optional<PathBytes> password) {
        /** From anywhere, without credentials. */
        public static final Visitor ANYBODY =
                new Visitor(Optional.empty(), "GET", List.of(), Optional.empty(), Optional.empty());

        public Visitor {
            headers = List.copyOf(headers);
        }

        private UrlQuestion asking(String url, Optional<String> to) {
            return new UrlQuestion(ByteText.path(url), from, to, method, headers, user, password);
        }

        /** Passwords stay out of messages and of what is kept. */
        @Override
        public String toString() {
            return "Visitor[" + from + ", " + method + ", " + headers + ", " + user + ", " + password.isPresent() + "]";
        }
    }

    private SiteRules(
            UrlExplainer explainer,
            Map<String, List<Served>> servers,
            Asked asked,
            Sites found,
            List<Unseen> unseen,
            Inquiry.Pools pools) {
        this.explainer = explainer;
        this.servers = servers;
        this.asked = asked;
        this.sites = List.copyOf(found.views);
        this.roots = found.roots;
        this.notes = List.copyOf(found.notes);
        this.unseen = List.copyOf(unseen);
        this.pools = pools;
    }

    /** How servers are asked. */
    private enum Asked {
        /** As the schedule does. */
        USUALLY,
        OTHERWISE
    }

    /** What the servers' configurations hold. */
    private static final class Sites {
        final List<SiteView> views = new ArrayList<>();
        final Map<PathBytes, Source> roots = new LinkedHashMap<>();
        final Set<String> notes = new LinkedHashSet<>();
    }

    /**
     * Finds the servers and reads what they are told.
     *
     * @param as whose access to files is meant; empty: each server's worker
     * @throws WebException if there is no web server, or none whose configuration can be read
     * @throws IOException if the files cannot be had
     */
    public static SiteRules find(
            Host host,
            ShellQuote quote,
            Clock clock,
            AuditSettings settings,
            WhichServer which,
            Visitor visitor,
            Optional<UrlExplainer.Given> as)
            throws WebException, IOException {
        UrlExplainer explainer = new UrlExplainer(host, quote, clock, settings);
        boolean plain = visitor.equals(Visitor.ANYBODY)
                && which.config().isEmpty()
                && which.prefix().isEmpty()
                && which.defines().isEmpty();
        String more =
                plain ? "" : String.format(Locale.ROOT, ", asked as #%08x", (visitor + " " + which.words()).hashCode());
        Map<String, List<Served>> servers = new LinkedHashMap<>();
        Sites found = new Sites();
        for (Served served : new Servers(host).all(which)) {
            // what is asked of one that does not run may be other than what that is started with
            String server =
                    Servers.Server.of(served) + more + (served.master().isPresent() ? "" : ", which does not run");
            sites(explainer, served, server, as, visitor, found);
            servers.computeIfAbsent(server, s -> new ArrayList<>()).add(served);
        }
        return new SiteRules(
                explainer, servers, plain ? Asked.USUALLY : Asked.OTHERWISE, found, List.of(), PhpPools.once(host));
    }

    /**
     * The servers that run, as anybody meets them. Of one that may go by what its configuration said before nothing is
     * said: not for a while, in which whoever has written it will have it read, and then that it cannot be seen.
     */
    public static SiteRules running(Host host, ShellQuote quote, Clock clock, AuditSettings settings) {
        UrlExplainer explainer = new UrlExplainer(host, quote, clock, settings);
        Servers.Running running = new Servers(host).running();
        Map<String, String> unread = new LinkedHashMap<>();
        running.unread().forEach((server, why) -> unread.put(server.toString(), why));
        Set<String> unsettled = new HashSet<>(unread.keySet());
        Map<String, List<Served>> servers = new LinkedHashMap<>();
        Sites found = new Sites();
        for (Served served : running.read()) {
            String server = Servers.Server.of(served).toString();
            Optional<Instant> written = served.unread().map(Map.Entry::getValue);
            if (written.isPresent()) {
                unsettled.add(server);
                if (!clock.instant().isBefore(written.get().plus(PATIENCE))) {
                    unread.put(server, stale(served));
                }
            }
            if (unsettled.contains(server)) {
                continue;
            }
            try {
                sites(explainer, served, server, given(host, settings), Visitor.ANYBODY, found);
                servers.computeIfAbsent(server, s -> new ArrayList<>()).add(served);
            } catch (WebException | IOException e) {
                unsettled.add(server);
                unread.put(server, e.getMessage());
            }
        }
        servers.keySet().removeAll(unsettled);
        found.views.removeIf(view -> unsettled.contains(view.server()));
        List<Unseen> unseen = unread.entrySet().stream()
                .map(e -> new Unseen(PathBytes.of("the rules of " + e.getKey()), e.getValue(), false))
                .toList();
        return new SiteRules(explainer, servers, Asked.USUALLY, found, unseen, PhpPools.once(host));
    }

    private static String stale(Served served) {
        return served.unread().orElseThrow().getKey() + " was written after " + served.name()
                + " had read it: reload that, which still goes by what the file said before";
    }

    /** Whoever is named; an account that nobody knows is told of by the scan. */
    private static Optional<UrlExplainer.Given> given(Host host, AuditSettings settings) {
        if (settings.identity().user().isEmpty()) {
            return Optional.empty();
        }
        try {
            Identity identity = new Identities(host).choose(settings.identity(), "the configuration");
            return Optional.of(new UrlExplainer.Given(identity, Optional.empty()));
        } catch (IdentityException e) {
            return Optional.empty();
        }
    }

    private static void sites(
            UrlExplainer explainer,
            Served served,
            String server,
            Optional<UrlExplainer.Given> as,
            Visitor visitor,
            Sites found)
            throws WebException, IOException {
        Seer worker = explainer.seer(served, as);
        found.notes.add("judged by the rules of " + served.server().program() + " too: " + served.why());
        served.newer().ifPresent(found.notes::add);
        found.notes.addAll(served.notes());
        for (Site site : served.server().sites()) {
            sites(served, server, worker, site, visitor, found);
        }
    }

    private static void sites(Served served, String server, Seer worker, Site site, Visitor visitor, Sites found)
            throws WebException {
        Set<Request.Scheme> schemes = new LinkedHashSet<>();
        for (Site.Listen listen : site.listens()) {
            if (!schemes.add(listen.scheme())) {
                continue; // what it says at another port of the kind is the same
            }
            Optional<UrlQuestion.Asked> asked = asked(served, worker, site, listen, visitor);
            if (asked.isEmpty()) {
                found.notes.add(
                        site.source() + ": no URL that can be written down leads to this server: it is not asked");
                continue;
            }
            for (Site.Root root : site.roots()) {
                views(served, server, worker, asked.get(), root, found);
            }
        }
    }

    /** How a site is asked for: by a name of its own, or without one if it answers whoever has none. */
    private static Optional<UrlQuestion.Asked> asked(
            Served served, Seer worker, Site site, Site.Listen listen, Visitor visitor) throws WebException {
        Tree tree = worker.tree(Mended.NOTHING, List.of());
        Optional<Address> own = listen.address().filter(a -> !a.isAny());
        List<String> hosts = new ArrayList<>();
        for (String name : site.names()) {
            String plain =
                    name.startsWith("*.") ? "www" + name.substring(1) : name.startsWith(".") ? name.substring(1) : name;
            if (plain.matches("[A-Za-z0-9.-]+")) {
                hosts.add(plain.toLowerCase(Locale.ROOT));
            }
        }
        hosts.add(UrlText.literal(own.orElseGet(() -> Address.parse("127.0.0.1").orElseThrow())));
        hosts.add("host.invalid"); // RFC 2606: nobody's
        for (String host : hosts) {
            String base = listen.scheme().word() + "://" + host + ":" + listen.port();
            Optional<String> to = own.map(a -> UrlText.literal(a) + ":" + listen.port());
            UrlQuestion.Asked asked = visitor.asking(base + "/", to).asked();
            if (own.isEmpty() && visitor.from().isEmpty()) {
                asked = fromAnywhere(asked);
            }
            if (served.server().takes(asked.request(), tree).equals(Optional.of(site.source()))) {
                return Optional.of(asked);
            }
        }
        return Optional.empty();
    }

    /** A host that is written as a loopback address is asked for from elsewhere all the same. */
    private static UrlQuestion.Asked fromAnywhere(UrlQuestion.Asked asked) throws WebException {
        Request like = asked.request();
        Request request = new Request(
                like.scheme(),
                Optional.empty(),
                like.port(),
                UrlQuestion.ANYBODY,
                like.method(),
                like.target(),
                like.host(),
                like.headers(),
                like.visitor());
        return new UrlQuestion.Asked(request, UrlQuestion.Origin.ANYWHERE);
    }

    private static void views(
            Served served, String server, Seer worker, UrlQuestion.Asked asked, Site.Root root, Sites found) {
        PathBytes directory = root.directory().withoutDots();
        var trace = worker.traces().of(directory).trace();
        if (DocumentRoots.isOfHomes(root)) {
            return;
        }
        if (trace.end().isEmpty() || !trace.end().get().inode().attributes().isDirectory()) {
            if (trace.end().isEmpty()) {
                found.notes.add(root.source() + ": " + directory + " is not there");
            }
            return;
        }
        PathBytes canonical = trace.end().get().path();
        found.roots.putIfAbsent(directory, root.source());
        Request request = asked.request();
        String base =
                request.scheme().word() + "://" + request.host().orElseThrow().replaceFirst(":\\d+$", "")
                        + (request.port() == request.scheme().defaultPort() ? "" : ":" + request.port());
        boolean literal = root.prefix().startsWith("/");
        String prefix = literal ? root.prefix().replaceFirst("/+$", "") : "";
        if (literal) {
            add(found.views, new SiteView(served, server, worker, asked, base, prefix, "", directory, canonical));
        }
        if (!prefix.isEmpty() || !literal) {
            // a root of a location: the URL's whole path lies below it
            add(found.views, new SiteView(served, server, worker, asked, base, "", prefix, directory, canonical));
        }
    }

    private static void add(List<SiteView> sites, SiteView view) {
        boolean known = sites.stream()
                .anyMatch(s -> s.base().equals(view.base())
                        && s.served().place().equals(view.served().place())
                        && s.prefix().equals(view.prefix())
                        && s.required().equals(view.required())
                        && s.directory().equals(view.directory()));
        if (!known) {
            sites.add(view);
        }
    }

    /** The directories that the servers serve, those below others left out, in the order of the configuration. */
    public List<PathBytes> roots() {
        return roots.keySet().stream()
                .filter(r -> DocumentRoots.isOutermost(r, roots.keySet()))
                .toList();
    }

    /** Whom the server's workers run as that serves a directory; empty if none does. */
    public Optional<Identity> identity(PathBytes root) {
        return sites.stream()
                .filter(s -> s.directory().startsWith(root) || root.startsWith(s.directory()))
                .min(Comparator.comparing(s -> !s.directory().equals(root)))
                .map(s -> s.worker().identity());
    }

    /** What there is to know of the servers. */
    public List<String> notes() {
        return notes;
    }

    @Override
    public List<String> servers() {
        return List.copyOf(servers.keySet());
    }

    @Override
    public boolean isUsual() {
        return asked == Asked.USUALLY;
    }

    @Override
    public boolean serves(String server, PathBytes root) {
        return sites.stream()
                .filter(s -> s.server().equals(server))
                .flatMap(s -> Stream.of(s.directory(), s.canonical()))
                .anyMatch(directory -> directory.startsWith(root) || root.startsWith(directory));
    }

    @Override
    public List<Unseen> unseen() {
        return unseen;
    }

    @Override
    public boolean mayStand(String server, PathBytes blamed) {
        return servers.getOrDefault(server, List.of()).stream().anyMatch(served -> mayStand(served, server, blamed));
    }

    private boolean mayStand(Served served, String server, PathBytes blamed) {
        Optional<PathBytes> file = RuleLabel.fileOf(blamed);
        if (file.isEmpty()) {
            return true;
        }
        if (served.written().containsKey(file.get())) {
            try {
                return holds(RulePlaces.of(served.files().read(file.get())), blamed);
            } catch (IOException e) {
                return true;
            }
        }
        Optional<SiteView> tenant = sites.stream()
                .filter(s -> s.server().equals(server)
                        && (file.get().startsWith(s.directory()) || file.get().startsWith(s.canonical())))
                .findFirst();
        if (tenant.isEmpty()) {
            return false; // the configuration includes it no more
        }
        Tree.Contents contents =
                tenant.get().worker().tree(Mended.NOTHING, List.of()).read(file.get());
        if (contents instanceof Tree.Contents.Read read) {
            return holds(RulePlaces.ofTenants(read.text()), blamed);
        }
        return !(contents instanceof Tree.Contents.Failed failed && failed.errno() == Errno.ENOENT);
    }

    private static boolean holds(RulePlaces places, PathBytes blamed) {
        RuleLabel.Words words = RuleLabel.Words.of(blamed).orElseThrow();
        return places.hold(words.rule(), words.place());
    }

    @Override
    public Instant written(ServerCause cause) {
        Instant configured = servers.getOrDefault(cause.server(), List.of()).stream()
                .map(Served::changed)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        Instant own = cause.line()
                .flatMap(line -> sites.stream()
                        .filter(s -> s.server().equals(cause.server()))
                        .findFirst()
                        .map(s -> new Traces(s.served().tree())
                                .of(line.file())
                                .stamp()
                                .changed()))
                .orElse(Instant.EPOCH);
        return own.isAfter(configured) ? own : configured;
    }

    @Override
    public Questions questions() {
        return new SiteQuestions(sites, causes, pools);
    }

    @Override
    public Remedies remedies(ServerCause cause, PathBytes url) {
        String text = ByteText.of(url);
        Optional<SiteView> site =
                sites.stream().filter(s -> text.startsWith(s.base() + "/")).findFirst();
        if (site.isEmpty()) {
            return Remedies.NONE;
        }
        SiteView view = site.get();
        Request request = view.requestFor(text.substring(view.base().length()));
        try {
            return explainer
                    .explain(url, new UrlQuestion.Asked(request, view.asked().origin()), view.served(), view.worker())
                    .remedies();
        } catch (IOException e) {
            return Remedies.NONE;
        }
    }
}
