package docrootaudit.cli;

import docrootaudit.access.PathBytes;
import docrootaudit.audit.AuditSettings;
import docrootaudit.audit.Host;
import docrootaudit.audit.IdentityException;
import docrootaudit.audit.Requests;
import docrootaudit.audit.RootSettings;
import docrootaudit.audit.ScanRequest;
import docrootaudit.finding.Identity;
import docrootaudit.web.SiteRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The roots that a command line and a configuration together mean, each with whose access is judged there. */
final class RequestedRoots {
    private RequestedRoots() {}

    /**
     * The roots of a scan.
     *
     * @param given on the command line; if there are none, those of the web servers or the configured ones are meant
     * @param server whose rules are asked beside, if any are
     * @throws UsageException if there are none at all, or an identity is unknown
     */
    static List<ScanRequest.Root> of(
            Host host, AuditSettings settings, List<String> given, IdentityOptions identity, Optional<SiteRules> server)
            throws UsageException {
        Requests requests = new Requests(host, settings);
        List<ScanRequest.Root> requested = new ArrayList<>();
        if (given.isEmpty() && server.isPresent()) {
            for (PathBytes root : server.get().roots()) {
                requested.add(root(host, requests, identity, root, root, settings.governing(root), server));
            }
        } else if (given.isEmpty()) {
            for (RootSettings root : settings.roots()) {
                requested.add(root(host, requests, identity, root.path(), root.path(), root, server));
            }
        } else {
            for (String root : given) {
                PathBytes named = RawArguments.path(root);
                if (named.length() == 0) {
                    throw new UsageException("an empty ROOT names no directory");
                }
                PathBytes path = Paths.named(host, named);
                if (requested.stream().noneMatch(r -> r.path().equals(path))) {
                    requested.add(root(host, requests, identity, named, path, settings.governing(path), server));
                }
            }
        }
        if (requested.isEmpty()) {
            if (server.isPresent()) {
                throw new UsageException("the web server's configuration names no directory that is there");
            }
            throw new UsageException("no ROOT is given and none is configured: name a directory, such as /var/www");
        }
        return requested;
    }

    private static ScanRequest.Root root(
            Host host,
            Requests requests,
            IdentityOptions identity,
            PathBytes given,
            PathBytes path,
            RootSettings settings,
            Optional<SiteRules> rules)
            throws UsageException {
        boolean said = identity.isGiven() || settings.identity().user().isPresent();
        Optional<Identity> worker = said ? Optional.empty() : rules.flatMap(r -> r.identity(path));
        Identity server = worker.isPresent() ? worker.get() : identity.choose(host, settings.identity());
        try {
            ScanRequest.Root root = requests.root(given, path, settings, server);
            return rules.map(root::asking).orElse(root);
        } catch (IdentityException e) {
            throw new UsageException(e.getMessage());
        }
    }
}
