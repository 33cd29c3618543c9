package docrootaudit.cli;

import docrootaudit.access.PathBytes;
import docrootaudit.audit.AuditSettings;
import docrootaudit.audit.Host;
import docrootaudit.audit.IdentityException;
import docrootaudit.audit.Requests;
import docrootaudit.audit.RootSettings;
import docrootaudit.audit.ScanRequest;
import docrootaudit.finding.Identity;
import java.util.ArrayList;
import java.util.List;

/** The roots that a command line and a configuration together mean, each with whose access is judged there. */
final class RequestedRoots {
    private RequestedRoots() {}

    /**
     * The roots of a scan.
     *
     * @param given on the command line; if there are none, the configured ones are meant
     * @throws UsageException if there are none at all, or an identity is unknown
     */
    static List<ScanRequest.Root> of(Host host, AuditSettings settings, List<String> given, IdentityOptions identity)
            throws UsageException {
        Requests requests = new Requests(host, settings);
        List<ScanRequest.Root> requested = new ArrayList<>();
        if (given.isEmpty()) {
            for (RootSettings root : settings.roots()) {
                requested.add(root(host, requests, identity, root.path(), root.path(), root));
            }
        } else {
            for (String root : given) {
                PathBytes named = RawArguments.path(root);
                if (named.length() == 0) {
                    throw new UsageException("an empty ROOT names no directory");
                }
                PathBytes path = Paths.named(host, named);
                if (requested.stream().noneMatch(r -> r.path().equals(path))) {
                    requested.add(root(host, requests, identity, named, path, settings.governing(path)));
                }
            }
        }
        if (requested.isEmpty()) {
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
            RootSettings settings)
            throws UsageException {
        Identity server = identity.choose(host, settings.identity());
        try {
            return requests.root(given, path, settings, server);
        } catch (IdentityException e) {
            throw new UsageException(e.getMessage());
        }
    }
}
