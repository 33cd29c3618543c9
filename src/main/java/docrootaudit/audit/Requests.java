package docrootaudit.audit;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.Identity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes scans out of what is wanted: settles who reads what, how many threads walk, and what limits the verdicts. */
public final class Requests {
    private final Host host;
    private final AuditSettings settings;

    public Requests(Host host, AuditSettings settings) {
        this.host = host;
        this.settings = settings;
    }

    /**
     * A root, with the identities that its handlers name.
     *
     * @param given as it is to be called in messages
     * @param path the same, absolute
     * @param server whose access is judged there
     * @throws IdentityException if a handler's account is unknown
     */
    public ScanRequest.Root root(PathBytes given, PathBytes path, RootSettings root, Identity server)
            throws IdentityException {
        Map<Handler, Identity> handlers = new HashMap<>();
        for (Handler handler : root.rules().handlers()) {
            IdentitySettings named =
                    new IdentitySettings(Optional.of(handler.as()), Optional.empty(), Optional.empty());
            handlers.put(handler, new Identities(host).choose(named, "handlers in the configuration"));
        }
        return new ScanRequest.Root(given, path, root, server, handlers);
    }

    /**
     * A root as the configuration has it.
     *
     * @throws IdentityException if the account it names, or one of its handlers', is unknown
     */
    public ScanRequest.Root configured(RootSettings root) throws IdentityException {
        Identity server = new Identities(host).choose(root.identity(), "the configuration");
        return root(root.path(), root.path(), root, server);
    }

    /** The scan of these roots by the usual question, as the schedule wants it. */
    public ScanRequest usual(List<ScanRequest.Root> roots, PaceSettings pace, ScanRequest.ListCommand listing) {
        return new ScanRequest(
                roots,
                Optional.empty(),
                Question.DEFAULT,
                ScanRequest.Detail.CAUSES,
                ScanRequest.Follow.NO,
                ScanRequest.Means.SIMULATION,
                threads(),
                pace,
                notes(roots),
                listing,
                progress -> {});
    }

    /** As many as the settings say, else one for each processor. */
    public int threads() {
        return settings.threads().orElseGet(() -> Runtime.getRuntime().availableProcessors());
    }

    /** What limits the verdicts, and for whom they are where it is not for the first one. */
    public List<String> notes(List<ScanRequest.Root> roots) {
        Identity first = roots.get(0).identity();
        List<Long> workers = host.webWorkers().stream()
                .filter(w -> w.uid() == first.principal().uid())
                .map(Host.Worker::pid)
                .toList();
        List<String> notes = new ArrayList<>(host.confinement(workers));
        for (ScanRequest.Root root : roots.subList(1, roots.size())) {
            Identity own = root.identity();
            if (!own.principal().equals(first.principal())) {
                notes.add(root.given() + " is judged for " + own.label() + ", " + own.why());
            }
        }
        return notes;
    }
}
