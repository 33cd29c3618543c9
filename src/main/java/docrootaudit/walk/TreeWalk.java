package docrootaudit.walk;

import docrootaudit.access.PathBytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Walks one tree with several workers, each with a visitor of its own.
 *
 * <p>A worker takes one directory at a time, opens it relative to an ancestor it still holds open, and reads it through.
 * A worker that gets no answer from a file system for too long is given up: its directory counts as unvisited, another
 * worker takes its place, and the walk ends without it.
 *
 * @param <S> what the visitors know of a directory
 */
public final class TreeWalk<S> {
    private static final long TICK_MILLIS = 100;

    private final EntrySource source;
    private final WalkSettings settings;
    private final Supplier<Visitor<S>> visitors;
    private final Pending<S> pending = new Pending<>();
    private final List<Worker<S>> workers = new ArrayList<>();
    /** Of the workers that are not given up. */
    private final Map<Worker<S>, Thread> threads = new LinkedHashMap<>();

    private final List<Unvisited> unvisited = Collections.synchronizedList(new ArrayList<>());
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Set<PathBytes> unanswered = ConcurrentHashMap.newKeySet();
    private final Hazards hazards;

    /**
     * @param source the tree
     * @param settings how to walk
     * @param visitors makes a visitor for each worker
     */
    public TreeWalk(EntrySource source, WalkSettings settings, Supplier<Visitor<S>> visitors) {
        this.source = source;
        this.settings = settings;
        this.visitors = visitors;
        this.hazards = new Hazards(source.mounts(), settings.visitMounts());
    }

    /** Ends the walk as soon as the entries at hand are visited; for another thread. */
    public void stop() {
        pending.stop();
    }

    /**
     * Walks, and returns when the walk is over.
     *
     * @param root the open directory to start from
     * @param path its path as the entries are to be called by
     * @param canonical its path without links
     * @param prefix what is known of the way there
     * @param progress told about ten times a second, from the calling thread
     */
    public Walked walk(Node root, PathBytes path, PathBytes canonical, S prefix, Consumer<Progress> progress)
            throws InterruptedException {
        pending.add(Directory.root(path, canonical, prefix));
        boolean finished;
        try {
            for (int i = 0; i < settings.threads(); i++) {
                startWorker(root);
            }
            while (!pending.await(TICK_MILLIS)) {
                progress.accept(new Progress(entries(), currentDirectory(path)));
                giveUpStuckWorkers(root);
            }
        } finally {
            finished = !pending.isStopped();
            pending.stop();
        }
        // they only have to close what they hold open
        for (Thread thread : threads.values()) {
            thread.join(Math.max(1, settings.patience().toMillis()));
        }
        if (failure.get() != null) {
            throw new IllegalStateException("a worker of the walk failed", failure.get());
        }
        return new Walked(entries(), finished, List.copyOf(unvisited));
    }

    private void startWorker(Node root) {
        Worker<S> worker = new Worker<>(
                source,
                root,
                pending,
                settings.pace(),
                visitors.get(),
                hazards,
                unvisited::add,
                this::unanswered,
                this::fail);
        workers.add(worker);
        Thread thread = new Thread(worker, "walk-" + workers.size());
        threads.put(worker, thread);
        thread.setDaemon(true);
        thread.start();
    }

    private void giveUpStuckWorkers(Node root) {
        for (Worker<S> worker : List.copyOf(threads.keySet())) {
            Optional<Directory<S>> stuck =
                    worker.giveUpAfter(settings.patience().toNanos());
            if (stuck.isPresent()) {
                unanswered(hazards.silent(stuck.get()).path());
                threads.remove(worker);
                startWorker(root);
                pending.done();
            }
        }
    }

    private void unanswered(PathBytes path) {
        if (unanswered.add(path)) {
            String why =
                    "the file system did not answer for " + settings.patience().toSeconds() + " s";
            unvisited.add(new Unvisited(path, why, Unvisited.Reason.UNREADABLE));
        }
    }

    /** A worker met a fault of the program: better no answer than one with a hole in it. */
    private void fail(Throwable fault) {
        failure.compareAndSet(null, fault);
        pending.stop();
    }

    private long entries() {
        long sum = 0;
        for (Worker<S> worker : workers) {
            sum += worker.entries();
        }
        return sum;
    }

    private PathBytes currentDirectory(PathBytes otherwise) {
        return threads.keySet().stream()
                .flatMap(worker -> worker.where().stream())
                .findFirst()
                .map(Directory::path)
                .orElse(otherwise);
    }
}
