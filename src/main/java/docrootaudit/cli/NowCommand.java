package docrootaudit.cli;

import docrootaudit.audit.Audit;
import docrootaudit.audit.AuditSettings;
import docrootaudit.audit.Host;
import docrootaudit.audit.PaceSettings;
import docrootaudit.audit.Requests;
import docrootaudit.audit.ScanRequest;
import docrootaudit.audit.Subjects;
import docrootaudit.daemon.Answer;
import docrootaudit.daemon.Settings;
import docrootaudit.finding.Identity;
import docrootaudit.finding.ScanReport;
import docrootaudit.finding.ShellQuote;
import docrootaudit.finding.Subject;
import docrootaudit.report.Counted;
import docrootaudit.report.Format;
import docrootaudit.report.Reports;
import docrootaudit.report.ScanView;
import docrootaudit.report.Style;
import docrootaudit.web.SiteRules;
import docrootaudit.web.UrlExplainer;
import docrootaudit.web.WebException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code audit now}: scans on demand. */
@Command(
        name = "now",
        mixinStandardHelpOptions = true,
        addMethodSubcommands = false,
        description = {
            "Scans document roots: says what the web server's user is refused, what is to blame and what mends it,"
                    + " and what is new or has recovered since the last scan.",
            ""
        })
final class NowCommand implements Callable<Integer> {
    private final Services services;

    @Parameters(paramLabel = "ROOT", arity = "0..*", description = "Directories (default: the configured roots).")
    List<String> roots = List.of();

    @Mixin
    IdentityOptions identity = new IdentityOptions();

    @Mixin
    NeedOption need = new NeedOption();

    @Mixin
    StoreOptions stores = new StoreOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Mixin
    ServerOptions server = new ServerOptions();

    @Mixin
    VisitorOptions visitor = new VisitorOptions();

    @Option(names = "--each", description = "List every refused path instead of the causes.")
    boolean each;

    @Option(
            names = {"-0", "--print0"},
            description = "With --each: the raw bytes of each path and a NUL, nothing else.")
    boolean nul;

    @Option(names = "--only-new", description = "Only what is new since the last scan; exit status 3 if something is.")
    boolean onlyNew;

    @Option(names = "--cause", paramLabel = "ID", description = "Only this cause, or group of causes.")
    String cause;

    @Option(names = "--threads", paramLabel = "N", description = "How many threads walk (default: one a processor).")
    Integer threads;

    @Option(names = "--follow", description = "Walk directories outside the root that links lead to.")
    boolean follow;

    @Option(
            names = "--simulate",
            description = "Decide by simulation alone, also where the kernel could be asked as the identity.")
    boolean simulate;

    NowCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws Exception {
        Format format = output.format();
        identity.check();
        stores.check();
        if (nul && format != Format.TEXT) {
            throw new UsageException("-0 prints raw paths and knows no --format: leave out one of them");
        }
        if (threads != null && (threads < 1 || threads > 256)) {
            throw new UsageException("--threads " + threads + ": choose a number from 1 to 256");
        }
        if (onlyNew && stores.none) {
            throw new UsageException("--only-new compares with the history, and --no-store keeps none: leave out one");
        }
        if (visitor.isGiven() && !server.isGiven()) {
            throw new UsageException("--from, --user, --method and --header say who asks a web server: add --server");
        }
        Answer answer = Delegation.ask(services, stores);
        if (answer instanceof Answer.Ended ended) {
            return ended.status();
        }
        boolean unrecorded =
                (identity.pid != null || visitor.passwordFile != null) && answer instanceof Answer.Declined;
        if (unrecorded) {
            aside(((Answer.Declined) answer).why());
        }
        Host host = services.host().get();
        Settings everything = settings(host);
        AuditSettings settings = everything.audit();
        Optional<SiteRules> rules = server.isGiven() ? Optional.of(rules(host, settings)) : Optional.empty();
        List<ScanRequest.Root> requested = RequestedRoots.of(host, settings, roots, identity, rules);
        Audit audit = new Audit(host, quote(), services.clock());
        Optional<Path> store = unrecorded ? Optional.empty() : stores.directory(services, settings);
        ScanReport report;
        try (ProgressLine progress = progress(requested, store)) {
            List<String> notes = rules.map(SiteRules::notes).orElse(List.of());
            ScanRequest request = request(host, requested, settings, notes, format, progress);
            report = services.scanning()
                    .scan(
                            audit,
                            request,
                            store.map(directory ->
                                    new Audit.Memory(store(directory), settings.retention(), everything::tells)));
        } catch (IOException e) {
            throw Paths.unseen(Optional.ofNullable(identity.pid), e);
        }
        ReportFilter.Age age = onlyNew ? ReportFilter.Age.NEW : ReportFilter.Age.ALL;
        ReportFilter filter = new ReportFilter(Optional.ofNullable(cause), age);
        ScanReport shown = filter.of(report);
        int status = status(cause != null ? shown : report);
        if (!output.quiet || status != Exit.FINE) {
            print(host, format, filter, shown);
        }
        return status;
    }

    /** Where other roots are meant than the web servers', nobody has to know these. */
    private Settings settings(Host host) throws UsageException, FailedException {
        Settings read = stores.everything(services);
        try {
            return AutoRoots.named(host, read, Set.of());
        } catch (FailedException e) {
            if (roots.isEmpty() && !server.isGiven()) {
                throw e;
            }
            return read;
        }
    }

    private SiteRules rules(Host host, AuditSettings settings) throws UsageException, FailedException {
        boolean said = identity.isGiven() || settings.identity().user().isPresent();
        Optional<UrlExplainer.Given> as = said
                ? Optional.of(new UrlExplainer.Given(
                        identity.choose(host, settings.identity()), Optional.ofNullable(identity.pid)))
                : Optional.empty();
        try {
            return SiteRules.find(
                    host,
                    quote(),
                    services.clock(),
                    settings,
                    server.which(host),
                    visitor.everywhere(services.in()),
                    as);
        } catch (WebException e) {
            throw new UsageException(e.getMessage());
        } catch (IOException e) {
            throw Paths.unseen(Optional.ofNullable(identity.pid), e);
        }
    }

    private int status(ScanReport report) {
        boolean unseen = !report.complete()
                || !report.failures().isEmpty()
                || !report.uncertain().isEmpty();
        if (unseen) {
            return Exit.INCOMPLETE;
        } else if (onlyNew && report.hasNew()) {
            return Exit.NEW;
        }
        return report.hasRefusals() ? Exit.REFUSED : Exit.FINE;
    }

    private void print(Host host, Format format, ReportFilter filter, ScanReport shown) throws IOException {
        Style style = services.style();
        Reports reports = new Reports(host.names(), style, services.zone());
        OutputStream out = new BufferedOutputStream(services.out(), 1 << 16);
        if (nul) {
            reports.eachNul(shown, out);
            failuresAside(shown);
        } else {
            ScanView.Content content = each ? ScanView.Content.EACH : ScanView.Content.CAUSES;
            reports.scan(shown, new ScanView(format, content, filter.words()), out);
            if (each && (format == Format.TEXT || format == Format.CSV)) {
                failuresAside(shown);
            }
        }
        out.flush();
    }

    /** Lists of paths have no room for what went wrong. */
    private void failuresAside(ScanReport report) throws IOException {
        for (String failure : report.failures()) {
            aside(failure);
        }
        for (var unvisited : report.unvisited()) {
            aside("not seen: " + unvisited.path() + ": " + unvisited.why());
        }
        for (var uncertain : report.uncertain()) {
            aside("cannot tell for " + Counted.entries(uncertain.entries()) + ": " + uncertain.why());
        }
    }

    private void aside(String sentence) throws IOException {
        OutputStream err = services.err();
        new Reports(services.host().get().names(), Style.plain(services.charset()), services.zone())
                .error("audit: " + sentence, Format.TEXT, err);
        err.flush();
    }

    private ProgressLine progress(List<ScanRequest.Root> requested, Optional<Path> store) throws UsageException {
        if (output.quiet || !services.isTerminal().test(2)) {
            return ProgressLine.silent();
        }
        ScanRequest.Root first = requested.get(0);
        Subject subject = Subjects.of(
                services.host().get(),
                first.path(),
                first.identity(),
                need.question(),
                first.settings().rules(),
                following(),
                Optional.ofNullable(identity.pid));
        return ProgressLine.on(services, Optional.of(subject).filter(s -> requested.size() == 1), store);
    }

    private ScanRequest request(
            Host host,
            List<ScanRequest.Root> requested,
            AuditSettings settings,
            List<String> notesOfServer,
            Format format,
            ProgressLine progress)
            throws UsageException {
        Requests requests = new Requests(host, settings);
        List<String> notes = new ArrayList<>(requests.notes(requested));
        notes.addAll(notesOfServer);
        ScanRequest.Detail detail = each || nul
                ? ScanRequest.Detail.EVERY_PATH
                : format == Format.TEXT && !onlyNew && cause == null
                        ? output.quiet ? ScanRequest.Detail.CAUSES : ScanRequest.Detail.WORST_CAUSES
                        : ScanRequest.Detail.ALL_CAUSES;
        return new ScanRequest(
                requested,
                Optional.ofNullable(identity.pid),
                need.question(),
                detail,
                following(),
                simulate ? ScanRequest.Means.SIMULATION : ScanRequest.Means.KERNEL,
                threads != null ? threads : requests.threads(),
                PaceSettings.FASTEST,
                notes,
                new ListCommand(services.self(), quote(), this::options),
                progress);
    }

    private ScanRequest.Follow following() {
        return follow ? ScanRequest.Follow.OUT_OF_ROOT : ScanRequest.Follow.NO;
    }

    private Audit.Store store(Path directory) {
        return before -> services.histories().open(directory, before);
    }

    private ShellQuote quote() {
        return Quoting.of(services.charset());
    }

    /** The options of this command line that a list of paths has to be asked with too. */
    private List<String> options(Identity of) {
        List<String> options = new ArrayList<>();
        if (identity.pid == null) {
            options.addAll(List.of("--as", of.label()));
        }
        options.addAll(identity.words());
        options.addAll(stores.words());
        if (need.need != null) {
            options.addAll(List.of("--need", need.need));
        }
        if (follow) {
            options.add("--follow");
        }
        if (server.isGiven()) {
            options.addAll(server.words());
            options.addAll(visitor.words());
        }
        return options;
    }
}
