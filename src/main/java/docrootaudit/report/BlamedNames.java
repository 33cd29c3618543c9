package docrootaudit.report;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.Finding;
import docrootaudit.finding.Since;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The causes that a finding of several names stands for, one at a time.
 *
 * <p>Names and the parts of {@link Finding#since()} are sorted alike, so one pass over all of them finds each name's
 * part.
 */
final class BlamedNames implements Iterable<Blamed> {
    private final Finding finding;
    private final Instant now;

    /**
     * @param now first seen of what no part has an earlier time for
     */
    BlamedNames(Finding finding, Instant now) {
        this.finding = finding;
        this.now = now;
    }

    @Override
    public Iterator<Blamed> iterator() {
        // asked once: counting names reads them all
        boolean single = finding.isSingle();
        Iterator<PathBytes> names = finding.names().iterator();
        List<Part> parts = finding.since().stream().map(Part::new).toList();
        List<Finding.RootCount> each = rootsOfEach();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return names.hasNext();
            }

            @Override
            public Blamed next() {
                return single ? alone(names.next(), parts) : oneOf(names.next(), parts, each);
            }
        };
    }

    private Blamed alone(PathBytes name, List<Part> parts) {
        return new Blamed(
                finding.id(),
                Optional.empty(),
                finding,
                finding.blame(name),
                finding.roots(),
                finding.examples(),
                since(name, parts),
                finding.remedies());
    }

    private Blamed oneOf(PathBytes name, List<Part> parts, List<Finding.RootCount> each) {
        PathBytes path = finding.blame(name);
        return new Blamed(
                finding.idOf(name),
                Optional.of(finding.id()),
                finding,
                path,
                counted(each, finding.links().getOrDefault(name, 0L)),
                List.of(path),
                since(name, parts),
                finding.remediesOf().apply(name));
    }

    private Blamed.Age since(PathBytes name, List<Part> parts) {
        for (Part part : parts) {
            if (part.has(name)) {
                return new Blamed.Age(part.since.state(), part.since.firstSeen());
            }
        }
        return new Blamed.Age(Since.State.KNOWN, now);
    }

    private static List<Finding.RootCount> counted(List<Finding.RootCount> each, long links) {
        if (links == 0) {
            return each;
        }
        return each.stream()
                .map(r -> new Finding.RootCount(r.root(), r.count() + links))
                .toList();
    }

    /** The roots in which each of several names is refused once: those that the directory lies in. */
    private List<Finding.RootCount> rootsOfEach() {
        List<Finding.RootCount> each = new ArrayList<>();
        for (Finding.RootCount root : finding.roots()) {
            if (finding.directory().startsWith(root.root())) {
                each.add(new Finding.RootCount(root.root(), 1));
            }
        }
        if (each.isEmpty() && !finding.roots().isEmpty()) {
            each.add(new Finding.RootCount(finding.roots().get(0).root(), 1));
        }
        return List.copyOf(each);
    }

    /** A part of the names, read along. */
    private static final class Part {
        final Since since;
        final Iterator<PathBytes> names;
        PathBytes head;

        Part(Since since) {
            this.since = since;
            this.names = since.names().iterator();
            advance();
        }

        /** Whether the name is in this part; asked for names in their order. */
        boolean has(PathBytes name) {
            while (head != null && head.compareTo(name) < 0) {
                advance();
            }
            return head != null && head.equals(name);
        }

        void advance() {
            head = names.hasNext() ? names.next() : null;
        }
    }
}
