package docrootaudit.audit;

import docrootaudit.access.Attributes;
import docrootaudit.access.PathBytes;
import docrootaudit.access.Step;
import docrootaudit.walk.EntrySource;
import docrootaudit.walk.Node;
import docrootaudit.walk.PathTracer;
import docrootaudit.walk.SourceException;
import java.io.IOException;
import java.util.List;

/**
 * Opens logs. One that only a configuration names may lie in a tenant's directory, and he may put a link there to what
 * only root may read: such a link is followed only where nobody but root can have made it, as systemd follows none that
 * leaves an account's hands for root's (CHASE_SAFE).
 */
record LogOpening(Host host) {
    private static final int WRITE_FOR_OTHERS = 0022;

    /**
     * Opens one.
     *
     * @throws IOException with a clause that says what is wrong with it
     */
    Host.RegularFile open(LogInput log) throws IOException {
        return log.named() == LogInput.Named.BY_SOMEBODY ? host.regularFile(log.file()) : trusted(log.file());
    }

    private Host.RegularFile trusted(PathBytes file) throws IOException {
        EntrySource tree = host.tree();
        PathTracer.Resolved resolved = new PathTracer(tree, tree.mounts().automounts()).resolve(file);
        List<Step> steps = resolved.trace().steps();
        if (resolved.end().isEmpty()) {
            Step last = steps.get(steps.size() - 1);
            throw new IOException(
                    last instanceof Step.Stop stop
                            ? stop.errno().sentence()
                            : last instanceof Step.Blind blind ? blind.why() : "it does not resolve");
        }
        try (Node end = resolved.end().get()) {
            for (Step step : steps) {
                if (step instanceof Step.Follow link
                        && !isRootsAlone(link.directory().attributes())) {
                    throw new IOException("the link " + link.path() + " on the way there may be a tenant's:"
                            + " name the file itself");
                }
            }
            return new Host.RegularFile(end.open(), end.id());
        } catch (SourceException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static boolean isRootsAlone(Attributes directory) {
        return directory.uid() == 0 && (directory.mode() & WRITE_FOR_OTHERS) == 0;
    }
}
