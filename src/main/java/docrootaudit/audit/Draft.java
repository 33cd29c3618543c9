package docrootaudit.audit;

import docrootaudit.access.Inode;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.finding.CauseId;
import docrootaudit.finding.Finding;
import docrootaudit.finding.Refusals;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a scan found, on its way to the history and the report.
 *
 * @param refusals what the history keeps of it
 * @param reader who is refused
 * @param inode what the blamed inodes are like
 * @param needs what they are needed for
 * @param canonical a blamed path without links
 * @param examples some of the refused paths; those that a report shows stand first
 * @param next what stands behind it
 * @param exposed how many paths that are closed on purpose would open with it
 * @param links refused links that lead to one of the names, by name
 */
record Draft(
        Refusals refusals,
        Reader reader,
        Inode inode,
        List<Need> needs,
        PathBytes canonical,
        List<PathBytes> examples,
        Optional<Finding.Next> next,
        long exposed,
        Map<PathBytes, Long> links) {
    /** The id that stands for the whole: a cause's own, or a group's. */
    String id() {
        PathBytes directory = refusals.directory();
        if (refusals.names().count() == 1) {
            PathBytes name = refusals.names().iterator().next();
            return CauseId.of(reader.uid(), Refusals.path(directory, name), refusals.kind());
        }
        String alike = refusals.rule() + "\0" + inode.attributes() + "\0" + refusals.intended();
        return CauseId.ofGroup(reader.uid(), directory, refusals.kind(), alike);
    }

    /** What the history is given. */
    Refusals observed() {
        return isCause() ? refusals.as(id()) : refusals;
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
        return new Draft(counted, reader, inode, needs, canonical, examples, next, exposed, more);
    }
}
