package docrootaudit.server.nginx;

import docrootaudit.access.Errno;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.server.Answer.Doubt;
import docrootaudit.server.Answer.Step;
import docrootaudit.server.Reason;
import docrootaudit.server.Refusal;
import docrootaudit.server.Source;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is written down while a request is answered: every step, refusal and doubt. */
final class Proof {
    private final List<Step> steps = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private final Set<Doubt> doubts = new LinkedHashSet<>();

    void step(String what, Directive directive, String result) {
        steps.add(new Step(what, Optional.of(directive.source()), Optional.empty(), directive.text(), result));
    }

    void step(String what, Optional<Directive> directive, PathBytes path, String result) {
        steps.add(new Step(
                what,
                directive.map(Directive::source),
                Optional.of(path),
                directive.map(Directive::text).orElse(""),
                result));
    }

    void step(String what, String result) {
        steps.add(new Step(what, Optional.empty(), Optional.empty(), "", result));
    }

    void refuse(Refusal refusal) {
        refusals.add(refusal);
    }

    /** A directive refuses. */
    void refuse(Reason reason, Directive directive, int status, Refusal.Meaning meant) {
        refuse(new Refusal(
                reason, new Refusal.Blame.Line(directive.source()), directive.text(), status, Optional.empty(), meant));
    }

    /** A path on the disk refuses. */
    void refuse(PathBytes path, Need need, Errno errno, int status) {
        Reason reason = switch (errno) {
            case EACCES -> Reason.PERMISSION;
            case ENOENT, ENOTDIR -> Reason.MISSING;
            case ELOOP -> Reason.SYMLINK_LOOP;
            case ENAMETOOLONG -> Reason.NAME_TOO_LONG;
        };
        Refusal.Blame blame =
                errno == Errno.EACCES ? new Refusal.Blame.File(path, need, errno) : new Refusal.Blame.Place(path);
        refuse(new Refusal(reason, blame, "", status, Optional.of(path), Refusal.Meaning.ACCIDENT));
    }

    void doubt(String reason, Source source) {
        doubts.add(new Doubt(reason, Optional.of(source)));
    }

    void doubt(Optional<Doubt> doubt) {
        doubt.ifPresent(doubts::add);
    }

    void doubt(String reason) {
        doubts.add(new Doubt(reason, Optional.empty()));
    }

    /** The steps and doubts of a request that was asked within this one. */
    void include(Proof inner) {
        steps.addAll(inner.steps);
        doubts.addAll(inner.doubts);
    }

    List<Step> steps() {
        return steps;
    }

    List<Refusal> refusals() {
        return refusals;
    }

    List<Doubt> doubts() {
        return List.copyOf(doubts);
    }
}
