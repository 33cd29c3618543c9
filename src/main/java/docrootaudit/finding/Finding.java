package docrootaudit.finding;

import docrootaudit.access.PathBytes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One cause, or several of one directory that are alike, as a report shows them.
 *
 * @param id what {@code --cause} takes: the cause's own id, or that of the group if there are several names
 * @param uid of the identity that is refused (unsigned)
 * @param kind why
 * @param rule the entry that decided
 * @param directory absolute, as walked: holds the blamed names; see {@link Refusals}
 * @param names the blamed names, at least one
 * @param attributes of the blamed inodes, as {@code -rw------- kim:users}
 * @param links how many refused links lead to each of several names, where some do
 * @param roots how many refused paths stand behind it in each root
 * @param intended whether every path behind it is refused on purpose
 * @param examples some of the refused paths, as walked
 * @param since since when; the parts together are all the names
 * @param next what refuses most of the paths once this is mended, if something does
 * @param remedy computes what mends it, all the names at once
 * @param remediesOf computes what mends one of several names
 * @param server set where a rule of a web server's refuses
 */
public record Finding(
        String id,
        int uid,
        CauseKind kind,
        String rule,
        PathBytes directory,
        PackedNames names,
        Map<PathBytes, Long> links,
        String attributes,
        List<RootCount> roots,
        boolean intended,
        List<PathBytes> examples,
        List<Since> since,
        Optional<Next> next,
        Supplier<Remedies> remedy,
        Function<PathBytes, Remedies> remediesOf,
        Optional<OfServer> server) {
    /**
     * Of a web server's own rules.
     *
     * @param line where the rule stands; empty where something else than a rule is to blame
     * @param status what is answered
     * @param urls those of the examples, in their order
     */
    public record OfServer(Optional<UrlCause.Blame.Line> line, int status, List<PathBytes> urls) {}

    /** Refused paths in one root. */
    public record RootCount(PathBytes root, long count) {}

    /**
     * What stands behind a cause.
     *
     * @param kind why it refuses
     * @param path what is to blame then
     * @param rule the entry that decides then
     * @param paths how many of the paths it keeps refused
     */
    public record Next(CauseKind kind, PathBytes path, String rule, long paths) {}

    /** What mends it, all the names at once; computed anew at each call. */
    public Remedies remedies() {
        return remedy.get();
    }

    /** How many refused paths stand behind it, in all roots. */
    public long paths() {
        long sum = 0;
        for (RootCount root : roots) {
            sum += root.count();
        }
        return sum;
    }

    public boolean hasNew() {
        return since.stream().anyMatch(s -> s.state() == Since.State.NEW);
    }

    /** Whether it is one cause. */
    public boolean isSingle() {
        return names.count() == 1;
    }

    /** The blamed path of one of the names. */
    public PathBytes blame(PathBytes name) {
        return Refusals.path(directory, name);
    }

    /** The id of one of the names. */
    public String idOf(PathBytes name) {
        return CauseId.of(uid, blame(name), kind);
    }
}
