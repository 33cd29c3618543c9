package docrootaudit.access;

import docrootaudit.access.Verdict.Denied;
import docrootaudit.access.Verdict.Failed;
import docrootaudit.access.Verdict.Unknown;
import java.util.List;
import java.util.Optional;

/**
 * The verdict on a path: each step with its own.
 *
 * @param asked the path as given
 * @param needs what its end is wanted for, at least one
 * @param steps in the kernel's order
 */
public record PathVerdict(PathBytes asked, List<Need> needs, List<Judged> steps) {
    /**
     * One step and what the principal is told there.
     *
     * @param need what was asked for; the end of the path is judged once for each need
     */
    public record Judged(Step step, Verdict verdict, Need need) {
        /** Whether resolution ends here for the principal. */
        public boolean refuses() {
            return verdict instanceof Denied || verdict instanceof Failed;
        }
    }

    /** The four answers there are. */
    public enum Answer {
        ALLOWED,
        DENIED,
        ABSENT,
        UNCERTAIN
    }

    public PathVerdict {
        needs = List.copyOf(needs);
        steps = List.copyOf(steps);
    }

    /** The first need that the end of the path refuses, else the first. */
    public Need need() {
        return steps.stream()
                .filter(judged -> judged.step() instanceof Step.Arrive && judged.refuses())
                .map(Judged::need)
                .findFirst()
                .orElse(needs.get(0));
    }

    /**
     * The answer as a whole. A certain refusal stands whatever else is unknown; a missing name behind something unknown
     * does not.
     */
    public Answer answer() {
        boolean unknown = false;
        for (Judged judged : steps) {
            if (judged.verdict() instanceof Denied) {
                return Answer.DENIED;
            } else if (judged.verdict() instanceof Failed failed && !unknown) {
                boolean absent = failed.errno() == Errno.ENOENT || failed.errno() == Errno.ENOTDIR;
                return absent ? Answer.ABSENT : Answer.DENIED;
            }
            unknown |= judged.verdict() instanceof Unknown;
        }
        return unknown ? Answer.UNCERTAIN : Answer.ALLOWED;
    }

    /** Every step that refuses, the first first: the cause, and what would refuse once that is mended. */
    public List<Judged> refusals() {
        return steps.stream().filter(Judged::refuses).toList();
    }

    /** What nobody but the machine itself can tell, one sentence each. */
    public List<String> unknowns() {
        return steps.stream()
                .map(Judged::verdict)
                .filter(Unknown.class::isInstance)
                .map(v -> ((Unknown) v).why())
                .distinct()
                .toList();
    }

    /** The link that was being followed when the step was reached, if there was one. */
    public Optional<PathBytes> via(Judged reached) {
        Optional<PathBytes> link = Optional.empty();
        for (Judged judged : steps) {
            if (judged.equals(reached)) {
                break;
            }
            if (judged.step() instanceof Step.Follow follow) {
                link = Optional.of(follow.path());
            }
        }
        return link;
    }
}
