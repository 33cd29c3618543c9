package docrootaudit.cli;

import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.audit.Audit;
import docrootaudit.audit.AuditSettings;
import docrootaudit.audit.Host;
import docrootaudit.audit.LogAudit;
import docrootaudit.audit.Question;
import docrootaudit.audit.RootSettings;
import docrootaudit.finding.Explanation;
import docrootaudit.finding.LogReport;
import docrootaudit.finding.ShellQuote;
import docrootaudit.report.Format;
import docrootaudit.report.LogReports;
import docrootaudit.server.log.AccessFormat;
import docrootaudit.server.log.ErrorFormat;
import docrootaudit.server.log.FormatReader;
import docrootaudit.server.log.LogReading;
import docrootaudit.web.Forecaster;
import docrootaudit.web.ServerLogs;
import docrootaudit.web.UrlExplainer;
import docrootaudit.web.WhichServer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code audit log}: the refusals in logs, joined to what stands behind them. Touches no history. */
@Command(
        name = "log",
        mixinStandardHelpOptions = true,
        description = {
            "Reads logs of nginx, Apache, ModSecurity and the kernel and tells what refused visitors, one entry a cause:"
                    + " how many met it, when first and last, at which URLs, and what mends it.",
            "Without FILE it reads the logs that the configurations of nginx and Apache name (without any, those below"
                    + " /var/log/nginx, /var/log/apache2 and /var/log/httpd), and what the kernel denied in"
                    + " /var/log/audit/audit.log and /var/log/kern.log.",
            "What a server that writes such a log is predicted to answer explains what no error log does.",
            ""
        })
final class LogCommand implements Callable<Integer> {
    private final Services services;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "Logs, or directories of logs; what kind each is, its lines tell.")
    List<String> files;

    @Option(
            names = "--rotated",
            description =
                    "Also the rotated logs, such as access.log.2.gz, of directories and of what configurations name.")
    boolean rotated;

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            description =
                    "A format of logs: what nginx's log_format, Apache's LogFormat or ErrorLogFormat is given, where"
                            + " no configuration says so.")
    List<String> formats;

    @Mixin
    IdentityOptions identity = new IdentityOptions();

    @Mixin
    ServerOptions server = new ServerOptions();

    @Mixin
    StoreOptions stores = new StoreOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    /** Why no more paths are explained. */
    private Optional<String> stuck = Optional.empty();

    LogCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws Exception {
        Format format = output.format();
        identity.check();
        LogReading reading = reading();
        AuditSettings settings = stores.settings(services);
        Host host = services.host().get();
        WhichServer which = server.which(host);
        ServerLogs servers = ServerLogs.of(host, which);
        LogFiles.Found found = found(host, servers);
        if (found.files().isEmpty()) {
            List<String> why = found.failures().isEmpty() ? List.of("name one") : found.failures();
            throw new FailedException("there is no log to read: " + String.join("; ", why), new IOException("no log"));
        }
        UrlExplainer.Given who = who(host, settings, servers, found);
        List<String> limits = host.confinement(List.of());
        ShellQuote quote = Quoting.of(services.charset());
        Audit audit = new Audit(host, quote, services.clock());
        LogAudit logs = new LogAudit(host, reading, new SecureRandom().nextLong());
        Forecaster forecaster = new Forecaster(host, quote, services.clock(), settings, servers, which);
        LogReport told = logs.run(
                found.files(),
                who.identity(),
                (path, need) -> explain(audit, settings, who, path, need, limits),
                forecaster);
        LogReport report = withFailures(told.noting(found.notes()), host, found);
        if (!output.quiet || !report.refusals().isEmpty() || !report.complete()) {
            OutputStream out = new BufferedOutputStream(services.out());
            new LogReports(host.names(), services.style(), services.zone().get()).write(report, format, out);
            out.flush();
        }
        return status(report);
    }

    /** What was named and is no log is a failure; what is beside logs in a directory need not be one. */
    private LogReport withFailures(LogReport told, Host host, LogFiles.Found found) throws UsageException {
        List<String> failures = new ArrayList<>(found.failures());
        for (String file : files == null ? List.<String>of() : files) {
            PathBytes path = Paths.absolute(host, RawArguments.path(file));
            if (told.files().stream().anyMatch(r -> r.path().equals(path) && r.isUnknown())) {
                failures.add(path + " is no log that is known: if it is an access log, --log-format names its format");
            }
        }
        stuck.ifPresent(failures::add);
        LogReport report = told;
        for (String failure : failures) {
            report = report.failed(failure);
        }
        return report;
    }

    private static int status(LogReport report) {
        if (!report.complete()) {
            return Exit.INCOMPLETE;
        }
        boolean refused = report.refusals().stream().anyMatch(c -> !c.isIntended())
                || !report.unexplainedUrls().isEmpty();
        return refused ? Exit.REFUSED : Exit.FINE;
    }

    /** Whoever is named here or in the configuration, else whom the server runs as that writes the logs. */
    private UrlExplainer.Given who(Host host, AuditSettings settings, ServerLogs servers, LogFiles.Found found)
            throws UsageException {
        boolean isNamed = identity.isGiven() || settings.identity().user().isPresent();
        Optional<UrlExplainer.Given> worker = isNamed ? Optional.empty() : servers.worker(host, found.files());
        return worker.isPresent()
                ? worker.get()
                : new UrlExplainer.Given(identity.choose(host, settings.identity()), Optional.ofNullable(identity.pid));
    }

    /** Whatever is named here, else what the service follows, else what the servers' configurations name. */
    private LogFiles.Found found(Host host, ServerLogs servers) throws UsageException {
        LogFiles logs = new LogFiles(rotated ? LogFiles.Age.ROTATED : LogFiles.Age.CURRENT, host, servers);
        List<PathBytes> configured = stores.everything(services).log().files();
        if (files != null) {
            return logs.named(files);
        }
        return configured.isEmpty() ? logs.usual() : logs.configured(configured);
    }

    private LogReading reading() throws UsageException {
        List<AccessFormat> accesses = new ArrayList<>();
        List<ErrorFormat> errors = new ArrayList<>();
        for (String format : formats == null ? List.<String>of() : formats) {
            try {
                if (ErrorFormat.isOne(format)) {
                    errors.add(ErrorFormat.read(format));
                } else {
                    accesses.add(FormatReader.read(format));
                }
            } catch (FormatReader.FormatException e) {
                throw new UsageException("--log-format " + Words.show(format) + ": " + e.getMessage());
            }
        }
        return LogReading.usual(services.zone().get()).trying(accesses, errors);
    }

    private Optional<Explanation> explain(
            Audit audit,
            AuditSettings settings,
            UrlExplainer.Given who,
            PathBytes path,
            Optional<Need> need,
            List<String> limits) {
        if (stuck.isPresent()) {
            return Optional.empty();
        }
        RootSettings root = settings.judging(path);
        Optional<Long> pid = who.pid();
        Question question = new Question(need);
        try {
            return Optional.of(Patience.about(
                    path,
                    pid,
                    () -> audit.explain(
                            path, path, who.identity(), Audit.Reading.BY_SERVER, question, root, pid, limits)));
        } catch (UsageException | FailedException e) {
            stuck = Optional.of(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stuck = Optional.of("the explanation of the paths was interrupted");
        }
        return Optional.empty();
    }
}
