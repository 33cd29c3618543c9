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
 * @param chain the steps of both, in order
 * @param status what is answered; empty where only the upstream knows
 */
record Reply(Answer answer, List<Met> met, List<Answer.Step> chain, Optional<Integer> status) {
    /** A refusal and whose it is. */
    record Met(Refusal refusal, Seer seer) {
        Optional<Source> line() {
            return refusal.blame() instanceof Refusal.Blame.Line line ? Optional.of(line.source()) : Optional.empty();
        }
    }

    Reply {
        met = List.copyOf(met);
        chain = List.copyOf(chain);
    }

    static Reply of(Answer answer, Seer worker) {
        List<Met> met = answer.refusals().stream().map(r -> new Met(r, worker)).toList();
        return new Reply(answer, met, answer.chain(), status(answer));
    }

    private static Optional<Integer> status(Answer answer) {
        return answer.outcome() instanceof Answer.Outcome.Status status ? Optional.of(status.code()) : Optional.empty();
    }

    /** The same, refused by the upstream. */
    Reply refused(Refusal refusal, Seer by, Answer.Step step) {
        // what refused the server something came first, and had it pass on what it else had not
        List<Met> all = new ArrayList<>(met);
        all.add(new Met(refusal, by));
        return new Reply(answer, all, with(step), Optional.of(refusal.status()));
    }

    Reply passing(Answer.Step step) {
        return new Reply(answer, met, with(step), status);
    }

    private List<Answer.Step> with(Answer.Step step) {
        List<Answer.Step> steps = new ArrayList<>(chain);
        steps.add(step);
        return steps;
    }

    /**
     * What the web server makes of what the upstream said.
     *
     * @param next its answer, which begins as this one does
     */
    Reply then(Answer next, Seer worker) {
        List<Met> all = new ArrayList<>(met);
        next.refusals().stream()
                .skip(answer.refusals().size())
                .map(r -> new Met(r, worker))
                .forEach(all::add);
        int same = 0;
        while (same < Math.min(answer.chain().size(), next.chain().size())
                && answer.chain().get(same).equals(next.chain().get(same))) {
            same++;
        }
        List<Answer.Step> steps = new ArrayList<>(chain);
        steps.addAll(next.chain().subList(same, next.chain().size()));
        return new Reply(next, all, steps, status(next));
    }

    /** Whether nothing refuses. */
    boolean isFine() {
        return met.isEmpty() && status.map(s -> s < 400).orElse(true);
    }
}
