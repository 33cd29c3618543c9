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
import docrootaudit.server.ByteText;
import docrootaudit.server.Request;
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

        UrlQuestion asking(String url, Optional<String> to) {
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
        this.sites = found.views();
        this.roots = found.roots();
        this.notes = found.notes();
        this.unseen = List.copyOf(unseen);
        this.pools = pools;
    }

    /** How servers are asked. */
    private enum Asked {
        /** As the schedule does. */
        USUALLY,
        OTHERWISE
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
        Sites found = new Sites(explainer, as, visitor);
        for (Served served : new Servers(host).all(which)) {
            // what is asked of one that does not run may be other than what that is started with
            String server =
                    Servers.Server.of(served) + more + (served.master().isPresent() ? "" : ", which does not run");
            found.add(served, server);
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
        Sites found = new Sites(explainer, given(host, settings), Visitor.ANYBODY);
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
                found.add(served, server);
                servers.computeIfAbsent(server, s -> new ArrayList<>()).add(served);
            } catch (WebException | IOException e) {
                unsettled.add(server);
                unread.put(server, e.getMessage());
            }
        }
        servers.keySet().removeAll(unsettled);
        found.leaveOut(unsettled);
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
