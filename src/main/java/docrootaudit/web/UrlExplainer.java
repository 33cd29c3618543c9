package docrootaudit.web;

import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.access.PathCheck;
import docrootaudit.access.PathVerdict;
import docrootaudit.audit.Audit;
import docrootaudit.audit.AuditSettings;
import docrootaudit.audit.Host;
import docrootaudit.finding.FileCommands;
import docrootaudit.finding.Identity;
import docrootaudit.finding.Remedies;
import docrootaudit.finding.ShellQuote;
import docrootaudit.finding.UrlCause;
import docrootaudit.finding.UrlExplanation;
import docrootaudit.server.Answer;
import docrootaudit.server.ByteText;
import docrootaudit.server.Reason;
import docrootaudit.server.Refusal;
import docrootaudit.server.Request;
import docrootaudit.server.Source;
import docrootaudit.walk.EntrySource;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Explains what the web server answers to a URL: step by step, what is to blame, what would refuse next, what mends it. */
public final class UrlExplainer {
    private static final int DEEPEST = 16;

    private final Host host;
    private final ShellQuote quote;
    private final Clock clock;
    private final AuditSettings settings;

    /**
     * @param host the machine
     * @param quote how commands are written
     * @param settings by which paths are judged
     */
    public UrlExplainer(Host host, ShellQuote quote, Clock clock, AuditSettings settings) {
        this.host = host;
        this.quote = quote;
        this.clock = clock;
        this.settings = settings;
    }

    /**
     * Whose access is meant, where somebody said so.
     *
     * @param identity who
     * @param pid the process whose files are meant
     */
    public record Given(Identity identity, Optional<Long> pid) {}

    /**
     * Explains.
     *
     * @param as empty: the server's worker
     * @throws WebException if the question or the configuration is wrong
     * @throws IOException if the files cannot be had
     */
    public UrlExplanation explain(UrlQuestion question, WhichServer which, Optional<Given> as)
            throws WebException, IOException {
        UrlQuestion.Asked asked = question.asked();
        Request request = asked.request();
        Served served = new Servers(host).choose(which, request.to(), request.port());
        return explain(question.target(), asked, served, seer(served, as));
    }

    /** The same, of a server that is known. */
    UrlExplanation explain(PathBytes target, UrlQuestion.Asked asked, Served served, Seer worker) throws IOException {
        Request request = asked.request();
        Inquiry inquiry = new Inquiry(served, request, worker, () -> PhpPools.of(host));
        Audit audit = new Audit(host, quote, clock);
        RefusalExplainer explainer = new RefusalExplainer(host, audit, settings, request);
        Reply reply = inquiry.ask(Assumed.NOTHING).orElseThrow();
        Causes causes = causes(inquiry, explainer, reply);
        Remedies remedies = Remedies.NONE;
        if (!reply.met().isEmpty()) {
            FileCommands commands = new FileCommands(host.accounts(), host.names(), quote, host.ownUid());
            Planner planner = new Planner(inquiry, explainer, commands, new Reload(served, quote), asked.origin());
            remedies = planner.remedies(reply.met().get(0));
        }
        List<String> uncertain = uncertain(served, request, reply, worker);
        Identity identity = reply.met().isEmpty()
                ? worker.identity()
                : reply.met().get(0).seer().identity();
        return new UrlExplanation(
                target,
                words(asked),
                served.server().program() + ": " + served.why(),
                identity,
                causes.need(),
                uncertain.isEmpty() ? verdict(reply) : PathVerdict.Answer.UNCERTAIN,
                reply.status().map(OptionalInt::of).orElse(OptionalInt.empty()),
                reply.answer().outcome() instanceof Answer.Outcome.PassedTo passed
                        ? Optional.of(ByteText.visible(passed.to()))
                        : Optional.empty(),
                causes.causes(),
                chain(reply, causes),
                file(reply, causes.last()),
                remedies,
                causes.intended(),
                uncertain,
                served.notes());
    }

    /** What the visitor was to get, whatever he gets instead; or what the server needed for itself and could not have. */
    private static Optional<PathBytes> file(Reply first, Reply last) {
        Optional<Refusal> refusal = first.met().stream().map(Reply.Met::refusal).findFirst();
        if (refusal.isPresent()
                && refusal.get().reason() != Reason.PERMISSION
                && refusal.get().blame() instanceof Refusal.Blame.File own) {
            return Optional.of(own.path());
        }
        Optional<PathBytes> script =
                last.answer().outcome() instanceof Answer.Outcome.PassedTo passed ? passed.script() : Optional.empty();
        return refused(last).or(() -> last.answer().file()).or(() -> script).or(() -> refused(first));
    }

    private static Optional<PathBytes> refused(Reply reply) {
        return reply.met().stream().flatMap(m -> m.refusal().file().stream()).findFirst();
    }

    private static PathVerdict.Answer verdict(Reply reply) {
        int status = reply.status().orElse(200);
        if (status < 400) {
            return PathVerdict.Answer.ALLOWED;
        }
        return status == 404 || status == 410 ? PathVerdict.Answer.ABSENT : PathVerdict.Answer.DENIED;
    }

    private List<String> uncertain(Served served, Request request, Reply reply, Seer worker) {
        Set<String> uncertain = new LinkedHashSet<>();
        reply.answer().doubts().forEach(d -> uncertain.add(d.toString()));
        served.newer().ifPresent(uncertain::add);
        if (!served.listensOn(request.to(), request.port())) {
            uncertain.add(served.place().config() + ": nothing in it listens on "
                    + request.to().map(a -> a + ", ").orElse("") + "port " + request.port());
        }
        if (verdict(reply) == PathVerdict.Answer.ALLOWED) {
            uncertain.addAll(host.confinement(worker.pid().stream().toList()));
        }
        return List.copyOf(uncertain);
    }

    /**
     * The causes in order, each found by taking the one before for mended.
     *
     * @param last what is answered once all that can be taken for mended is
     */
    private record Causes(List<UrlCause> causes, Optional<Explained> first, Reply last) {
        boolean intended() {
            return first.map(Explained::intended).orElse(false);
        }

        Need need() {
            return first.map(Explained::need).orElse(Need.READ);
        }
    }

    private static Causes causes(Inquiry inquiry, RefusalExplainer explainer, Reply first) throws IOException {
        List<UrlCause> causes = new ArrayList<>();
        Optional<Explained> firstExplained = Optional.empty();
        Assumed assumed = Assumed.NOTHING;
        Reply reply = first;
        for (int i = 0; i < DEEPEST && !reply.met().isEmpty(); i++) {
            Reply.Met met = reply.met().get(0);
            Explained explained = explainer.explain(met);
            firstExplained = firstExplained.isEmpty() ? Optional.of(explained) : firstExplained;
            int known = causes.size();
            for (UrlCause cause : explained.causes()) {
                boolean repeated = causes.stream()
                        .anyMatch(c -> c.kind() == cause.kind() && c.blame().equals(cause.blame()));
                if (!repeated) {
                    causes.add(cause);
                }
            }
            Optional<Source> line = met.line();
            if (causes.size() == known || (line.isEmpty() && explained.opens().isEmpty())) {
                break;
            }
            assumed =
                    line.isPresent() ? assumed.lifting(line.get()) : assumed.mending(Mended.opening(explained.opens()));
            reply = inquiry.ask(assumed).orElseThrow();
        }
        return new Causes(causes, firstExplained, reply);
    }

    private static List<UrlExplanation.Step> chain(Reply reply, Causes causes) {
        List<UrlExplanation.Step> chain = new ArrayList<>();
        List<Answer.Step> steps = reply.chain();
        int decisive = decisive(reply, steps);
        for (int i = 0; i < steps.size(); i++) {
            boolean refuses = i == decisive;
            chain.add(RefusalExplainer.step(steps.get(i), refuses));
        }
        causes.first().ifPresent(f -> chain.addAll(f.way()));
        return chain;
    }

    /**
     * The step that is about what is to blame, the last one if several are; error pages may come behind it. Without one
     * the last step, if the visitor gets nothing.
     */
    private static int decisive(Reply reply, List<Answer.Step> steps) {
        int decisive = verdict(reply) == PathVerdict.Answer.ALLOWED ? -1 : steps.size() - 1;
        Optional<Refusal> refusal = reply.met().stream().map(Reply.Met::refusal).findFirst();
        for (int i = 0; i < steps.size() && refusal.isPresent(); i++) {
            Answer.Step step = steps.get(i);
            Refusal.Blame blame = refusal.get().blame();
            boolean line =
                    blame instanceof Refusal.Blame.Line of && step.source().equals(Optional.of(of.source()));
            boolean file = blame instanceof Refusal.Blame.File of && step.path().equals(Optional.of(of.path()));
            decisive = line || file ? i : decisive;
        }
        return decisive;
    }

    /** Whoever is said, else the server's worker. */
    Seer seer(Served served, Optional<Given> as) throws WebException, IOException {
        if (as.isPresent()) {
            return seer(served, as.get());
        }
        Identity identity = new Workers(host).of(served);
        Optional<Long> pid = served.worker().filter(w -> served.seesProcess()).map(Host.Child::pid);
        return seer(served, new Given(identity, pid));
    }

    private Seer seer(Served served, Given as) throws IOException {
        EntrySource tree = as.pid().isPresent() && served.worker().isEmpty()
                ? host.treeOf(as.pid().get())
                : served.tree();
        Optional<Long> pid = as.pid()
                .or(() -> served.worker().filter(w -> served.seesProcess()).map(Host.Child::pid));
        return new Seer(
                as.identity(),
                pid,
                served.worker().map(Host.Child::started),
                new Traces(tree),
                new PathCheck(as.identity().principal(), host.protectedSymlinks()));
    }

    private static String words(UrlQuestion.Asked asked) {
        Request request = asked.request();
        String from = switch (asked.origin()) {
            case GIVEN -> request.from().toString();
            case LOOPBACK -> request.from() + " (this machine: the server's address is a loopback one)";
            case ANYWHERE -> request.from() + " (a visitor from anywhere)";
        };
        String to = request.to().map(a -> a + ", ").orElse("") + "port " + request.port();
        return request.method() + ", Host "
                + request.host().map(ByteText::visible).orElse("none") + ", from " + from + " to " + to + ", "
                + visitor(request.visitor());
    }

    private static String visitor(Request.Visitor visitor) {
        if (visitor instanceof Request.Visitor.Named named) {
            return "as " + ByteText.visible(named.name()) + " with the right password";
        } else if (visitor instanceof Request.Visitor.Login login) {
            return "as " + ByteText.visible(login.name()) + " with a password";
        }
        return "without credentials";
    }
}
