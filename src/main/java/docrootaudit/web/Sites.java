package docrootaudit.web;

import docrootaudit.access.PathBytes;
import docrootaudit.server.Address;
import docrootaudit.server.Request;
import docrootaudit.server.Site;
import docrootaudit.server.Source;
import docrootaudit.server.Tree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The sites that servers' configurations name, each with a way to ask for it. */
final class Sites {
    private final UrlExplainer explainer;
    private final Optional<UrlExplainer.Given> as;
    private final SiteRules.Visitor visitor;
    private final List<SiteView> views = new ArrayList<>();
    private final Map<PathBytes, Source> roots = new LinkedHashMap<>();
    private final Set<String> notes = new LinkedHashSet<>();

    /**
     * None yet.
     *
     * @param as whose access to files is meant; empty: each server's worker
     * @param visitor who asks
     */
    Sites(UrlExplainer explainer, Optional<UrlExplainer.Given> as, SiteRules.Visitor visitor) {
        this.explainer = explainer;
        this.as = as;
        this.visitor = visitor;
    }

    List<SiteView> views() {
        return List.copyOf(views);
    }

    /** The directories that are served and where that is said, in the order of the configuration. */
    Map<PathBytes, Source> roots() {
        return roots;
    }

    /** What there is to know of the servers. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    /** Leaves out the sites of some servers. */
    void leaveOut(Set<String> servers) {
        views.removeIf(view -> servers.contains(view.server()));
    }

    /**
     * Adds the sites of a server.
     *
     * @param server what it is called
     * @throws WebException if one cannot be asked about
     * @throws IOException if the files cannot be had
     */
    void add(Served served, String server) throws WebException, IOException {
        Seer worker = explainer.seer(served, as);
        notes.add("judged by the rules of " + served.server().program() + " too: " + served.why());
        served.newer().ifPresent(notes::add);
        notes.addAll(served.notes());
        for (Site site : served.server().sites()) {
            add(served, server, worker, site);
        }
    }

    private void add(Served served, String server, Seer worker, Site site) throws WebException {
        Set<Request.Scheme> schemes = new LinkedHashSet<>();
        for (Site.Listen listen : site.listens()) {
            if (!schemes.add(listen.scheme())) {
                continue; // what it says at another port of the kind is the same
            }
            Optional<UrlQuestion.Asked> asked = asked(served, worker, site, listen);
            if (asked.isEmpty()) {
                notes.add(site.source() + ": no URL that can be written down leads to this server: it is not asked");
                continue;
            }
            for (Site.Root root : site.roots()) {
                add(served, server, worker, asked.get(), root);
            }
        }
    }

    /** How a site is asked for: by a name of its own, or without one if it answers whoever has none. */
    private Optional<UrlQuestion.Asked> asked(Served served, Seer worker, Site site, Site.Listen listen)
            throws WebException {
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

    private void add(Served served, String server, Seer worker, UrlQuestion.Asked asked, Site.Root root) {
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
            add(new SiteView(served, server, worker, asked, base, prefix, "", directory, canonical));
        }
        if (!prefix.isEmpty() || !literal) {
            // a root of a location: the URL's whole path lies below it
            add(new SiteView(served, server, worker, asked, base, "", prefix, directory, canonical));
        }
    }

    private void add(SiteView view) {
        boolean known = views.stream()
                .anyMatch(s -> s.base().equals(view.base())
                        && s.served().place().equals(view.served().place())
                        && s.prefix().equals(view.prefix())
                        && s.required().equals(view.required())
                        && s.directory().equals(view.directory()));
        if (!known) {
            views.add(view);
        }
    }
}
