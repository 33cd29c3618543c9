package docrootaudit.walk;

import docrootaudit.access.PathBytes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * The directories still to be walked, depth first, and the workers that may find more. A directory's subdirectories
 * wait as the bytes of their names, not as objects: a million of them cost what their names are long.
 */
final class Pending<S> {
    private final Deque<Batch<S>> stack = new ArrayDeque<>();
    private int busy;
    private boolean stopped;

    private static final class Batch<S> {
        final Directory<S> parent;
        final byte[] names;
        int at;

        Batch(Directory<S> parent, byte[] names) {
            this.parent = parent;
            this.names = names;
        }

        Directory<S> next() {
            int end = at;
            while (names[end] != 0) {
                end++;
            }
            PathBytes name = PathBytes.of(names, at, end);
            at = end + 1;
            return parent.child(name);
        }
    }

    private final Deque<Directory<S>> single = new ArrayDeque<>();

    synchronized void add(Directory<S> directory) {
        single.push(directory);
        notify();
    }

    /** Adds subdirectories by name, each name followed by a NUL. */
    synchronized void add(Directory<S> parent, byte[] names) {
        stack.push(new Batch<>(parent, names));
        notifyAll();
    }

    /** The next directory for a worker, which is busy from then on; null when there will be none any more. */
    synchronized Directory<S> take() throws InterruptedException {
        while (!stopped && stack.isEmpty() && single.isEmpty() && busy > 0) {
            wait();
        }
        if (stopped || (stack.isEmpty() && single.isEmpty())) {
            notifyAll();
            return null;
        }
        busy++;
        if (!single.isEmpty()) {
            return single.pop();
        }
        Batch<S> top = stack.peek();
        Directory<S> next = top.next();
        if (top.at == top.names.length) {
            stack.pop();
        }
        return next;
    }

    /** A worker is done with what it took, or is given up. */
    synchronized void done() {
        busy--;
        if (busy == 0) {
            notifyAll();
        }
    }

    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    synchronized boolean isStopped() {
        return stopped;
    }

    /** Waits until nothing is left to do or the time is over; true if nothing is left. */
    synchronized boolean await(long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (!isOver()) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    private boolean isOver() {
        return busy == 0 && (stopped || (stack.isEmpty() && single.isEmpty()));
    }
}
