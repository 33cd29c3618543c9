package docrootaudit.audit;

import docrootaudit.access.Attributes;
import docrootaudit.access.Names;
import docrootaudit.access.PathBytes;
import docrootaudit.finding.Finding;
import docrootaudit.finding.PackedNames;
import docrootaudit.finding.Remedies;
import docrootaudit.finding.Since;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Makes the findings of a report from the drafts of its roots; one cause behind several roots is one finding. */
final class FindingMaker {
    /** A report for people shows remedies for so many causes, and some more in case of ties. */
    private static final int WORST = 100;

    /** A report shows so many paths of a cause. */
    private static final int EXAMPLES = 5;

    /** And prints so many of them at most. */
    private static final int PRINTED = 50;

    private final ScanRequest request;
    private final Names names;
    private final Mending mending;
    private final Map<String, Mending.Offer> computed = new ConcurrentHashMap<>();
    private CompletableFuture<Void> computing = CompletableFuture.completedFuture(null);
    /** Attributes that are alike are mostly one object. */
    private final IdentityHashMap<Attributes, String> briefs = new IdentityHashMap<>();

    private String lastId = "";
    private Mending.Offer last = Mending.Offer.NONE;

    FindingMaker(ScanRequest request, Mending mending, Names names) {
        this.request = request;
        this.mending = mending;
        this.names = names;
    }

    /** Begins to compute what people will read, on a processor that has nothing to do while the history is asked. */
    void computeMeanwhile(List<Audit.Part> parts) {
        if (request.detail() == ScanRequest.Detail.WORST_CAUSES) {
            computing = CompletableFuture.runAsync(() -> compute(worst(parts, PRINTED)), task -> {
                Thread thread = new Thread(task, "remedies");
                thread.setDaemon(true);
                thread.start();
            });
        }
    }

    /**
     * Computes the remedies that a report may want now, instead of when it is written: for the worst causes, or for all.
     * Called before the process gives up the right to look at the files.
     */
    void computeNow(List<Audit.Part> parts) {
        computing.join();
        boolean all = request.detail().compareTo(ScanRequest.Detail.WORST_CAUSES) > 0;
        compute(worst(parts, all ? Integer.MAX_VALUE : WORST));
    }

    /** A cause of a part, and its place in their order. */
    private record Candidate(Audit.Part part, Draft draft, int order) {
        /** The worst one last; of those that are as bad, the first. */
        static int compare(Candidate a, Candidate b) {
            int order =
                    Long.compare(a.draft.refusals().paths(), b.draft.refusals().paths());
            return order != 0 ? order : Integer.compare(b.order, a.order);
        }
    }

    /** The worst causes: out of tens of thousands, without sorting them all. */
    private static Collection<Candidate> worst(List<Audit.Part> parts, int limit) {
        Queue<Candidate> worst = new PriorityQueue<>(Candidate::compare);
        int order = 0;
        for (Audit.Part part : parts) {
            for (Draft draft : part.drafts) {
                if (draft.isCause() && !draft.refusals().intended()) {
                    worst.add(new Candidate(part, draft, order++));
                    if (worst.size() > limit) {
                        worst.remove();
                    }
                }
            }
        }
        return worst;
    }

    private void compute(Collection<Candidate> candidates) {
        for (Candidate candidate : candidates) {
            String id = candidate.draft().id();
            computed.computeIfAbsent(id, i -> compute(candidate.part(), candidate.draft(), i));
        }
    }

    private Mending.Offer offer(Audit.Part part, Draft draft, String id) {
        computing.join();
        Mending.Offer known = computed.get(id);
        if (known != null) {
            return known;
        }
        // the names of one finding are asked about one after the other
        if (!id.equals(lastId)) {
            last = compute(part, draft, id);
            lastId = id;
        }
        return last;
    }

    /** None for what is refused on purpose. */
    private Mending.Offer compute(Audit.Part part, Draft draft, String id) {
        if (draft.refusals().intended()) {
            return Mending.Offer.NONE;
        }
        if (draft.server().isPresent()) {
            Draft.OfServer server = draft.server().get();
            Remedies remedies = part.scan
                    .root()
                    .server()
                    .orElseThrow()
                    .remedies(server.cause(), server.urls().get(0));
            return new Mending.Offer(remedies, name -> remedies);
        }
        String listCommand =
                request.listing().of(part.scan.context().root, part.scan.root().identity(), id);
        return mending.offer(draft, listCommand);
    }

    /** What mends a draft, all its names at once. */
    Remedies remedies(Audit.Part part, Draft draft) {
        return offer(part, draft, draft.id()).whole();
    }

    /** All causes, each once, worst first; a finding is made when it is asked for. */
    List<Finding> findings(List<Audit.Part> parts) {
        return WorstFirst.of(parts, this::finding, FindingMaker::together);
    }

    private Finding finding(Audit.Part part, int index) {
        Draft draft = part.drafts.get(index);
        List<Since> since = part.since(index);
        String id = draft.id();
        return new Finding(
                id,
                draft.reader().uid(),
                draft.refusals().kind(),
                draft.refusals().rule(),
                draft.refusals().directory(),
                draft.refusals().names(),
                draft.links(),
                draft.inode().map(i -> brief(i.attributes())).orElse(""),
                List.of(new Finding.RootCount(
                        part.scan.root().given(), draft.refusals().paths())),
                draft.refusals().intended(),
                draft.examples().subList(0, Math.min(EXAMPLES, draft.examples().size())),
                since,
                draft.next(),
                () -> offer(part, draft, id).whole(),
                name -> offer(part, draft, id).ofName().apply(name),
                draft.server()
                        .map(s ->
                                new Finding.OfServer(s.cause().line(), s.cause().status(), s.urls())));
    }

    private String brief(Attributes attributes) {
        return briefs.computeIfAbsent(attributes, a -> Shown.brief(a, names));
    }

    /** One cause that refuses paths in two roots. */
    private static Finding together(Finding a, Finding b) {
        List<Finding.RootCount> roots = new ArrayList<>(a.roots());
        roots.addAll(b.roots());
        List<PathBytes> examples = new ArrayList<>(a.examples());
        b.examples().stream().filter(e -> !examples.contains(e)).forEach(examples::add);
        return new Finding(
                a.id(),
                a.uid(),
                a.kind(),
                a.rule(),
                a.directory(),
                a.names(),
                a.links(),
                a.attributes(),
                roots,
                a.intended() && b.intended(),
                examples.subList(0, Math.min(EXAMPLES, examples.size())),
                List.of(oldest(a.names(), a.since(), b.since())),
                a.next().isPresent() ? a.next() : b.next(),
                a.remedy(),
                a.remediesOf(),
                a.server());
    }

    private static Since oldest(PackedNames all, List<Since> a, List<Since> b) {
        List<Since> both = new ArrayList<>(a);
        both.addAll(b);
        boolean known = both.stream().anyMatch(s -> s.state() == Since.State.KNOWN);
        Instant first = both.stream()
                .map(Since::firstSeen)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return new Since(all, known ? Since.State.KNOWN : Since.State.NEW, first);
    }
}
