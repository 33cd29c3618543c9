package docrootaudit.history;

import docrootaudit.finding.Subject;
import java.util.List;

/** What the scans of one subject knew of a path at some time. */
public sealed interface StateAt {
    Subject subject();

    /** @param by every refusal of the path, or of a directory above it, that stood then; at least one */
    record Refused(Subject subject, List<Interval> by) implements StateAt {
        public Refused {
            by = List.copyOf(by);
        }
    }

    /** @param seen the last finished scan before that time which looked there */
    record NotRefused(Subject subject, RecordedScan seen) implements StateAt {}

    /** No finished scan before that time looked there. */
    record NotSeen(Subject subject) implements StateAt {}
}
