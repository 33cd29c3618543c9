package docrootaudit.web;

import docrootaudit.access.FileType;
import docrootaudit.access.PathBytes;
import docrootaudit.access.PathCheck;
import docrootaudit.audit.Audit;
import docrootaudit.audit.AuditSettings;
import docrootaudit.audit.Host;
import docrootaudit.finding.CauseKind;
import docrootaudit.finding.Identity;
import docrootaudit.finding.ShellQuote;
import docrootaudit.finding.UrlCause;
import docrootaudit.finding.UrlProof;
import docrootaudit.server.Address;
import docrootaudit.server.ByteText;
import docrootaudit.server.Request;
import docrootaudit.server.Site;
import docrootaudit.walk.Entry;
import docrootaudit.walk.Listing;
import docrootaudit.walk.Node;
import docrootaudit.walk.SourceException;
import docrootaudit.walk.TreeReader;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Holds predictions against the running server: asks it on this machine, as a visitor would, not faster than it bears,
 * and follows no redirect.
 */
public final class Prober {
    private static final PathBytes AGENT = PathBytes.of("User-Agent: docroot-audit");
    private static final long MILLIS_BETWEEN = 50;

    private final Host host;
    private final ShellQuote quote;
    private final Clock clock;
    private final AuditSettings settings;
    private final RealServer real = new RealServer();

    public Prober(Host host, ShellQuote quote, Clock clock, AuditSettings settings) {
        this.host = host;
        this.quote = quote;
        this.clock = clock;
        this.settings = settings;
    }

    /** What came of the questions to one server so far. */
    private static final class Tally {
        long asked;
        long uncertain;
        final List<UrlProof.Disagreement> disagreements = new ArrayList<>();
        final List<String> failures = new ArrayList<>();
    }

    /**
     * Asks for one URL.
     *
     * @throws WebException if the question or the configuration is wrong
     * @throws IOException if the files cannot be had
     */
    public UrlProof probe(UrlQuestion question, WhichServer which)
            throws WebException, IOException, InterruptedException {
        Request request = question.asked().request();
        Served served = new Servers(host).choose(which, request.to(), request.port());
        Tally tally = new Tally();
        ask(served, question, tally);
        return proof(List.of(served), tally);
    }

    /**
     * Asks for what lies below all roots.
     *
     * @param sample for how many URLs of each root at most
     */
    public UrlProof probeAll(WhichServer which, int sample) throws WebException, IOException, InterruptedException {
        Tally tally = new Tally();
        List<Served> all = new Servers(host).all(which);
        for (Served served : all) {
            for (PathBytes url : urls(served, sample)) {
                ask(served, question(url), tally);
            }
        }
        return proof(all, tally);
    }

    private static UrlProof proof(List<Served> servers, Tally tally) {
        String words = String.join(
                "; ",
                servers.stream().map(s -> s.server().program() + ": " + s.why()).toList());
        return new UrlProof(words, tally.asked, tally.uncertain, tally.disagreements, tally.failures);
    }

    private static UrlQuestion question(PathBytes url) {
        return new UrlQuestion(
                url, Optional.empty(), Optional.empty(), "GET", List.of(), Optional.empty(), Optional.empty());
    }

    private void ask(Served served, UrlQuestion question, Tally tally)
            throws WebException, IOException, InterruptedException {
        Request asked = question.withHeader(AGENT).asked().request();
        Optional<Address> to = address(served, asked);
        if (to.isEmpty() || !RealServer.isHere(to.get())) {
            tally.failures.add(question.target() + ": "
                    + (to.isEmpty()
                            ? "nothing listens on port " + asked.port()
                            : to.get() + " is no address of this machine, and no other is asked"));
            return;
        } else if (asked.visitor() instanceof Request.Visitor.Named) {
            throw new WebException("the server has to be shown a password: give it with --password-file");
        }
        Address from = question.from().isPresent() ? asked.from() : RealServer.sourceFor(to.get());
        Request request = new Request(
                asked.scheme(),
                to,
                asked.port(),
                from,
                asked.method(),
                asked.target(),
                asked.host(),
                asked.headers(),
                asked.visitor());
        Identity worker = new Workers(host).of(served);
        Seer seer = new Seer(
                worker,
                served.worker().filter(w -> served.seesProcess()).map(Host.Child::pid),
                served.worker().map(Host.Child::started),
                new Traces(served.tree()),
                new PathCheck(worker.principal(), host.protectedSymlinks()));
        Reply reply = new Inquiry(served, request, seer, () -> PhpPools.of(host))
                .ask(Assumed.NOTHING)
                .orElseThrow();
        Thread.sleep(MILLIS_BETWEEN);
        int answered;
        try {
            answered = real.ask(request, to.get());
        } catch (IOException e) {
            tally.failures.add(question.target() + ": " + to.get() + ", port " + request.port() + " did not answer: "
                    + e.getMessage());
            return;
        }
        tally.asked++;
        if (reply.status().isEmpty() || !reply.answer().doubts().isEmpty()) {
            tally.uncertain++;
        } else if (reply.status().get() != answered) {
            tally.disagreements.add(new UrlProof.Disagreement(
                    question.target(),
                    words(request),
                    reply.status().get(),
                    answered,
                    reply.met().isEmpty() ? suspect(answered, seer) : cause(reply, request)));
        }
    }

    private static String words(Request request) {
        return request.method() + ", Host "
                + request.host().map(ByteText::visible).orElse("none") + ", from " + request.from() + " to "
                + request.to().orElseThrow() + ", port " + request.port();
    }

    /** What may refuse where neither configuration nor files do. */
    private String suspect(int answered, Seer seer) {
        if (answered < 400) {
            return "";
        }
        return host.confinement(seer.pid().stream().toList()).stream()
                .findFirst()
                .map(why -> CauseKind.LSM.word() + ": " + why)
                .orElse("");
    }

    private String cause(Reply reply, Request request) throws IOException {
        UrlCause cause = new RefusalExplainer(host, new Audit(host, quote, clock), settings, request)
                .explain(reply.met().get(0))
                .causes()
                .get(0);
        return cause.kind().word() + " at " + cause.blame().value()
                + (cause.rule().isEmpty() ? "" : ": " + cause.rule());
    }

    /** Where to connect to: as asked, else where the server listens on that port, by the loopback if it can be. */
    private static Optional<Address> address(Served served, Request request) {
        if (request.to().isPresent()) {
            return request.to();
        }
        List<Site.Listen> listens = served.server().sites().stream()
                .flatMap(s -> s.listens().stream())
                .filter(l -> l.port() == request.port())
                .toList();
        return listens.stream().findFirst().map(l -> reachable(l.address()));
    }

    private static Address reachable(Optional<Address> listens) {
        boolean any = listens.isEmpty() || listens.get().isAny();
        return any
                ? Address.parse(listens.map(Address::isV4).orElse(true) ? "127.0.0.1" : "::1")
                        .orElseThrow()
                : listens.get();
    }

    private List<PathBytes> urls(Served served, int sample) {
        Set<PathBytes> urls = new LinkedHashSet<>();
        for (Site site : served.server().sites()) {
            Optional<Site.Listen> listen = site.listens().stream().findFirst();
            if (listen.isEmpty()) {
                continue;
            }
            String authority = site.plainName()
                    .orElseGet(() -> UrlText.literal(reachable(listen.get().address())));
            String base = listen.get().scheme().word() + "://" + authority + ":"
                    + listen.get().port();
            for (Site.Root root : site.roots()) {
                String prefix = root.prefix().startsWith("/") ? root.prefix().replaceAll("/+$", "") : "";
                for (PathBytes relative : below(served, root.directory(), sample)) {
                    urls.add(PathBytes.of(base + UrlText.encoded(prefix) + UrlText.encoded(ByteText.of(relative))));
                }
            }
        }
        return List.copyOf(urls);
    }

    /** Files and directories below a root, the upper first, each with a slash before and directories one behind. */
    private static List<PathBytes> below(Served served, PathBytes directory, int most) {
        List<PathBytes> found = new ArrayList<>();
        Deque<PathBytes> open = new ArrayDeque<>(List.of(PathBytes.of("/")));
        while (!open.isEmpty() && found.size() < most) {
            PathBytes relative = open.poll();
            found.add(relative);
            PathBytes path = directory.withoutDots().resolve(PathBytes.of(relative.bytes(), 1, relative.length()));
            try (Node root = served.tree().root();
                    TreeReader reader = served.tree().reader();
                    Listing listing = reader.list(root, PathBytes.of(path.bytes(), 1, path.length()))) {
                for (Entry entry = listing.next(); entry != null && found.size() < most; entry = listing.next()) {
                    PathBytes child = relative.resolve(PathBytes.of(entry.name()));
                    if (entry.listedType() == FileType.DIRECTORY) {
                        open.add(child.resolve(""));
                    } else {
                        found.add(child);
                    }
                }
            } catch (SourceException unseen) {
                found.add(relative.resolve("unseen")); // what the server says to what is in it
            }
        }
        return found;
    }
}
