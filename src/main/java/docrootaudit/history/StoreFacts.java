package docrootaudit.history;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.Subject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The condition of a store.
 *
 * @param directory where it is
 * @param schema the version of its tables
 * @param bytes the size of its file
 * @param subjects what has been scanned, in the order in which it first was
 */
public record StoreFacts(Path directory, int schema, long bytes, List<SubjectFacts> subjects) {
    public StoreFacts {
        subjects = List.copyOf(subjects);
    }

    /** Without the subjects whose root is none of these. */
    public StoreFacts only(Predicate<PathBytes> roots) {
        return new StoreFacts(
                directory,
                schema,
                bytes,
                subjects.stream().filter(s -> roots.test(s.subject().root())).toList());
    }

    /**
     * The condition of one subject. Refusals that stand behind others are not counted.
     *
     * @param last the last scan
     * @param lastFinished the last one that was not interrupted
     * @param lastComplete the last one that saw all it should
     * @param groups how many groups of names, alike in directory, kind and rule, are refused and should not be
     * @param paths how many paths are refused because of these
     * @param intended how many paths are refused on purpose
     */
    public record SubjectFacts(
            Subject subject,
            Optional<RecordedScan> last,
            Optional<RecordedScan> lastFinished,
            Optional<RecordedScan> lastComplete,
            long groups,
            long paths,
            long intended) {}
}
