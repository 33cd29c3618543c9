package docrootaudit.web;

import docrootaudit.server.Answer;
import docrootaudit.server.Refusal;
import docrootaudit.server.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is answered in the end, by the web server or by whom it passes the request to.
 *
 * @param answer the web server's
 * @param met what refuses, and who is refused: the decisive one first
 * @param more steps of the upstream
 * @param status what is answered; empty where only the upstream knows
 */
record Reply(Answer answer, List<Met> met, List<Answer.Step> more, Optional<Integer> status) {
    /** A refusal and whose it is. */
    record Met(Refusal refusal, Seer seer) {
        Optional<Source> line() {
            return refusal.blame() instanceof Refusal.Blame.Line line ? Optional.of(line.source()) : Optional.empty();
        }
    }

    Reply {
        met = List.copyOf(met);
        more = List.copyOf(more);
    }

    static Reply of(Answer answer, Seer worker) {
        List<Met> met = answer.refusals().stream().map(r -> new Met(r, worker)).toList();
        return new Reply(answer, met, List.of(), status(answer));
    }

    private static Optional<Integer> status(Answer answer) {
        return answer.outcome() instanceof Answer.Outcome.Status status ? Optional.of(status.code()) : Optional.empty();
    }

    /** The same, refused by the upstream. */
    Reply refused(Refusal refusal, Seer by, Answer.Step step) {
        // what refused the server something came first, and had it pass on what it else had not
        List<Met> all = new ArrayList<>(met);
        all.add(new Met(refusal, by));
        List<Answer.Step> steps = new ArrayList<>(more);
        steps.add(step);
        return new Reply(answer, all, steps, Optional.of(refusal.status()));
    }

    Reply passing(Answer.Step step) {
        List<Answer.Step> steps = new ArrayList<>(more);
        steps.add(step);
        return new Reply(answer, met, steps, status);
    }

    /** Whether nothing refuses. */
    boolean isFine() {
        return met.isEmpty() && status.map(s -> s < 400).orElse(true);
    }

    List<Answer.Step> chain() {
        List<Answer.Step> all = new ArrayList<>(answer.chain());
        all.addAll(more);
        return all;
    }
}
