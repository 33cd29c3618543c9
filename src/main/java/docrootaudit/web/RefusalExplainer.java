package docrootaudit.web;

import docrootaudit.access.Errno;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.access.PathVerdict;
import docrootaudit.access.Step;
import docrootaudit.access.Verdict;
import docrootaudit.audit.Audit;
import docrootaudit.audit.AuditSettings;
import docrootaudit.audit.Host;
import docrootaudit.audit.Question;
import docrootaudit.finding.Cause;
import docrootaudit.finding.CauseKind;
import docrootaudit.finding.Explanation;
import docrootaudit.finding.Remedies;
import docrootaudit.finding.UrlCause;
import docrootaudit.finding.UrlExplanation;
import docrootaudit.server.Answer;
import docrootaudit.server.ByteText;
import docrootaudit.server.Reason;
import docrootaudit.server.Refusal;
import docrootaudit.server.Request;
import docrootaudit.server.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Puts refusals of a web server into the product's words; one by the file system is explained as any path is. */
final class RefusalExplainer {
    private final Host host;
    private final Audit audit;
    private final AuditSettings settings;
    private final Request request;
    private final Map<Object, Explanation> explanations = new HashMap<>();

    RefusalExplainer(Host host, Audit audit, AuditSettings settings, Request request) {
        this.host = host;
        this.audit = audit;
        this.settings = settings;
        this.request = request;
    }

    /** The refusal in the tree as it is. */
    Explained explain(Reply.Met met) throws IOException {
        return explain(met, Mended.NOTHING);
    }

    /** The refusal once some rights are granted: what mends it must not take them back. */
    Explained explain(Reply.Met met, Mended before) throws IOException {
        Refusal refusal = met.refusal();
        boolean meant = refusal.meant() == Refusal.Meaning.ON_PURPOSE;
        if (refusal.blame() instanceof Refusal.Blame.File file) {
            return ofFile(met, file, meant, before);
        } else if (refusal.blame() instanceof Refusal.Blame.Place place) {
            return ofPlace(met, place, meant);
        }
        Optional<UrlCause.Blame> process = met.seer()
                .pid()
                .filter(p -> refusal.reason() == Reason.CACHED)
                .map(p -> new UrlCause.Blame.Worker((host.program(p) + " process " + p).strip()));
        UrlCause.Blame blame = process.or(() -> met.line().map(RefusalExplainer::line))
                .orElseGet(() -> new UrlCause.Blame.Request(ByteText.path(request.method() + " " + request.target())));
        Optional<PathBytes> link = refusal.reason() == Reason.SYMLINK ? refusal.file() : Optional.empty();
        UrlCause cause =
                new UrlCause(kind(refusal.reason()), blame, refusal.rule(), refusal.status(), Optional.empty(), link);
        return new Explained(List.of(cause), List.of(), Set.of(), Remedies.NONE, meant, Need.READ);
    }

    static UrlCause.Blame.Line line(Source source) {
        return new UrlCause.Blame.Line(source.file(), source.line());
    }

    private Explained ofFile(Reply.Met met, Refusal.Blame.File file, boolean meant, Mended before) throws IOException {
        Refusal refusal = met.refusal();
        // what the server needs for itself is no visitor's secret
        boolean own = refusal.reason() == Reason.HTACCESS || refusal.reason() == Reason.AUTH;
        Audit.Reading reading = own ? Audit.Reading.BY_HANDLER : Audit.Reading.BY_SERVER;
        Explanation asked = explanation(met.seer(), file.path(), needs(met.seer(), file, before), reading);
        Optional<PathBytes> closed = closedBefore(asked);
        Explanation explanation =
                closed.isPresent() ? explanation(met.seer(), closed.get(), List.of(Need.SEARCH), reading) : asked;
        List<UrlCause> causes = new ArrayList<>();
        for (Cause cause : explanation.causes()) {
            causes.add(ofPath(refusal, explanation, cause));
        }
        if (causes.isEmpty()) {
            causes.add(new UrlCause(
                    kind(refusal.reason()),
                    new UrlCause.Blame.File(file.path()),
                    refusal.rule(),
                    refusal.status(),
                    Optional.of(file.errno()),
                    Optional.empty()));
        }
        Set<Mended.Opened> opens = new HashSet<>();
        for (PathVerdict.Judged judged : explanation.verdict().refusals()) {
            if (judged.verdict() instanceof Verdict.Denied) {
                opens.add(new Mended.Opened(
                        met.seer().check().who(),
                        judged.step().path(),
                        judged.need().permissions()));
            }
        }
        return new Explained(
                causes,
                new PathSteps(explanation, host.names()).steps(),
                opens,
                explanation.remedies(),
                meant || explanation.intended(),
                file.need());
    }

    /**
     * The directory to be opened where nothing is behind it: Apache takes a .htaccess that it may not look for as one
     * that it may not read (AH00529), and what is asked for once it may is the server's to say.
     */
    private static Optional<PathBytes> closedBefore(Explanation explanation) {
        Optional<PathBytes> closed = Optional.empty();
        boolean missing = false;
        for (PathVerdict.Judged judged : explanation.verdict().refusals()) {
            if (judged.verdict() instanceof Verdict.Denied && judged.step() instanceof Step.Search search) {
                closed = Optional.of(search.path());
            }
            missing = judged.verdict() instanceof Verdict.Failed failed && failed.errno() == Errno.ENOENT;
        }
        return missing ? closed : Optional.empty();
    }

    private static UrlCause ofPath(Refusal refusal, Explanation explanation, Cause cause) {
        boolean atTheEnd = explanation.verdict().refusals().stream()
                .anyMatch(
                        j -> j.step() instanceof Step.Arrive && j.step().path().equals(cause.path()));
        boolean ofServer = refusal.reason() != Reason.PERMISSION && atTheEnd && cause.errno() == Errno.EACCES;
        CauseKind kind = ofServer ? kind(refusal.reason()) : cause.kind();
        UrlCause.Blame blame = cause.process()
                .<UrlCause.Blame>map(UrlCause.Blame.Worker::new)
                .orElseGet(() -> new UrlCause.Blame.File(cause.path()));
        return new UrlCause(kind, blame, cause.rule(), refusal.status(), Optional.of(cause.errno()), cause.via());
    }

    /** The end of the path is to blame, or the first name on it that is not there. */
    private Explained ofPlace(Reply.Met met, Refusal.Blame.Place place, boolean meant) throws IOException {
        Refusal refusal = met.refusal();
        Explanation explanation = explanation(met.seer(), place.path(), List.of(Need.READ), Audit.Reading.BY_HANDLER);
        List<PathVerdict.Judged> steps = explanation.verdict().steps();
        PathVerdict.Judged last = steps.get(steps.size() - 1);
        boolean missing = refusal.reason() == Reason.MISSING && last.verdict() instanceof Verdict.Failed;
        PathBytes blamed = missing
                ? new Lookalike(met.seer().traces())
                        .of(last.step().path())
                        .orElse(last.step().path())
                : last.step().path();
        // another mount in the process's place is told as for any path
        CauseKind kind = explanation.causes().stream()
                .map(Cause::kind)
                .filter(k -> missing && k == CauseKind.NAMESPACE)
                .findFirst()
                .orElse(kind(refusal.reason()));
        PathBytes path =
                kind == CauseKind.NAMESPACE ? explanation.causes().get(0).path() : blamed;
        Optional<Errno> errno =
                last.verdict() instanceof Verdict.Failed failed ? Optional.of(failed.errno()) : Optional.empty();
        UrlCause cause = new UrlCause(
                kind,
                new UrlCause.Blame.File(path),
                refusal.rule(),
                refusal.status(),
                errno,
                explanation.verdict().via(last));
        Remedies remedies =
                explanation.remedies().advice().map(Remedies::advice).orElse(Remedies.NONE);
        return new Explained(
                List.of(cause),
                new PathSteps(explanation, host.names()).steps(),
                Set.of(),
                missing ? remedies : Remedies.NONE,
                meant,
                Need.READ);
    }

    /** What the file is needed for, with what was opened of it before: an entry of an ACL is written whole. */
    private static List<Need> needs(Seer seer, Refusal.Blame.File file, Mended before) {
        Set<Need> needs = new LinkedHashSet<>(List.of(file.need()));
        Optional<Step.Arrive> end = seer.traces().of(file.path()).trace().end();
        for (Mended.Opened opened : before.open()) {
            boolean same = end.isPresent()
                    && opened.path().equals(end.get().path())
                    && opened.who().equals(seer.check().who());
            Stream.of(Need.SEARCH, Need.LIST, Need.READ, Need.EXECUTE)
                    .filter(n -> same && n.permissions().equals(opened.right()))
                    .filter(n -> n.wantsDirectory() == file.need().wantsDirectory())
                    .forEach(needs::add);
        }
        return List.copyOf(needs);
    }

    private Explanation explanation(Seer seer, PathBytes path, List<Need> needs, Audit.Reading reading)
            throws IOException {
        List<Object> key = List.of(seer, path, needs);
        Explanation known = explanations.get(key);
        if (known == null) {
            known = audit.explain(
                    path,
                    path,
                    seer.identity(),
                    reading,
                    new Question(needs),
                    settings.judging(path),
                    seer.pid(),
                    List.of());
            explanations.put(key, known);
        }
        return known;
    }

    static CauseKind kind(Reason reason) {
        return switch (reason) {
            case PERMISSION -> CauseKind.MODE;
            case DENY_RULE -> CauseKind.DENY_RULE;
            case IP -> CauseKind.IP;
            case AUTH -> CauseKind.AUTH;
            case HTACCESS -> CauseKind.HTACCESS;
            case REWRITE -> CauseKind.REWRITE;
            case WAF -> CauseKind.WAF;
            case MISSING_INDEX -> CauseKind.MISSING_INDEX;
            case SYMLINK -> CauseKind.SYMLINK;
            case MISSING -> CauseKind.MISSING;
            case NOT_REGULAR -> CauseKind.NOT_REGULAR;
            case NAME_TOO_LONG -> CauseKind.NAME_TOO_LONG;
            case SYMLINK_LOOP -> CauseKind.SYMLINK_LOOP;
            case UPSTREAM -> CauseKind.UPSTREAM;
            case CACHED -> CauseKind.CACHED;
        };
    }

    /** Steps of the web server. */
    static UrlExplanation.Step step(Answer.Step step, boolean refuses) {
        return new UrlExplanation.Step(
                step.what(),
                step.source().map(RefusalExplainer::line),
                step.path(),
                step.rule(),
                step.result(),
                refuses);
    }
}
