package docrootaudit.finding;

import docrootaudit.access.PathBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that logs tell of refusals, for any format. Nothing of a visitor is in it.
 *
 * @param identity for whom the paths in them were explained
 * @param files what was read
 * @param refused how many answers of 403 the access logs have
 * @param challenged how many of 401
 * @param unexplained how many of those of 403 neither a line of an error log nor the configuration explains
 * @param causes what refused, that which met most requests first
 * @param notes what limits it
 * @param failures what keeps it from being complete
 */
public record LogReport(
        Identity identity,
        List<Read> files,
        long refused,
        long challenged,
        long unexplained,
        List<LogCause> causes,
        List<String> notes,
        List<String> failures) {
    /**
     * One file.
     *
     * @param kind the kind of log in a word; empty if it is none that is known
     * @param title the same for people
     * @param lines how many it has
     */
    public record Read(PathBytes path, Optional<String> kind, String title, long lines) {
        /** Whether it holds something that is no log. */
        public boolean isUnknown() {
            return kind.isEmpty() && lines > 0;
        }
    }

    public LogReport {
        files = List.copyOf(files);
        causes = List.copyOf(causes);
        notes = List.copyOf(notes);
        failures = List.copyOf(failures);
    }

    /** What refused for good: asking for credentials is no refusal yet. */
    public List<LogCause> refusals() {
        return causes.stream()
                .filter(c -> !c.isChallenge() && !c.isUnexplained())
                .toList();
    }

    /** Answers of 403 that nothing explains. */
    public List<LogCause> unexplainedUrls() {
        return causes.stream().filter(LogCause::isUnexplained).toList();
    }

    /** Where credentials were asked for. */
    public List<LogCause> challenges() {
        return causes.stream().filter(LogCause::isChallenge).toList();
    }

    /** The same with more that limits it. */
    public LogReport noting(List<String> sentences) {
        List<String> more = new ArrayList<>(notes);
        more.addAll(sentences);
        return new LogReport(identity, files, refused, challenged, unexplained, causes, more, failures);
    }

    /** The same, not complete for one more reason. */
    public LogReport failed(String sentence) {
        List<String> more = new ArrayList<>(failures);
        more.add(sentence);
        return new LogReport(identity, files, refused, challenged, unexplained, causes, notes, more);
    }

    public boolean complete() {
        return failures.isEmpty();
    }
}
