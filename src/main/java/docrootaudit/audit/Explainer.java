package docrootaudit.audit;

import docrootaudit.access.Attributes;
import docrootaudit.access.FileType;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.access.PathVerdict;
import docrootaudit.access.Trace;
import docrootaudit.finding.Cause;
import docrootaudit.finding.Explanation;
import docrootaudit.finding.Identity;
import docrootaudit.finding.Remedies;
import docrootaudit.finding.ShellQuote;
import docrootaudit.walk.EntrySource;
import docrootaudit.walk.PathTracer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Explains single paths: the way there, who refuses what on it, and what mends it. */
final class Explainer {
    private final Host host;
    private final ShellQuote quote;
    private final EntrySource tree;

    Explainer(Host host, ShellQuote quote, EntrySource tree) {
        this.host = host;
        this.quote = quote;
        this.tree = tree;
    }

    /** As {@link Audit#explain}. */
    Explanation explain(
            PathBytes target,
            PathBytes path,
            Identity identity,
            Audit.Reading reading,
            Question question,
            RootSettings settings,
            Optional<Long> pid,
            List<String> notes) {
        PathTracer tracer = new PathTracer(tree, tree.mounts().automounts());
        Trace trace = new Trace(target, tracer.trace(path).steps());
        Reader reader = new Reader(0, identity, host.protectedSymlinks(), host.names());
        PathVerdict verdict = reader.check().judge(trace, needs(trace, path.withoutDots(), question, settings));
        List<Cause> plain = reader.diagnosis().causes(verdict);
        Optional<ProcessView> process = pid.flatMap(p -> ProcessView.of(host, p, identity.principal()));
        List<Cause> causes =
                process.map(p -> p.causes(identity.principal(), verdict, plain)).orElse(plain);
        PathVerdict.Answer answer = verdict.answer();
        List<String> uncertain = new ArrayList<>(verdict.unknowns());
        if (answer == PathVerdict.Answer.ALLOWED && !notes.isEmpty()) {
            answer = PathVerdict.Answer.UNCERTAIN;
        }
        uncertain.addAll(notes);
        RootRules rules = reading == Audit.Reading.BY_SERVER
                ? settings.rules()
                : settings.rules().withoutSecrets();
        boolean secret = isSecret(trace, path.withoutDots(), settings.path(), rules, causes);
        boolean mendable = answer == PathVerdict.Answer.ABSENT || (answer == PathVerdict.Answer.DENIED && !secret);
        Remedies remedies = mendable
                ? new Mending(tracer, host::accounts, quote, process, host.ownUid()).forPath(reader, verdict, causes)
                : Remedies.NONE;
        return new Explanation(identity, verdict, answer, causes, remedies, secret, uncertain);
    }

    private static List<Need> needs(Trace trace, PathBytes path, Question question, RootSettings settings) {
        FileType type = trace.end()
                .map(e -> e.inode().attributes())
                .map(Attributes::type)
                .orElse(FileType.UNKNOWN);
        boolean script = type == FileType.REGULAR
                && Glob.first(settings.rules().scripts(), settings.path(), path).isPresent();
        Question.FileKind kind = script ? Question.FileKind.SCRIPT : Question.FileKind.CONTENT;
        return question.ofTarget(type, kind, settings.rules().listing());
    }

    /** Whether the path, what it leads to, or what would have to be opened for it, is closed on purpose. */
    private static boolean isSecret(Trace trace, PathBytes path, PathBytes root, RootRules rules, List<Cause> causes) {
        boolean target = rules.isPrivate(root, path).isPresent()
                || trace.end()
                        .map(e -> rules.isPrivate(root, e.path()).isPresent())
                        .orElse(false);
        return target
                || causes.stream().anyMatch(c -> rules.isPrivate(root, c.path()).isPresent());
    }
}
