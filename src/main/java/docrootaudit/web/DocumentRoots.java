package docrootaudit.web;

import docrootaudit.access.PathBytes;
import docrootaudit.access.Step;
import docrootaudit.access.Trace;
import docrootaudit.audit.AuditSettings;
import docrootaudit.audit.Host;
import docrootaudit.audit.IdentitySettings;
import docrootaudit.audit.Listing;
import docrootaudit.audit.RootRules;
import docrootaudit.audit.RootSettings;
import docrootaudit.finding.Identity;
import docrootaudit.server.Site;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The directories that the web servers of a machine serve from, as roots to be audited. */
public final class DocumentRoots {
    private DocumentRoots() {}

    /**
     * The roots that somebody has named, and of those that the servers' configurations name the ones that lie below
     * none of them, nor below one another. Each is judged for its server's workers and has that server's index names and
     * listings; the rest of what is asked is the defaults'.
     *
     * @param known directories that count though nothing is there now: something was, and it is missed
     * @throws WebException if there is no web server, none whose configuration can be read, or no root at all
     * @throws IOException if the files cannot be had
     */
    public static List<RootSettings> of(Host host, AuditSettings settings, Set<PathBytes> known)
            throws WebException, IOException {
        Map<PathBytes, RootSettings> found = new LinkedHashMap<>();
        for (Served served : new Servers(host).all(WhichServer.ANY)) {
            Traces traces = new Traces(served.tree());
            IdentitySettings identity = settings.identity().user().isPresent()
                    ? settings.identity()
                    : identity(new Workers(host).of(served));
            for (Site site : served.server().sites()) {
                for (Site.Root root : site.roots()) {
                    PathBytes directory = root.directory().withoutDots();
                    boolean counts = known.contains(directory)
                            || isThere(traces.of(directory).trace());
                    if (counts && !isOfHomes(root)) {
                        found.putIfAbsent(
                                directory, new RootSettings(directory, identity, rules(settings.defaults(), root)));
                    }
                }
            }
        }
        List<RootSettings> roots = new ArrayList<>(settings.roots());
        for (RootSettings root : found.values()) {
            boolean covered =
                    settings.roots().stream().anyMatch(r -> root.path().startsWith(r.path()));
            if (!covered && isOutermost(root.path(), found.keySet())) {
                roots.add(root);
            }
        }
        if (roots.isEmpty()) {
            throw new WebException("the web servers' configurations name no directory that is there");
        }
        return roots;
    }

    /** Whether it lies below none of these. */
    static boolean isOutermost(PathBytes root, Set<PathBytes> all) {
        return all.stream().noneMatch(other -> !other.equals(root) && root.startsWith(other));
    }

    /** Whose homes they are only the accounts tell. */
    static boolean isOfHomes(Site.Root root) {
        return root.prefix().equals("/~");
    }

    private static boolean isThere(Trace trace) {
        Optional<Step.Arrive> end = trace.end();
        return end.isPresent() && end.get().inode().attributes().isDirectory();
    }

    /** In numbers: a running worker may have other groups than its account. */
    private static IdentitySettings identity(Identity worker) {
        return new IdentitySettings(
                Optional.of(Integer.toUnsignedString(worker.principal().uid())),
                Optional.of(Integer.toUnsignedString(worker.principal().gid())),
                Optional.of(Arrays.stream(worker.principal().groups().gids())
                        .mapToObj(Integer::toUnsignedString)
                        .toList()));
    }

    private static RootRules rules(RootRules defaults, Site.Root root) {
        return new RootRules(
                defaults.exclude(),
                defaults.scripts(),
                root.listing() == Site.Listing.ON ? Listing.ON : defaults.listing(),
                root.index().isEmpty() ? defaults.index() : root.index(),
                defaults.secrets(),
                defaults.handlers(),
                defaults.visitMounts(),
                defaults.servers(),
                defaults.mountTimeout());
    }
}
