package docrootaudit.audit;

import docrootaudit.access.Inode;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.finding.Finding;
import docrootaudit.finding.Refusals;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a scan found, on its way to the history and the report.
 *
 * @param id stands for the whole: a cause's own, or a group's
 * @param refusals what the history keeps of it
 * @param reader who is refused
 * @param inode what the blamed inodes are like; empty where none is to blame
 * @param needs what they are needed for
 * @param canonical a blamed path without links
 * @param examples some of the refused paths; those that a report shows stand first
 * @param next what stands behind it
 * @param exposed how many paths that are closed on purpose would open with it
 * @param links refused links that lead to one of the names, by name
 * @param server the rule or lack of a web server that it is, if it is one
 */
record Draft(
        String id,
        Refusals refusals,
        Reader reader,
        Optional<Inode> inode,
        List<Need> needs,
        PathBytes canonical,
        List<PathBytes> examples,
        Optional<Finding.Next> next,
        long exposed,
        Map<PathBytes, Long> links,
        Optional<OfServer> server) {
    /**
     * A cause of a web server's.
     *
     * @param urls of the examples
     */
    record OfServer(ServerCause cause, List<PathBytes> urls) {}

    /** What the history is given. */
    Refusals observed() {
        return isCause() ? refusals.as(id) : refusals;
    }

    /** Whether a report tells it: a cause of refusals, not one that stands behind another, nor a mere link to one. */
    boolean isCause() {
        return !refusals.behind() && refusals.blame().isEmpty();
    }

    /** The same with some refused links that lead to one of the names. */
    Draft withLinks(PathBytes name, long count) {
        Map<PathBytes, Long> more = new HashMap<>(links);
        more.merge(name, count, Long::sum);
        Refusals counted = new Refusals(
                refusals.directory(),
                refusals.names(),
                refusals.kind(),
                refusals.rule(),
                refusals.blame(),
                refusals.behind(),
                refusals.intended(),
                refusals.paths() + count);
        return new Draft(id, counted, reader, inode, needs, canonical, examples, next, exposed, more, server);
    }
}
