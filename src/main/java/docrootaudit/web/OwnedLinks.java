package docrootaudit.web;

import docrootaudit.access.Attributes;
import docrootaudit.access.FileType;
import docrootaudit.access.PathBytes;
import docrootaudit.access.Step;
import docrootaudit.finding.FileCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Links on a path that are not of the owner of what they lead to, and how each comes to be: a server that follows an
 * owner's links alone follows them then.
 *
 * @param links those for which there is a command
 * @param obstacles why there is none for another
 */
record OwnedLinks(List<Link> links, List<String> obstacles) {
    /**
     * A link.
     *
     * @param path its own, without links
     * @param owner whose it is to be (unsigned)
     * @param command what makes it so
     */
    record Link(PathBytes path, int owner, String command) {}

    static OwnedLinks on(PathBytes path, Traces traces, FileCommands files) {
        List<Link> links = new ArrayList<>();
        List<String> obstacles = new ArrayList<>();
        PathBytes at = PathBytes.ROOT;
        for (PathBytes name : path.names()) {
            at = at.resolve(name);
            Optional<Step.Arrive> link = traces.ofLink(at).end().filter(OwnedLinks::isLink);
            Optional<Step.Arrive> target = traces.of(at).trace().end();
            if (link.isEmpty() || target.isEmpty()) {
                continue;
            }
            Attributes own = link.get().inode().attributes();
            int wanted = target.get().inode().attributes().uid();
            if (own.uid() == wanted) {
                continue;
            }
            PathBytes directory = link.get().path().parent().orElse(PathBytes.ROOT);
            FileCommands.Command command = files.own(
                    Planner.everybody(traces, directory),
                    link.get().path().name(),
                    own,
                    says(traces, at, link.get().path()),
                    wanted);
            if (command instanceof FileCommands.Command.Line line) {
                links.add(new Link(link.get().path(), wanted, line.text()));
            } else {
                obstacles.add("No command for " + link.get().path() + " is safe to run as root: "
                        + ((FileCommands.Command.None) command).why() + ".");
            }
        }
        return new OwnedLinks(links, obstacles);
    }

    private static boolean isLink(Step.Arrive end) {
        return end.inode().attributes().type() == FileType.SYMLINK;
    }

    /** Where the link leads, as it is written in it. */
    private static PathBytes says(Traces traces, PathBytes path, PathBytes link) {
        return traces.of(path).trace().steps().stream()
                .filter(Step.Follow.class::isInstance)
                .map(Step.Follow.class::cast)
                .filter(f -> f.path().equals(link))
                .map(Step.Follow::target)
                .findFirst()
                .orElseThrow();
    }
}
