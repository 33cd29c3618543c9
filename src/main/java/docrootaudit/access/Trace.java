package docrootaudit.access;

import java.util.List;
import java.util.Optional;

/**
 * How a path resolves for somebody whom nothing is refused: every step, also those behind one that will turn out to be
 * closed.
 *
 * @param asked the path as given
 * @param steps at least one; the last is an {@link Step.Arrive}, {@link Step.Stop} or {@link Step.Blind}
 */
public record Trace(PathBytes asked, List<Step> steps) {
    public Trace {
        steps = List.copyOf(steps);
    }

    /** Where the path ends, if it does. */
    public Optional<Step.Arrive> end() {
        return steps.get(steps.size() - 1) instanceof Step.Arrive arrive ? Optional.of(arrive) : Optional.empty();
    }
}
