package docrootaudit.cli;

import docrootaudit.access.PathBytes;
import docrootaudit.access.PathVerdict;
import docrootaudit.audit.Audit;
import docrootaudit.audit.AuditSettings;
import docrootaudit.audit.Handler;
import docrootaudit.audit.Host;
import docrootaudit.audit.IdentitySettings;
import docrootaudit.audit.RootSettings;
import docrootaudit.finding.Explanation;
import docrootaudit.finding.Identity;
import docrootaudit.report.Format;
import docrootaudit.report.Reports;
import docrootaudit.report.Style;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code audit explain}: one path, step by step. Touches neither history nor anything else that takes time. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = {
            "Explains one path: every step of the way with what decides there, the verdict, what would refuse next,"
                    + " and what mends it.",
            "With - it reads one question a line from standard input.",
            ""
        })
final class ExplainCommand implements Callable<Integer> {
    private final Services services;

    @Parameters(paramLabel = "PATH", description = "A path, or - for questions on standard input.")
    String target;

    @Mixin
    IdentityOptions identity = new IdentityOptions();

    @Mixin
    NeedOption need = new NeedOption();

    @Mixin
    StoreOptions stores = new StoreOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    ExplainCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws Exception {
        Format format = output.format();
        identity.check();
        AuditSettings settings = stores.settings(services);
        Host host = services.host().get();
        Style style = services.style();
        Reports reports = new Reports(host.names(), style, services.zone());
        OutputStream out = new BufferedOutputStream(services.out());
        if (target.equals("-")) {
            Questions questions = new Questions(services.in(), need, identity);
            return questions.answer(
                    (path, question, by) -> explain(host, settings, path, question, by), reports, format, out);
        }
        Explanation explanation = explain(host, settings, RawArguments.path(target), need, identity);
        int status = status(explanation);
        if (!output.quiet || status != Exit.FINE) {
            reports.explain(explanation, format, out);
        }
        out.flush();
        return status;
    }

    static int status(Explanation explanation) {
        PathVerdict.Answer answer = explanation.answer();
        return switch (answer) {
            case ALLOWED -> Exit.FINE;
            case DENIED, ABSENT -> Exit.REFUSED;
            case UNCERTAIN -> Exit.INCOMPLETE;
        };
    }

    private Explanation explain(Host host, AuditSettings settings, PathBytes path, NeedOption asked, IdentityOptions by)
            throws UsageException, FailedException, InterruptedException {
        if (path.length() == 0) {
            throw new UsageException("an empty path names nothing");
        }
        if (path.hasNul()) {
            throw new UsageException(path + " holds a NUL, which ends a path: leave it out");
        }
        if (path.toString().matches("(?i)https?://.*")) {
            throw new UsageException(path + " is a URL; this version explains paths: name the file it is served from");
        }
        PathBytes absolute = Paths.absolute(host, path);
        RootSettings root = settings.governing(absolute);
        Optional<Handler> handler =
                by.isGiven() ? Optional.empty() : root.rules().handler(root.path(), absolute.withoutDots());
        Identity who = by.choose(
                host,
                handler.map(h -> new IdentitySettings(Optional.of(h.as()), Optional.empty(), Optional.empty()))
                        .orElse(root.identity()));
        Audit.Reading reading = handler.isPresent() ? Audit.Reading.BY_HANDLER : Audit.Reading.BY_SERVER;
        List<Long> workers = by.pid != null
                ? List.of(by.pid)
                : host.webWorkers().stream()
                        .filter(w -> w.uid() == who.principal().uid())
                        .map(Host.Worker::pid)
                        .toList();
        Audit audit = new Audit(host, Quoting.of(services.charset()), services.clock());
        var question = asked.question();
        return Patience.about(
                path,
                Optional.ofNullable(by.pid),
                () -> audit.explain(
                        path,
                        absolute,
                        who,
                        reading,
                        question,
                        root,
                        Optional.ofNullable(by.pid),
                        host.confinement(workers)));
    }

    /** Explains one question of several. */
    @FunctionalInterface
    interface Explainer {
        Explanation explain(PathBytes path, NeedOption need, IdentityOptions by)
                throws UsageException, FailedException, InterruptedException, IOException;
    }
}
