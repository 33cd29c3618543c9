package docrootaudit.audit;

import docrootaudit.access.Inode;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.access.PathVerdict;
import docrootaudit.access.Step;
import docrootaudit.access.Trace;
import docrootaudit.access.Verdict;
import docrootaudit.finding.Cause;
import java.util.List;
import java.util.Optional;

/** What refuses along a path that was traced: the way to the root of a scan, or the target of a link. */
final class LinkBlame {
    private LinkBlame() {}

    /** The blame of a refusing step; empty if it fails for everybody, which is no refusal. */
    static Optional<Blame> of(ScanContext context, Reader reader, PathVerdict verdict, PathVerdict.Judged refusal) {
        if (!(refusal.verdict() instanceof Verdict.Denied)) {
            return Optional.empty();
        }
        PathVerdict alone = new PathVerdict(verdict.asked(), verdict.needs(), List.of(refusal));
        List<Cause> plain = reader.diagnosis().causes(alone);
        Cause cause = context.process
                .map(p -> p.causes(reader.identity().principal(), alone, plain))
                .orElse(plain)
                .get(0);
        PathBytes path = context.asWalked(cause.path());
        return Optional.of(context.collected.blame(
                reader,
                path,
                () -> new Blame(
                        reader,
                        path,
                        cause.path(),
                        cause.kind(),
                        cause.rule(),
                        inode(refusal.step()),
                        refusal.need(),
                        context.isSecret(reader, path),
                        context.collected.spare)));
    }

    /** What is known below the end of a trace: everything on the way, its end not included. */
    static Place place(ScanContext context, Reader reader, Trace trace, Place start) {
        Place place = start;
        PathVerdict verdict = reader.check().judge(trace, Need.SEARCH);
        for (PathVerdict.Judged judged : verdict.steps()) {
            if (judged.step() instanceof Step.Arrive) {
                break;
            }
            if (judged.verdict() instanceof Verdict.Unknown unknown) {
                place = place.unknownFor(reader, unknown.why());
            }
            Optional<Blame> blame = of(context, reader, verdict, judged);
            if (blame.isPresent() && place.first(reader) != blame.get()) {
                place = place.refusedBy(reader, blame.get());
            }
        }
        return place;
    }

    private static Inode inode(Step step) {
        if (step instanceof Step.Search search) {
            return search.inode();
        } else if (step instanceof Step.Follow follow) {
            return follow.inode();
        }
        return ((Step.Arrive) step).inode();
    }
}
