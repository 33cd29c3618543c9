package docrootaudit.server.apache;

import docrootaudit.access.PathBytes;
import docrootaudit.server.Answer;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Apache httpd 2.4 as its configuration describes it. */
public final class Apache implements WebServer {
    private final Configuration configuration;
    private final boolean mayOverride;
    private final Map<Source, Sieve> sieves = new ConcurrentHashMap<>();

    private Apache(Configuration configuration) {
        this.configuration = configuration;
        this.mayOverride = NameSieve.mayOverride(configuration.directives());
    }

    /**
     * Reads a configuration. Variables that it takes from Debian's {@code envvars} beside it are read there too.
     *
     * @param files where it is read from
     * @param config the file that httpd is given with {@code -f}; below the root if it is not absolute
     * @param serverRoot what {@code -d} says, until {@code ServerRoot} says otherwise
     * @param defines the names given with {@code -D}
     * @param environment the server's environment; it wins over {@code envvars}
     * @throws ConfigSyntaxException if the server would refuse it, or it cannot be read
     */
    public static Apache load(
            ConfigFiles files,
            PathBytes config,
            PathBytes serverRoot,
            Set<String> defines,
            Map<String, String> environment)
            throws ConfigSyntaxException {
        return new Apache(new Loader(files).load(config, serverRoot, defines, environment));
    }

    @Override
    public String program() {
        return "apache";
    }

    @Override
    public Answer answer(Request request, Tree tree, Set<Source> lifted, List<Integer> upstream) {
        return new Conversation(new Journey(configuration, request, tree, lifted, upstream, Instant.now())).answer();
    }

    @Override
    public List<Site> sites() {
        return new Sites(configuration).list();
    }

    @Override
    public List<LogFile> logs() {
        return new Logs(configuration).all();
    }

    /** Apache looks each time. */
    @Override
    public List<Memory> memories() {
        return List.of();
    }

    @Override
    public Optional<Site.Account> account() {
        return new Sites(configuration).account();
    }

    @Override
    public List<Answer.Doubt> notUnderstood() {
        return new NotUnderstood(configuration).list();
    }

    @Override
    public Optional<Source> takes(Request request, Tree tree) {
        return Optional.of(host(request).source());
    }

    private Host host(Request request) {
        return new VirtualHosts(configuration).find(request, doubt -> {});
    }

    @Override
    public Sieve sieve(Request request, Tree tree) {
        Host host = host(request);
        return sieves.computeIfAbsent(host.source(), s -> NameSieve.of(configuration, host));
    }

    @Override
    public Optional<Sieve> tenants(Request request, Tree tree, PathBytes directory) {
        return mayOverride ? NameSieve.ofTenant(configuration, host(request), tree, directory) : Optional.empty();
    }

    @Override
    public List<Edit> edits(Refusal refusal, Request request) {
        return new Edits(configuration, refusal, request).list();
    }
}
