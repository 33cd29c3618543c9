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
import docrootaudit.finding.UrlExplanation;
import docrootaudit.report.Format;
import docrootaudit.report.Reports;
import docrootaudit.report.Style;
import docrootaudit.web.UrlExplainer;
import docrootaudit.web.UrlQuestion;
import docrootaudit.web.WhichServer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code audit explain}: one path or URL, step by step. Touches neither history nor anything else that takes time. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        addMethodSubcommands = false,
        description = {
            "Explains one path or one URL: every step of the way with what decides there, the verdict, what would"
                    + " refuse next, and what mends it.",
            "A URL is answered as nginx or Apache would, from its configuration, as its workers meet the files.",
            "With - it reads one question a line from standard input.",
            ""
        })
final class ExplainCommand implements Callable<Integer> {
    private final Services services;

    @Parameters(
            paramLabel = "TARGET",
            description = "A path, a URL (http://host[:port]/…), or - for questions on standard input.")
    String target;

    @Mixin
    IdentityOptions identity = new IdentityOptions();

    @Mixin
    NeedOption need = new NeedOption();

    @Mixin
    ServerOptions server = new ServerOptions();

    @Mixin
    VisitorOptions visitor = new VisitorOptions();

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
            Questions questions = new Questions(services.in(), need, identity, visitor);
            return questions.answer(question -> answer(host, settings, question), reports, format, out);
        }
        Answered answered = answer(host, settings, new Asked(RawArguments.path(target), need, identity, visitor));
        if (!output.quiet || answered.status() != Exit.FINE) {
            answered.report(reports, format, out);
        }
        out.flush();
        return answered.status();
    }

    /**
     * A question.
     *
     * @param target a path or URL
     * @param need what a path is needed for
     * @param by whose access is meant
     * @param visitor who asks for a URL
     */
    record Asked(PathBytes target, NeedOption need, IdentityOptions by, VisitorOptions visitor) {}

    /** Explains one question of several. */
    @FunctionalInterface
    interface Explainer {
        Answered explain(Asked question) throws UsageException, FailedException, InterruptedException;
    }

    /** An explanation, of whatever kind. */
    interface Answered {
        int status();

        void report(Reports reports, Format format, OutputStream out) throws IOException;
    }

    private record OfPath(Explanation explanation) implements Answered {
        @Override
        public int status() {
            return ExplainCommand.status(explanation.answer());
        }

        @Override
        public void report(Reports reports, Format format, OutputStream out) throws IOException {
            reports.explain(explanation, format, out);
        }
    }

    private record OfUrl(UrlExplanation explanation) implements Answered {
        @Override
        public int status() {
            return ExplainCommand.status(explanation.answer());
        }

        @Override
        public void report(Reports reports, Format format, OutputStream out) throws IOException {
            reports.explain(explanation, format, out);
        }
    }

    private static int status(PathVerdict.Answer answer) {
        return switch (answer) {
            case ALLOWED -> Exit.FINE;
            case DENIED, ABSENT -> Exit.REFUSED;
            case UNCERTAIN -> Exit.INCOMPLETE;
        };
    }

    private Answered answer(Host host, AuditSettings settings, Asked question)
            throws UsageException, FailedException, InterruptedException {
        PathBytes asked = question.target();
        if (asked.length() == 0) {
            throw new UsageException("an empty path names nothing");
        }
        if (asked.hasNul()) {
            throw new UsageException(asked + " holds a NUL, which ends a path: leave it out");
        }
        return UrlQuestion.isUrl(asked)
                ? new OfUrl(explainUrl(host, settings, question))
                : new OfPath(explain(host, settings, asked, question.need(), question.by()));
    }

    private UrlExplanation explainUrl(Host host, AuditSettings settings, Asked question)
            throws UsageException, FailedException, InterruptedException {
        UrlQuestion url = question.visitor().question(question.target(), services.in());
        WhichServer which = server.which(host);
        IdentityOptions by = question.by();
        Optional<UrlExplainer.Given> given = by.isGiven()
                ? Optional.of(
                        new UrlExplainer.Given(by.choose(host, IdentitySettings.DEFAULT), Optional.ofNullable(by.pid)))
                : Optional.empty();
        UrlExplainer explainer = new UrlExplainer(host, Quoting.of(services.charset()), services.clock(), settings);
        return Patience.about(
                question.target(), Optional.ofNullable(by.pid), () -> explainer.explain(url, which, given));
    }

    private Explanation explain(Host host, AuditSettings settings, PathBytes path, NeedOption asked, IdentityOptions by)
            throws UsageException, FailedException, InterruptedException {
        PathBytes absolute = Paths.absolute(host, path);
        RootSettings root = settings.judging(absolute);
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
}
