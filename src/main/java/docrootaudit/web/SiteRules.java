package docrootaudit.web;

import docrootaudit.access.PathBytes;
import docrootaudit.audit.AuditSettings;
import docrootaudit.audit.Host;
import docrootaudit.audit.ServerCause;
import docrootaudit.audit.ServerRules;
import docrootaudit.finding.Identity;
import docrootaudit.finding.Remedies;
import docrootaudit.finding.ShellQuote;
import docrootaudit.server.Address;
import docrootaudit.server.ByteText;
import docrootaudit.server.Request;
import docrootaudit.server.Site;
import docrootaudit.server.Source;
import docrootaudit.server.Tree;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The sites of this machine's web servers, and what their rules refuse to a visitor. */
public final class SiteRules implements ServerRules {
    private final UrlExplainer explainer;
    private final List<SiteView> sites;
    private final Map<PathBytes, Source> roots;
    private final List<String> notes;
    private final Visitor visitor;
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
            List<SiteView> sites,
            Map<PathBytes, Source> roots,
            List<String> notes,
            Visitor visitor,
            Inquiry.Pools pools) {
        this.explainer = explainer;
        this.sites = List.copyOf(sites);
        this.roots = roots;
        this.notes = List.copyOf(notes);
        this.visitor = visitor;
        this.pools = pools;
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
        List<SiteView> sites = new ArrayList<>();
        Map<PathBytes, Source> roots = new LinkedHashMap<>();
        Set<String> notes = new LinkedHashSet<>();
        for (Served served : new Servers(host).all(which)) {
            Seer worker = explainer.seer(served, as);
            notes.add("judged by the rules of " + served.server().program() + " too: " + served.why());
            served.newer().ifPresent(notes::add);
            notes.addAll(served.notes());
            for (Site site : served.server().sites()) {
                sites(served, worker, site, visitor, sites, roots, notes);
            }
        }
        return new SiteRules(explainer, sites, roots, List.copyOf(notes), visitor, PhpPools.once(host));
    }

    private static void sites(
            Served served,
            Seer worker,
            Site site,
            Visitor visitor,
            List<SiteView> sites,
            Map<PathBytes, Source> roots,
            Set<String> notes)
            throws WebException {
        Set<Request.Scheme> schemes = new LinkedHashSet<>();
        for (Site.Listen listen : site.listens()) {
            if (!schemes.add(listen.scheme())) {
                continue; // what it says at another port of the kind is the same
            }
            Optional<UrlQuestion.Asked> asked = asked(served, worker, site, listen, visitor);
            if (asked.isEmpty()) {
                notes.add(site.source() + ": no URL that can be written down leads to this server: it is not asked");
                continue;
            }
            for (Site.Root root : site.roots()) {
                views(served, worker, asked.get(), root, sites, roots, notes);
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
            Served served,
            Seer worker,
            UrlQuestion.Asked asked,
            Site.Root root,
            List<SiteView> sites,
            Map<PathBytes, Source> roots,
            Set<String> notes) {
        PathBytes directory = root.directory().withoutDots();
        var trace = worker.traces().of(directory).trace();
        if (DocumentRoots.isOfHomes(root)) {
            return;
        }
        if (trace.end().isEmpty() || !trace.end().get().inode().attributes().isDirectory()) {
            if (trace.end().isEmpty()) {
                notes.add(root.source() + ": " + directory + " is not there");
            }
            return;
        }
        PathBytes canonical = trace.end().get().path();
        roots.putIfAbsent(directory, root.source());
        Request request = asked.request();
        String base =
                request.scheme().word() + "://" + request.host().orElseThrow().replaceFirst(":\\d+$", "")
                        + (request.port() == request.scheme().defaultPort() ? "" : ":" + request.port());
        boolean literal = root.prefix().startsWith("/");
        String prefix = literal ? root.prefix().replaceFirst("/+$", "") : "";
        if (literal) {
            add(sites, new SiteView(served, worker, asked, base, prefix, "", directory, canonical));
        }
        if (!prefix.isEmpty() || !literal) {
            // a root of a location: the URL's whole path lies below it
            add(sites, new SiteView(served, worker, asked, base, "", prefix, directory, canonical));
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
    public String word() {
        return "by the rules of the server"
                + (visitor.equals(Visitor.ANYBODY)
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                " for visitor #%08x",
                                visitor.toString().hashCode()));
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
