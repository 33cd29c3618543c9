package docrootaudit.server.nginx;

import docrootaudit.access.PathBytes;
import docrootaudit.server.Answer;
import docrootaudit.server.Answer.Doubt;
import docrootaudit.server.ConfigFiles;
import docrootaudit.server.ConfigSyntaxException;
import docrootaudit.server.Edit;
import docrootaudit.server.LogFile;
import docrootaudit.server.Memory;
import docrootaudit.server.Refusal;
import docrootaudit.server.Request;
import docrootaudit.server.Sieve;
import docrootaudit.server.Site;
import docrootaudit.server.Source;
import docrootaudit.server.Tree;
import docrootaudit.server.WebServer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** nginx 1.22, as its configuration describes it. */
public final class Nginx implements WebServer {
    private final Configuration configuration;
    private final Clock clock;
    private final Map<VirtualServer, Sieve> sieves = new ConcurrentHashMap<>();

    private Nginx(Configuration configuration, Clock clock) {
        this.configuration = configuration;
        this.clock = clock;
    }

    /**
     * Reads a configuration and all that it includes.
     *
     * @param config the first file ({@code -c}), absolute
     * @param prefix the directory that relative roots lie in ({@code -p})
     * @throws ConfigSyntaxException where nginx would not start with it
     */
    public static Nginx load(ConfigFiles files, PathBytes config, PathBytes prefix) throws ConfigSyntaxException {
        return new Nginx(Configuration.load(files, config, prefix), Clock.systemUTC());
    }

    /** The same by another clock: a link may say how long it is good. */
    Nginx by(Clock other) {
        return new Nginx(configuration, other);
    }

    @Override
    public String program() {
        return "nginx";
    }

    @Override
    public Answer answer(Request request, Tree tree, Set<Source> lifted, List<Integer> upstream) {
        return new Exchange(configuration, request, tree, lifted, upstream, clock.instant()).run();
    }

    @Override
    public List<Site> sites() {
        return new Sites(configuration).all();
    }

    @Override
    public List<LogFile> logs() {
        return new Logs(configuration).all();
    }

    @Override
    public List<Memory> memories() {
        Set<Memory> memories = new LinkedHashSet<>();
        for (VirtualServer server : configuration.servers()) {
            remembered(server.place(), memories);
        }
        return List.copyOf(memories);
    }

    private static void remembered(Location at, Set<Memory> memories) {
        FileCache.of(at.settings()).ifPresent(memories::add);
        at.inner().all().forEach(inner -> remembered(inner, memories));
    }

    @Override
    public Optional<Site.Account> account() {
        return configuration.main().stream()
                .filter(d -> d.name().equals("user"))
                .findFirst()
                .map(d -> new Site.Account(
                        d.word(0),
                        d.words().size() > 1 ? Optional.of(d.word(1)) : Optional.empty(),
                        Optional.of(d.source())));
    }

    @Override
    public List<Doubt> notUnderstood() {
        List<Doubt> doubts = new ArrayList<>(configuration.notUnderstood());
        for (Directive directive : configuration.main()) {
            if (directive.name().equals("http")) {
                collect(directive.children(), doubts);
            }
        }
        return List.copyOf(doubts);
    }

    private static void collect(List<Directive> directives, List<Doubt> doubts) {
        for (Directive directive : directives) {
            Catalog.doubt(directive).ifPresent(why -> doubts.add(new Doubt(why, Optional.of(directive.source()))));
            if (Catalog.holdsDirectives(directive.name())) {
                collect(directive.children(), doubts);
            }
        }
    }

    @Override
    public Sieve sieve(Request request, Tree tree) {
        return server(request, tree)
                .map(s -> sieves.computeIfAbsent(s, k -> new NameSieve(configuration, k).sieve()))
                .orElse(Sieve.EACH);
    }

    @Override
    public Optional<Source> takes(Request request, Tree tree) {
        return server(request, tree).map(s -> s.directive().source());
    }

    private Optional<VirtualServer> server(Request request, Tree tree) {
        Exchange exchange = new Exchange(configuration, request, tree, Set.of(), List.of(), clock.instant());
        new Reception(exchange).receive();
        return Optional.of(exchange.server).filter(s -> s != configuration.nowhere());
    }

    @Override
    public List<Edit> edits(Refusal refusal, Request request) {
        return new Edits(configuration, request).of(refusal);
    }
}
