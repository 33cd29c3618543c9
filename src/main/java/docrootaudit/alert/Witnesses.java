package docrootaudit.alert;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.Encounters;
import java.util.Optional;

/** Knows whom causes met: the logs that the service follows. */
@FunctionalInterface
public interface Witnesses {
    /** Nobody who knows. */
    Witnesses NONE = (blamed, names) -> Optional.empty();

    /**
     * Whom a cause met; empty if nobody knows of any.
     *
     * @param blamed the path to blame, or the directory that holds those
     * @param names how many names in it are
     */
    Optional<Encounters> of(PathBytes blamed, int names);
}
