package docrootaudit.walk;

import docrootaudit.access.PathBytes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The directories still to be walked, depth first, and the workers that may find more. A directory's subdirectories
 * wait as the bytes of their names, not as objects: a million of them cost what their names are long.
 */
final class Pending<S> {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    /** Of its own, so that whoever waits for the end is not woken by each directory found. */
    private final Condition end = lock.newCondition();

    private final Condition stop = lock.newCondition();

    private final Deque<Batch<S>> batches = new ArrayDeque<>();
    private final Deque<Directory<S>> single = new ArrayDeque<>();
    private int busy;
    private volatile boolean stopped;

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

        boolean isEmpty() {
            return at == names.length;
        }
    }

    void add(Directory<S> directory) {
        lock.lock();
        try {
            single.push(directory);
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Adds subdirectories by name, each name followed by a NUL. */
    void add(Directory<S> parent, byte[] names) {
        lock.lock();
        try {
            batches.push(new Batch<>(parent, names));
            work.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The next directory for a worker, which is busy from then on; null when there will be none any more. */
    Directory<S> take() throws InterruptedException {
        lock.lock();
        try {
            while (!stopped && isEmpty() && busy > 0) {
                work.await();
            }
            if (stopped || isEmpty()) {
                return null;
            }
            busy++;
            return next();
        } finally {
            lock.unlock();
        }
    }

    private Directory<S> next() {
        if (!single.isEmpty()) {
            return single.pop();
        }
        Batch<S> top = batches.element();
        Directory<S> next = top.next();
        if (top.isEmpty()) {
            batches.pop();
        }
        return next;
    }

    /** A worker is done with what it took, or is given up. */
    void done() {
        lock.lock();
        try {
            busy--;
            if (busy == 0) {
                work.signalAll();
                end.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    void stop() {
        lock.lock();
        try {
            stopped = true;
            stop.signalAll();
            work.signalAll();
            end.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Asked for every entry: no lock. */
    boolean isStopped() {
        return stopped;
    }

    /** Waits so long, or until the walk is stopped. */
    void rest(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (!stopped && left > 0) {
                left = stop.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing is left to do or the time is over; true if nothing is left. */
    boolean await(long millis) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (!isOver() && left > 0) {
                left = end.awaitNanos(left);
            }
            return isOver();
        } finally {
            lock.unlock();
        }
    }

    private boolean isOver() {
        return busy == 0 && (stopped || isEmpty());
    }

    private boolean isEmpty() {
        return batches.isEmpty() && single.isEmpty();
    }
}
