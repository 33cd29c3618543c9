package docrootaudit.audit;

import java.util.AbstractList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.RandomAccess;

/** Several sorted lists as one; of each element only its place is kept. */
final class Merged<T> extends AbstractList<T> implements RandomAccess {
    private final List<? extends List<T>> lists;
    /** The list, and the index in it. */
    private final long[] places;

    private Merged(List<? extends List<T>> lists, long[] places) {
        this.lists = lists;
        this.places = places;
    }

    /** Merges them: of what is equal, what is in the first list comes first. */
    static <T> List<T> of(List<? extends List<T>> lists, Comparator<T> order) {
        record Head<T>(int list, int index, T element) {}
        List<? extends List<T>> full = lists.stream().filter(l -> !l.isEmpty()).toList();
        if (full.size() == 1) {
            return full.get(0);
        }
        PriorityQueue<Head<T>> heads = new PriorityQueue<>((a, b) -> {
            int byElement = order.compare(a.element(), b.element());
            return byElement != 0 ? byElement : Integer.compare(a.list(), b.list());
        });
        for (int list = 0; list < full.size(); list++) {
            heads.add(new Head<>(list, 0, full.get(list).get(0)));
        }
        long[] places = new long[full.stream().mapToInt(List::size).sum()];
        for (int i = 0; i < places.length; i++) {
            Head<T> head = heads.remove();
            places[i] = (long) head.list() << Integer.SIZE | head.index();
            int next = head.index() + 1;
            if (next < full.get(head.list()).size()) {
                heads.add(new Head<>(head.list(), next, full.get(head.list()).get(next)));
            }
        }
        return new Merged<>(full, places);
    }

    @Override
    public T get(int index) {
        long place = places[index];
        return lists.get((int) (place >>> Integer.SIZE)).get((int) place);
    }

    @Override
    public int size() {
        return places.length;
    }
}
