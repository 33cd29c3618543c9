package docrootaudit.audit;

import docrootaudit.access.Attributes;
import docrootaudit.access.Names;
import docrootaudit.access.PathBytes;
import docrootaudit.finding.Finding;
import docrootaudit.finding.Identity;
import docrootaudit.finding.PackedNames;
import docrootaudit.finding.Since;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the findings of a report from the drafts of its roots; one cause behind several roots is one finding. */
final class FindingMaker {
    private static final Comparator<Draft> WORST_FIRST =
            Comparator.comparingLong((Draft d) -> d.refusals().paths()).reversed();
    private static final Comparator<Finding> REPORT_ORDER = Comparator.comparingLong(Finding::paths)
            .reversed()
            .thenComparing(Finding::directory)
            .thenComparing(f -> f.names().iterator().next())
            .thenComparing(Finding::id);

    private final ScanRequest request;
    private final Names names;
    private final Map<String, Mending.Offer> offers = new HashMap<>();

    FindingMaker(ScanRequest request, Names names) {
        this.request = request;
        this.names = names;
    }

    /** Computes remedies for the worst causes, or for all if {@code most} is negative; none for what is on purpose. */
    void computeRemedies(List<Audit.Part> parts, Mending mend, int most) {
        record Candidate(Draft draft, PathBytes root, Identity identity) {}
        List<Candidate> candidates = new ArrayList<>();
        for (Audit.Part part : parts) {
            part.drafts.stream()
                    .filter(d -> d.isCause() && !d.refusals().intended())
                    .forEach(d -> candidates.add(new Candidate(
                            d, part.scan.context().root, part.scan.root().identity())));
        }
        candidates.sort(Comparator.comparing(Candidate::draft, WORST_FIRST));
        for (Candidate candidate : candidates) {
            if (most >= 0 && offers.size() >= most) {
                break;
            }
            String id = candidate.draft().id();
            offers.computeIfAbsent(
                    id,
                    i -> mend.offer(
                            candidate.draft(), request.listing().of(candidate.root(), candidate.identity(), i)));
        }
    }

    List<Finding> findings(List<Audit.Part> parts) {
        Map<String, Finding> byId = new LinkedHashMap<>();
        for (Audit.Part part : parts) {
            for (int i = 0; i < part.drafts.size(); i++) {
                Draft draft = part.drafts.get(i);
                if (draft.isCause()) {
                    Finding finding = finding(part, draft, part.changes.since().get(i));
                    byId.merge(finding.id(), finding, FindingMaker::together);
                }
            }
        }
        return byId.values().stream().sorted(REPORT_ORDER).toList();
    }

    private Finding finding(Audit.Part part, Draft draft, List<Since> since) {
        Mending.Offer offer = offers.getOrDefault(draft.id(), Mending.Offer.NONE);
        return new Finding(
                draft.id(),
                draft.reader().uid(),
                draft.refusals().kind(),
                draft.refusals().rule(),
                draft.refusals().directory(),
                draft.refusals().names(),
                text(draft.inode().attributes()),
                List.of(new Finding.RootCount(
                        part.scan.root().given(), draft.refusals().paths())),
                draft.refusals().intended(),
                draft.examples(),
                since,
                draft.next(),
                offer.whole(),
                offer.ofName());
    }

    private String text(Attributes attributes) {
        return attributes.modeText() + " " + names.userOrNumber(attributes.uid()) + ":"
                + names.groupOrNumber(attributes.gid());
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
                a.attributes(),
                roots,
                a.intended() && b.intended(),
                examples.subList(0, Math.min(5, examples.size())),
                List.of(oldest(a.names(), a.since(), b.since())),
                a.next().isPresent() ? a.next() : b.next(),
                a.remedies(),
                a.remediesOf());
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
