package docrootaudit.walk;

import docrootaudit.access.FileType;
import docrootaudit.access.PathBytes;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * One thread of a walk: takes directories and shows their entries to its visitor.
 *
 * <p>The directory at hand belongs to the worker until either the worker has finished with it or the walk gives the
 * worker up; whoever of the two takes it out of {@link #current} counts it as done, and only once.
 */
final class Worker<S> implements Runnable {
    /** Subdirectories are handed to the others when this many bytes of names have come together. */
    private static final int BATCH_BYTES = 1 << 16;

    /** So many obstacles among the entries of one directory are told one by one; beyond, the directory is told. */
    private static final int OBSTACLES_TOLD = 100;

    /** So often the pace is kept: a rest is short then, and to ask costs next to nothing. */
    private static final int STEP = 64;

    /** A worker that rests gives a sign of life as often. */
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

    private final EntrySource source;
    private final Node root;
    private final Pending<S> pending;
    private final Pace pace;
    private final Visitor<S> visitor;
    private final Hazards hazards;
    private final Consumer<Unvisited> unvisited;
    private final Consumer<PathBytes> unanswered;
    private final Consumer<Throwable> failure;
    private final AtomicReference<Directory<S>> current = new AtomicReference<>();
    private final AtomicLong entries = new AtomicLong();
    private final AtomicLong moves = new AtomicLong();
    private int sinceRest;
    private long seenMoves;
    private Directory<S> seenDirectory;
    private long seenAt;

    Worker(
            EntrySource source,
            Node root,
            Pending<S> pending,
            Pace pace,
            Visitor<S> visitor,
            Hazards hazards,
            Consumer<Unvisited> unvisited,
            Consumer<PathBytes> unanswered,
            Consumer<Throwable> failure) {
        this.source = source;
        this.root = root;
        this.pending = pending;
        this.pace = pace;
        this.visitor = visitor;
        this.hazards = hazards;
        this.unvisited = unvisited;
        this.unanswered = unanswered;
        this.failure = failure;
    }

    long entries() {
        return entries.getOpaque();
    }

    /** The directory at hand. */
    Optional<Directory<S>> where() {
        return Optional.ofNullable(current.get());
    }

    /**
     * Leaves this worker to its fate if nothing has moved for so long; called from one thread only.
     *
     * @return the directory that it is stuck in, which is done with; empty if it is not stuck
     */
    Optional<Directory<S>> giveUpAfter(long nanos) {
        long now = System.nanoTime();
        long count = moves.getOpaque();
        Directory<S> directory = current.get();
        if (directory == null || count != seenMoves || !directory.equals(seenDirectory)) {
            seenMoves = count;
            seenDirectory = directory;
            seenAt = now;
            return Optional.empty();
        }
        boolean stuck = now - seenAt > nanos && current.compareAndSet(directory, null);
        return stuck ? Optional.of(directory) : Optional.empty();
    }

    @Override
    public void run() {
        try (TreeReader reader = source.reader();
                OpenDirectories<S> open = new OpenDirectories<>(source, reader, root)) {
            boolean goOn = true;
            Directory<S> directory;
            while (goOn && (directory = pending.take()) != null) {
                goOn = work(reader, open, directory);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            failure.accept(e);
        }
    }

    /** One directory from its entry to its end; false if the worker was given up over it. */
    private boolean work(TreeReader reader, OpenDirectories<S> open, Directory<S> directory) {
        boolean mine = false;
        current.set(directory);
        try {
            boolean entered = walk(reader, open, directory);
            mine = current.compareAndSet(directory, null);
            if (mine && entered) {
                visitor.leave(directory);
            }
        } catch (RuntimeException | Error e) {
            mine = mine || current.compareAndSet(directory, null);
            failure.accept(e);
        }
        if (mine) {
            pending.done();
        }
        return mine;
    }

    /** Rests, if it is time to; called for every entry, and every directory. */
    private void keepPace() {
        if (pace.isFastest() || ++sinceRest < STEP) {
            return;
        }
        int visited = sinceRest;
        sinceRest = 0;
        try {
            long rest;
            while ((rest = pace.rest(visited)) > 0 && !pending.isStopped()) {
                visited = 0;
                pending.rest(Math.min(rest, LONGEST_PAUSE));
                count(moves);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isGivenUp() {
        return current.get() == null;
    }

    /** Whether the directory was entered, so that the visitor has to leave it. */
    private boolean walk(TreeReader reader, OpenDirectories<S> open, Directory<S> directory) {
        Optional<PathBytes> silent = hazards.silentAbove(directory);
        if (silent.isPresent()) {
            unanswered.accept(silent.get());
            return false;
        }
        Listing listing;
        try {
            listing = open.list(directory);
        } catch (SourceException e) {
            tell(directory.path(), e);
            return e.isRefused() && !isGivenUp() && enterUnlisted(reader, open, directory);
        }
        try {
            if (isGivenUp()) {
                return false;
            }
            enter(directory, listing.self());
        } catch (SourceException e) {
            tell(directory.path(), e);
            return false;
        }
        try {
            list(directory, listing);
        } catch (SourceException e) {
            tell(directory.path(), e);
        }
        return true;
    }

    private void enter(Directory<S> directory, Entry self) throws SourceException {
        directory.state(visitor.enter(directory, self));
        count(entries);
        count(moves);
        keepPace();
    }

    /** A directory that the auditor may not list, which was told, can still be judged itself. */
    private boolean enterUnlisted(TreeReader reader, OpenDirectories<S> open, Directory<S> directory) {
        try (Node node = open.look(reader, directory)) {
            enter(directory, new InodeEntry(node.inode()));
            return true;
        } catch (SourceException e) {
            return false;
        }
    }

    private void list(Directory<S> directory, Listing listing) throws SourceException {
        ByteArrayOutputStream below = new ByteArrayOutputStream(0);
        boolean hazardous = hazards.anyIn(directory);
        Obstacles obstacles = new Obstacles();
        Entry entry;
        while ((entry = listing.next()) != null && !isGivenUp() && !pending.isStopped()) {
            count(moves);
            keepPace();
            try {
                if (!hazardous || !isHazard(directory, entry)) {
                    entry(directory, listing, entry, below);
                }
            } catch (SourceException e) {
                obstacles.met(directory, entry, e);
            }
        }
        obstacles.tellRest(directory);
        hand(directory, below);
    }

    /** Asked before anything else is asked of the entry: the answer may never come. */
    private boolean isHazard(Directory<S> directory, Entry entry) {
        PathBytes name = PathBytes.of(entry.name());
        Optional<String> why = hazards.why(directory, name);
        if (why.isEmpty()) {
            return false;
        }
        PathBytes path = directory.path().resolve(name);
        unvisited.accept(
                visitor.excludes(directory, entry)
                        ? leftOut(path)
                        : new Unvisited(path, why.get(), Unvisited.Reason.UNREADABLE));
        return true;
    }

    private void entry(Directory<S> directory, Listing listing, Entry entry, ByteArrayOutputStream below)
            throws SourceException {
        if (visitor.excludes(directory, entry)) {
            leaveOut(directory, entry);
        } else if (isDirectory(entry)) {
            below.writeBytes(entry.name());
            below.write(0);
            if (below.size() >= BATCH_BYTES) {
                hand(directory, below);
            }
        } else {
            count(entries);
            visit(directory, listing, entry);
        }
    }

    /** Directories that are left out are told; files are not, for there may be a million. */
    private void leaveOut(Directory<S> directory, Entry entry) throws SourceException {
        if (isDirectory(entry)) {
            unvisited.accept(leftOut(directory.path().resolve(PathBytes.of(entry.name()))));
        }
    }

    private static Unvisited leftOut(PathBytes path) {
        return new Unvisited(path, "left out by the configuration", Unvisited.Reason.EXCLUDED);
    }

    private static boolean isDirectory(Entry entry) throws SourceException {
        FileType type = entry.listedType();
        if (type == FileType.UNKNOWN) {
            entry.stat();
            type = entry.type();
        }
        return type == FileType.DIRECTORY;
    }

    private void visit(Directory<S> directory, Listing listing, Entry entry) throws SourceException {
        Optional<Visitor.Jump<S>> jump = visitor.visit(directory, listing, entry);
        if (jump.isPresent() && !isGivenUp()) {
            PathBytes name = PathBytes.of(entry.name());
            pending.add(
                    directory.linked(name, jump.get().canonical(), jump.get().prefix()));
        }
    }

    private void hand(Directory<S> directory, ByteArrayOutputStream below) {
        if (below.size() > 0 && !isGivenUp()) {
            pending.add(directory, below.toByteArray());
            below.reset();
        }
    }

    private void tell(PathBytes path, SourceException e) {
        if (isGivenUp()) {
            return;
        }
        unvisited.accept(
                e.isChanged()
                        ? new Unvisited(path, "changed during the scan", Unvisited.Reason.CHANGED)
                        : new Unvisited(path, e.getMessage(), Unvisited.Reason.UNREADABLE));
    }

    /** Only this thread writes: no need of an atomic addition. */
    private static void count(AtomicLong counter) {
        counter.setOpaque(counter.getPlain() + 1);
    }

    /** What could not be looked at in one directory: the first ones by name, the others by their number. */
    private final class Obstacles {
        private int changed;
        private int unreadable;

        void met(Directory<S> directory, Entry entry, SourceException e) {
            if (changed + unreadable < OBSTACLES_TOLD) {
                tell(directory.path().resolve(PathBytes.of(entry.name())), e);
            }
            if (e.isChanged()) {
                changed++;
            } else {
                unreadable++;
            }
        }

        void tellRest(Directory<S> directory) {
            if (changed + unreadable <= OBSTACLES_TOLD || isGivenUp()) {
                return;
            }
            // one that is unreadable weighs more: nothing may be concluded from its absence
            unvisited.accept(
                    unreadable > 0
                            ? new Unvisited(
                                    directory.path(),
                                    (changed + unreadable) + " of its entries could not be looked at",
                                    Unvisited.Reason.UNREADABLE)
                            : new Unvisited(
                                    directory.path(),
                                    changed + " of its entries changed during the scan",
                                    Unvisited.Reason.CHANGED));
        }
    }
}
