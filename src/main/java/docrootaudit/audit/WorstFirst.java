package docrootaudit.audit;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.Finding;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.function.BinaryOperator;

/**
 * The causes of several parts, those with the most refused paths first. Of most of them only the place is kept, for there
 * may be hundreds of thousands; those that several parts have are few.
 */
final class WorstFirst extends AbstractList<Finding> implements RandomAccess {
    /** Makes a finding of a draft. */
    interface Maker {
        Finding finding(Audit.Part part, int draft);
    }

    private final List<Audit.Part> parts;
    private final Maker maker;
    private final BinaryOperator<Finding> together;
    /** The part, and the index of its draft; below zero, one of those that are put together. */
    private final Longs places = new Longs();

    private final Longs paths = new Longs();
    private final List<Finding> ofSeveral = new ArrayList<>();
    private int[] order = {};

    private WorstFirst(List<Audit.Part> parts, Maker maker, BinaryOperator<Finding> together) {
        this.parts = parts;
        this.maker = maker;
        this.together = together;
    }

    /**
     * Finds the order.
     *
     * @param maker makes a finding of a draft
     * @param together puts two findings of one cause together
     */
    static List<Finding> of(List<Audit.Part> parts, Maker maker, BinaryOperator<Finding> together) {
        WorstFirst all = new WorstFirst(parts, maker, together);
        all.collect();
        Integer[] sorted = new Integer[all.paths.size];
        Arrays.setAll(sorted, i -> i);
        // what is as bad as another stays in the order of the directories
        Arrays.sort(sorted, (a, b) -> Long.compare(all.paths.at[b], all.paths.at[a]));
        all.order = Arrays.stream(sorted).mapToInt(Integer::intValue).toArray();
        return all;
    }

    /** A cause of a directory. */
    private record Found(int part, int index, Draft draft) {
        PathBytes first() {
            return draft.refusals().names().iterator().next();
        }
    }

    /** Goes through the parts side by side, a directory at a time: in it stands all that may be the same cause. */
    private void collect() {
        List<Causes> causes = new ArrayList<>();
        for (int part = 0; part < parts.size(); part++) {
            causes.add(new Causes(part));
        }
        List<Found> ofDirectory = new ArrayList<>();
        while (true) {
            PathBytes directory = null;
            for (Causes some : causes) {
                if (some.directory != null && (directory == null || some.directory.compareTo(directory) < 0)) {
                    directory = some.directory;
                }
            }
            if (directory == null) {
                return;
            }
            for (Causes some : causes) {
                while (directory.equals(some.directory)) {
                    ofDirectory.add(some.take());
                }
            }
            add(ofDirectory);
            ofDirectory.clear();
        }
    }

    /** The drafts of one part that a report tells. */
    private final class Causes {
        private final int part;
        private int index = -1;
        private Draft draft;
        /** Of the next one; null behind the last. */
        private PathBytes directory;

        Causes(int part) {
            this.part = part;
            advance();
        }

        private void advance() {
            List<Draft> drafts = parts.get(part).drafts;
            do {
                index++;
                draft = index < drafts.size() ? drafts.get(index) : null;
            } while (draft != null && !draft.isCause());
            directory = draft == null ? null : draft.refusals().directory();
        }

        Found take() {
            Found found = new Found(part, index, draft);
            advance();
            return found;
        }
    }

    private void add(List<Found> ofDirectory) {
        if (ofDirectory.size() == 1) {
            addOne(ofDirectory);
            return;
        }
        Map<String, List<Found>> byId = new LinkedHashMap<>();
        for (Found found : ofDirectory) {
            byId.computeIfAbsent(found.draft().id(), id -> new ArrayList<>()).add(found);
        }
        byId.values().stream()
                .sorted(Comparator.comparing((List<Found> same) -> same.get(0).first())
                        .thenComparing(same -> same.get(0).draft().id()))
                .forEach(this::addOne);
    }

    private void addOne(List<Found> same) {
        Found first = same.get(0);
        if (same.size() == 1) {
            places.add((long) first.part() << Integer.SIZE | first.index());
            paths.add(first.draft().refusals().paths());
            return;
        }
        Finding whole = same.stream()
                .map(found -> maker.finding(parts.get(found.part()), found.index()))
                .reduce(together)
                .orElseThrow();
        ofSeveral.add(whole);
        places.add(-ofSeveral.size());
        paths.add(whole.paths());
    }

    @Override
    public Finding get(int index) {
        long place = places.at[order[index]];
        return place < 0
                ? ofSeveral.get((int) (-place - 1))
                : maker.finding(parts.get((int) (place >>> Integer.SIZE)), (int) place);
    }

    @Override
    public int size() {
        return order.length;
    }

    private static final class Longs {
        private long[] at = new long[64];
        private int size;

        void add(long one) {
            if (size == at.length) {
                at = Arrays.copyOf(at, size * 2);
            }
            at[size++] = one;
        }
    }
}
