package docrootaudit.web;

import docrootaudit.access.PathBytes;
import docrootaudit.access.Step;
import docrootaudit.server.Answer;
import java.time.Instant;
import java.util.Optional;

/** Whether a running server may still refuse what it would not refuse any more if it looked. */
record Remembered(Served served, Instant now) {
    /**
     * How it may; empty if nothing on the way to the file was changed since the server runs and within the time for which
     * it remembers.
     */
    Optional<Answer.Memory> perhaps(Answer answer, Traces traces) {
        return answer.memory()
                .filter(m -> served.worker().isPresent())
                .filter(m -> answer.file()
                        .filter(f -> isChangedSince(f, since(m), traces))
                        .isPresent());
    }

    private Instant since(Answer.Memory memory) {
        Instant started = served.worker().orElseThrow().started();
        Instant forgotten = now.minus(memory.longest());
        return forgotten.isAfter(started) ? forgotten : started;
    }

    private static boolean isChangedSince(PathBytes file, Instant since, Traces traces) {
        return traces.of(file).trace().steps().stream()
                .map(Step::path)
                .anyMatch(path -> traces.of(path).stamp().changed().isAfter(since));
    }
}
