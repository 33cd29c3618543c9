package docrootaudit.audit;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.CauseId;
import docrootaudit.finding.CauseKind;
import docrootaudit.finding.Refusals;
import docrootaudit.finding.UrlCause;
import java.util.Optional;

/**
 * A rule of a web server's that refuses, or what it lacks. It is the same cause over scans as long as file and rule are
 * the same, wherever in the file the line is.
 *
 * @param server whose rule it is, as {@link ServerRules#servers} has it
 * @param kind why
 * @param blamed the file and behind it the rule's words, or the path that the server lacks or may not have
 * @param rule the directive as written; of a tenant's file its name only; empty where none decides
 * @param status what is answered
 * @param line where the rule stands now
 * @param intent whether somebody wanted it
 */
public record ServerCause(
        String server,
        CauseKind kind,
        Blamed blamed,
        String rule,
        int status,
        Optional<UrlCause.Blame.Line> line,
        Intent intent) {
    /** What stays the same: a directory, and what it has or lacks there. */
    public record Blamed(PathBytes directory, PathBytes name) {
        /** Of a path. */
        public static Blamed path(PathBytes path) {
            return new Blamed(Refusals.directoryOf(path), Refusals.nameOf(path));
        }
    }

    /** Whether a refusal is meant. */
    public enum Intent {
        ACCIDENT,
        /** Listed apart. */
        ON_PURPOSE
    }

    String id(int uid) {
        return CauseId.of(uid, Refusals.path(blamed.directory(), blamed.name()), kind);
    }

    boolean isIntended() {
        return intent == Intent.ON_PURPOSE;
    }
}
