package docrootaudit.history;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.Changes;
import docrootaudit.finding.GrantedDirectories;
import docrootaudit.finding.Refusals;
import docrootaudit.finding.RootMounts;
import docrootaudit.finding.ScanRecord;
import docrootaudit.finding.Subject;
import docrootaudit.history.Store.Access;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The memory of the product: what scans saw, since when, until when.
 *
 * <p>One process at a time has a store open. After a failure the store is opened anew by the next call, so whoever
 * keeps it open may simply try again later. All times are kept to the microsecond. Safe for use by several threads, one
 * at a time.
 */
public final class History implements AutoCloseable {
    /** How long a web server may be away before it is taken for removed. */
    private static final Duration SERVERS_MISSED = Duration.ofDays(30);

    private final Layout layout;
    private final OpenStore store;

    private History(OpenStore store, Layout layout) {
        this.store = store;
        this.layout = layout;
    }

    /** Loads what opening a store needs; for a thread that has nothing else to do. */
    public static void load() {
        Store.load();
    }

    /**
     * Opens the store of a directory for reading and recording; makes both if there are none.
     *
     * @param directory where the store is; made with mode 0700, its files with 0600
     * @param owner called if this process is root and the directory another's
     * @param patience how long to wait while another process has the store open
     * @throws StoreException if it cannot be written: locked, not permitted, no space, damaged, newer, a bad path
     */
    public static History open(Path directory, StoreOwner owner, Duration patience) throws StoreException {
        return open(directory, owner, patience, Layout.STANDARD);
    }

    static History open(Path directory, StoreOwner owner, Duration patience, Layout layout) throws StoreException {
        StoreDirectory checked = StoreDirectory.of(directory);
        Store.loadDriver();
        return new History(
                OpenStore.open(checked, () -> checked.prepare(owner), Access.WRITE, patience, layout), layout);
    }

    /**
     * Opens the store of a directory for reading only; creates and changes nothing.
     *
     * @param owner called if this process is root and the directory another's
     * @param patience how long to wait while another process has the store open
     * @throws StoreException as for {@link #open}, and if there is no store
     */
    public static History openForReading(Path directory, StoreOwner owner, Duration patience) throws StoreException {
        StoreDirectory checked = StoreDirectory.of(directory);
        Store.loadDriver();
        Layout layout = Layout.STANDARD;
        return new History(
                OpenStore.open(checked, () -> checked.require(owner), Access.READ, patience, layout), layout);
    }

    /**
     * Records a scan and what it saw refused, and compares it with the last finished scan of its subject. When this
     * returns, neither a kill nor a power cut loses it; when it throws, nothing is recorded, unless the very last step
     * failed, that of making the disk keep it.
     *
     * @param observed in any order; within one directory, family of cause and blame each name once
     * @return what is new, known and recovered
     * @throws StoreException above all if no space is left
     */
    public Changes record(ScanRecord scan, List<Refusals> observed) throws StoreException {
        return record(scan, observed, Optional.empty(), scan.ended(), Alerting.NONE);
    }

    /**
     * The same, and keeps what directories are like, and queues in the same transaction what people are to be told of it: neither is ever there without the
     * other.
     *
     * @param granted what directories are like, if that is to be known when they are refused
     * @param now from when on what is queued waits: a scan of many roots is recorded long after its first one ended
     */
    public synchronized Changes record(
            ScanRecord scan,
            List<Refusals> observed,
            Optional<GrantedDirectories> granted,
            Instant now,
            Alerting alerting)
            throws StoreException {
        return store.write(open -> new Recording(open, layout, scan, observed).run(granted, now, alerting));
    }

    /**
     * Notes that a root was not scanned, or not to the end, and queues what people are to be told if that is new.
     *
     * @param root absolute, as it is scanned
     * @param at when that was found
     * @param why one sentence
     */
    public synchronized void missed(PathBytes root, Instant at, String why, Alerting alerting) throws StoreException {
        if (alerting == Alerting.NONE) {
            return;
        }
        store.write(open -> {
            BlindTable.Difference blind = new BlindTable(open.connection()).missed(root, at, why);
            List<Alerting.Queued> queued = alerting.of(
                    Changes.NONE,
                    new Alerting.Past(Alerting.Told.BEFORE, Alerting.Granted.NOTHING, blind.blinded(), blind.seeing()));
            new EventTable(open.connection()).add(at, queued);
            return Optional.empty();
        });
    }

    /** What scans of a root did not see that they should have, as far as people are told of it. */
    public synchronized List<Blind> blind(PathBytes root) throws StoreException {
        return store.read(open -> new BlindTable(open.connection())
                .all().stream().filter(b -> b.root().equals(root)).toList());
    }

    /**
     * Nobody hears of the rules of web servers any more in a root, until all of them are told anew.
     *
     * @param root absolute, as it is scanned
     */
    public synchronized void forgetRules(PathBytes root) throws StoreException {
        boolean told = store.read(open -> new SubjectTable(open.connection())
                .heard().stream()
                        .anyMatch(h -> h.root().equals(root) && !h.server().isEmpty()));
        if (told) {
            store.write(open -> {
                new SubjectTable(open.connection())
                        .forget(root, s -> !s.server().isEmpty());
                return Optional.empty();
            });
        }
    }

    /** Works on the tables of alerts in one transaction, and keeps what was done as safely as a scan. */
    public synchronized <T> T alerts(AlertTables.Work<T> work) throws StoreException {
        return store.write(open -> work.on(AlertTables.of(open.connection())));
    }

    /** Looks at the tables of alerts; what the work changes is undone. */
    public synchronized <T> T readAlerts(AlertTables.Work<T> work) throws StoreException {
        return store.read(open -> work.on(AlertTables.of(open.connection())));
    }

    /**
     * The condition of the alerts.
     *
     * @param limit of each kind, at most so many
     */
    public synchronized AlertFacts alertFacts(int limit) throws StoreException {
        return store.read(open -> {
            AlertTables tables = AlertTables.of(open.connection());
            return new AlertFacts(
                    tables.events().countTold(),
                    tables.messages().count(MessageTable.State.PENDING),
                    tables.messages().in(MessageTable.State.PENDING, limit).stream()
                            .filter(row -> row.tries() > 0)
                            .toList(),
                    tables.messages().in(MessageTable.State.UNDELIVERABLE, limit),
                    tables.silences().acks(),
                    tables.silences().quiets(),
                    new BlindTable(open.connection()).all());
        });
    }

    /**
     * Forgets refusals that ended, scans, and messages that were sent or given up, longer ago than the retention. What is
     * still refused stays, as do the scans that the next ones are compared with; but of a web server that did not run for a
     * month nobody hears any more: one that is stopped for a while comes back and refuses what it did, one that was removed
     * does not.
     */
    public synchronized void prune(Duration retention, Instant now) throws StoreException {
        store.write(open -> {
            Instant before = now.minus(retention);
            new Retention(open.connection()).forget(before);
            new MessageTable(open.connection()).forget(before);
            new RecipientTable(open.connection()).forget(before);
            new SubjectTable(open.connection()).forgetServersUnasked(now.minus(SERVERS_MISSED));
            return Optional.empty();
        });
    }

    /** The newest scans, newest first. */
    public synchronized List<RecordedScan> scans(int limit) throws StoreException {
        return store.read(open -> new ScanTable(open.connection()).newest(Optional.empty(), limit));
    }

    /** The newest scans of one root, whoever it was scanned for, newest first. */
    public synchronized List<RecordedScan> scans(PathBytes root, int limit) throws StoreException {
        return store.read(open -> new ScanTable(open.connection()).newest(Optional.of(root), limit));
    }

    /** The last scan of a subject that was not interrupted: how many entries to expect, and how long they take. */
    public synchronized Optional<RecordedScan> lastFinished(Subject subject) throws StoreException {
        return store.read(open -> {
            ScanTable scans = new ScanTable(open.connection());
            Optional<Long> id = scans.find(subject);
            return id.isPresent() ? scans.lastFinishedBefore(id.get(), Long.MAX_VALUE) : Optional.empty();
        });
    }

    /** Where the file systems of the root of a subject were mounted when a scan saw it last. */
    public synchronized Optional<RootMounts> mountsOf(Subject subject) throws StoreException {
        return store.read(open -> {
            Optional<Long> id = new ScanTable(open.connection()).find(subject);
            return id.isPresent() ? new MountTable(open.connection(), id.get()).get() : Optional.empty();
        });
    }

    /**
     * Whether something was refused in a directory, or below it, when it was looked at last.
     *
     * @param directory absolute, as walked
     */
    public synchronized boolean refusesBelow(Subject subject, PathBytes directory) throws StoreException {
        return store.read(open -> {
            Optional<Long> id = new ScanTable(open.connection()).find(subject);
            return id.isPresent() && new RefusalTable(open.connection()).isOpenBelow(id.get(), directory);
        });
    }

    /**
     * Every interval in which a path, or a directory above it, was refused, in the order in which they began.
     *
     * @param path absolute, as walked; links in it are not followed
     */
    public synchronized List<Interval> of(PathBytes path) throws StoreException {
        return store.read(open -> new PathHistory(open.connection(), path).intervals());
    }

    /**
     * What each subject whose scans concern a path knew of it at some time. A scan counts from its start on.
     *
     * @param path absolute, as walked; links in it are not followed
     * @return empty if no scan ever concerned it
     */
    public synchronized List<StateAt> at(PathBytes path, Instant time) throws StoreException {
        return store.read(open -> new PathHistory(open.connection(), path).at(time));
    }

    /** The condition of the store. */
    public synchronized StoreFacts facts() throws StoreException {
        return store.read(open -> {
            ScanTable scans = new ScanTable(open.connection());
            RefusalTable refusals = new RefusalTable(open.connection());
            List<StoreFacts.SubjectFacts> subjects = new ArrayList<>();
            for (Map.Entry<Long, Subject> entry : scans.subjects().entrySet()) {
                long id = entry.getKey();
                RefusalTable.Counts counts = refusals.open(id);
                subjects.add(new StoreFacts.SubjectFacts(
                        entry.getValue(),
                        scans.lastBefore(id, Long.MAX_VALUE),
                        scans.lastFinishedBefore(id, Long.MAX_VALUE),
                        scans.lastComplete(id),
                        counts.groups(),
                        counts.paths(),
                        counts.intended()));
            }
            int schema = Migrations.version(open.connection());
            return new StoreFacts(
                    store.directory().path(),
                    schema,
                    Files.size(store.directory().file()),
                    subjects);
        });
    }

    /** Where the store is. */
    public Path directory() {
        return store.directory().path();
    }

    /**
     * Looks whether the store is there and answers; after a failure it is opened anew, and made if it is gone.
     *
     * @return which store it is, for as long as it lives, wherever it is moved; one that was made anew is another
     * @throws StoreException if it cannot be used, or if its file was removed or replaced while it was open
     */
    public synchronized UUID check() throws StoreException {
        return store.check();
    }

    /**
     * Keeps it open for several who use it at once: from now on each of them may close it, and nothing happens until
     * {@link #reclaim}.
     */
    public synchronized History lend() {
        store.lend();
        return this;
    }

    /** Ends what {@link #lend} began, and closes. */
    public synchronized void reclaim() {
        store.reclaim();
    }

    /** Lets others have the store, unless it is lent. Does not fail: what was recorded is safe. */
    @Override
    public synchronized void close() {
        store.close();
    }
}
