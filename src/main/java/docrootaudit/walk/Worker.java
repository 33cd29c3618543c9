package docrootaudit.walk;

import docrootaudit.access.FileType;
import docrootaudit.access.PathBytes;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** One thread of a walk: takes directories and shows their entries to its visitor. */
final class Worker<S> implements Runnable {
    /** Subdirectories are handed to the others when this many bytes of names have come together. */
    private static final int BATCH_BYTES = 1 << 16;

    /** So many vanished entries of one directory are told one by one; beyond, the directory is told. */
    private static final int CHANGES_TOLD = 100;

    private final EntrySource source;
    private final Node root;
    private final Pending<S> pending;
    private final Visitor<S> visitor;
    private final Map<PathBytes, String> hazards;
    private final Consumer<Unvisited> unvisited;
    private final Consumer<Throwable> failure;
    private final AtomicLong entries = new AtomicLong();
    private final AtomicBoolean givenUp = new AtomicBoolean();
    private volatile Directory<S> where;
    private long seenEntries = -1;
    private Directory<S> seenWhere;
    private long seenAt;

    Worker(
            EntrySource source,
            Node root,
            Pending<S> pending,
            Visitor<S> visitor,
            Map<PathBytes, String> hazards,
            Consumer<Unvisited> unvisited,
            Consumer<Throwable> failure) {
        this.source = source;
        this.root = root;
        this.pending = pending;
        this.visitor = visitor;
        this.hazards = hazards;
        this.unvisited = unvisited;
        this.failure = failure;
    }

    long entries() {
        return entries.getPlain();
    }

    Optional<Directory<S>> where() {
        return Optional.ofNullable(where);
    }

    /** Whether nothing has moved for so long; called from one thread only. */
    boolean isStuck(long nanos) {
        long now = System.nanoTime();
        long count = entries.getOpaque();
        Directory<S> directory = where;
        if (directory == null || count != seenEntries || directory != seenWhere) {
            seenEntries = count;
            seenWhere = directory;
            seenAt = now;
            return false;
        }
        return now - seenAt > nanos;
    }

    /** Leaves this worker to its fate; false if it was before. */
    boolean giveUp() {
        return givenUp.compareAndSet(false, true);
    }

    @Override
    public void run() {
        try (TreeReader reader = source.reader();
                OpenDirectories<S> open = new OpenDirectories<>(source, reader, root)) {
            Directory<S> directory;
            while ((directory = pending.take()) != null) {
                where = directory;
                walk(reader, open, directory);
                if (!givenUp.compareAndSet(false, true)) {
                    return;
                }
                where = null;
                pending.done();
                givenUp.set(false);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            failure.accept(e);
        }
    }

    private void walk(TreeReader reader, OpenDirectories<S> open, Directory<S> directory) {
        Listing listing;
        try {
            listing = open.list(directory);
        } catch (SourceException e) {
            if (e.isRefused()) {
                enterUnlisted(reader, open, directory);
            }
            tell(directory.path(), e);
            return;
        }
        try {
            directory.state(visitor.enter(directory, listing.self()));
            entries.setOpaque(entries.getPlain() + 1);
        } catch (SourceException e) {
            tell(directory.path(), e);
            return;
        }
        try {
            list(directory, listing);
        } catch (SourceException e) {
            tell(directory.path(), e);
        }
        if (!givenUp.get()) {
            visitor.leave(directory);
        }
    }

    /** A directory that the auditor may not list can still be judged itself. */
    private void enterUnlisted(TreeReader reader, OpenDirectories<S> open, Directory<S> directory) {
        try (Node node = open.look(reader, directory)) {
            directory.state(visitor.enter(directory, new InodeEntry(node.inode())));
            entries.setOpaque(entries.getPlain() + 1);
            if (!givenUp.get()) {
                visitor.leave(directory);
            }
        } catch (SourceException e) {
            tell(directory.path(), e);
        }
    }

    private void list(Directory<S> directory, Listing listing) throws SourceException {
        ByteArrayOutputStream below = new ByteArrayOutputStream(0);
        int changes = 0;
        Entry entry;
        while ((entry = listing.next()) != null && !givenUp.get() && !pending.isStopped()) {
            try {
                if (visitor.excludes(directory, entry)) {
                    leaveOut(directory, entry);
                } else if (isDirectory(entry)) {
                    below(directory, entry, below);
                } else {
                    entries.setOpaque(entries.getPlain() + 1);
                    visit(directory, listing, entry);
                }
            } catch (SourceException e) {
                changes++;
                if (changes <= CHANGES_TOLD) {
                    tell(directory.path().resolve(PathBytes.of(entry.name())), e);
                }
            }
        }
        if (changes > CHANGES_TOLD) {
            String why = changes + " of its entries changed during the scan";
            unvisited.accept(new Unvisited(directory.path(), why, Unvisited.Reason.CHANGED));
        }
        hand(directory, below);
    }

    /** Directories that are left out are told; files are not, for there may be a million. */
    private void leaveOut(Directory<S> directory, Entry entry) throws SourceException {
        if (isDirectory(entry)) {
            PathBytes path = directory.path().resolve(PathBytes.of(entry.name()));
            unvisited.accept(new Unvisited(path, "left out by the configuration", Unvisited.Reason.EXCLUDED));
        }
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
        if (jump.isPresent()) {
            PathBytes name = PathBytes.of(entry.name());
            pending.add(
                    directory.linked(name, jump.get().canonical(), jump.get().prefix()));
        }
    }

    private void below(Directory<S> directory, Entry entry, ByteArrayOutputStream below) {
        byte[] name = entry.name();
        if (!hazards.isEmpty()) {
            PathBytes last = PathBytes.of(name);
            String why = hazards.get(directory.canonicalPath().resolve(last));
            if (why != null) {
                unvisited.accept(new Unvisited(directory.path().resolve(last), why, Unvisited.Reason.UNREADABLE));
                return;
            }
        }
        below.writeBytes(name);
        below.write(0);
        if (below.size() >= BATCH_BYTES) {
            hand(directory, below);
        }
    }

    private void hand(Directory<S> directory, ByteArrayOutputStream below) {
        if (below.size() > 0) {
            pending.add(directory, below.toByteArray());
            below.reset();
        }
    }

    private void tell(PathBytes path, SourceException e) {
        if (givenUp.get()) {
            return;
        }
        unvisited.accept(
                e.isChanged()
                        ? new Unvisited(path, "changed during the scan", Unvisited.Reason.CHANGED)
                        : new Unvisited(path, e.getMessage(), Unvisited.Reason.UNREADABLE));
    }
}
