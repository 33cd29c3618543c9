package docrootaudit.daemon;

import docrootaudit.access.PathBytes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Who may scan now: one scan of a root at a time, so many at once as are allowed, first come first served. */
final class Turns {
    private static final long A_WHILE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final List<Turn> waiting = new ArrayList<>();
    private final List<Turn> running = new ArrayList<>();
    private int limit;
    private boolean over;

    /** One scan's turn. */
    final class Turn implements AutoCloseable {
        private final Set<PathBytes> roots;
        private boolean counts = true;

        private Turn(Set<PathBytes> roots) {
            this.roots = roots;
        }

        /** The scan does not end though it was told to: others need not wait for it, but for those of its roots. */
        void abandon() {
            lock.lock();
            try {
                counts = false;
                moved.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                waiting.remove(this);
                running.remove(this);
                moved.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Asked now and then by who waits for a turn. */
    @FunctionalInterface
    interface Patience {
        /** Whether to wait on. */
        boolean lasts();
    }

    Turns(int limit) {
        this.limit = limit;
    }

    void limit(int now) {
        lock.lock();
        try {
            limit = now;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for a turn, to be closed after the scan.
     *
     * @throws InterruptedException if there are no turns any more, or patience did not last
     */
    Turn take(Collection<PathBytes> roots, Patience patience) throws InterruptedException {
        Turn turn = new Turn(Set.copyOf(roots));
        boolean begun = false;
        try {
            join(turn);
            while (!begun) {
                begun = begins(turn);
                // asked without the lock: to find out may take its time
                if (!begun && !patience.lasts()) {
                    throw new InterruptedException("nobody waits for it any more");
                }
            }
            return turn;
        } finally {
            if (!begun) {
                turn.close();
            }
        }
    }

    private void join(Turn turn) {
        lock.lock();
        try {
            waiting.add(turn);
        } finally {
            lock.unlock();
        }
    }

    /** Waits a while; whether the turn has come. */
    private boolean begins(Turn turn) throws InterruptedException {
        lock.lock();
        try {
            long left = A_WHILE_NANOS;
            while (!over && !isFree(turn) && left > 0) {
                left = moved.awaitNanos(left);
            }
            if (over) {
                throw new InterruptedException("the service is ending");
            }
            if (!isFree(turn)) {
                return false;
            }
            waiting.remove(turn);
            running.add(turn);
            moved.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Whether a turn is one of those that could begin now, were all that wait let in by order. */
    private boolean isFree(Turn turn) {
        long places = limit - running.stream().filter(t -> t.counts).count();
        Set<PathBytes> taken = new HashSet<>();
        running.forEach(t -> taken.addAll(t.roots));
        for (Turn next : waiting) {
            boolean free = places > 0 && Collections.disjoint(taken, next.roots);
            if (next == turn) {
                return free;
            }
            places -= free ? 1 : 0;
            taken.addAll(next.roots);
        }
        return false;
    }

    /** Lets nobody scan any more. */
    void end() {
        lock.lock();
        try {
            over = true;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
