package docrootaudit.audit;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.Changes;
import docrootaudit.finding.Identity;
import docrootaudit.finding.Refusals;
import docrootaudit.finding.ScanRecord;
import docrootaudit.finding.Subject;
import docrootaudit.finding.Unseen;
import docrootaudit.history.Alerting;
import docrootaudit.history.History;
import docrootaudit.history.StoreException;
import java.time.Clock;
import java.time.Instant;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Records what a scan found, and with it what there is to tell of it. */
final class Recorder {
    private final Host host;
    private final Audit.Memory memory;
    private final Clock clock;

    /**
     * A root that was not scanned, or not to the end.
     *
     * @param root its path
     * @param why one sentence
     */
    record Missed(PathBytes root, String why) {}

    Recorder(Host host, Audit.Memory memory, Clock clock) {
        this.host = host;
        this.memory = memory;
        this.clock = clock;
    }

    /** Each part of a scan learns what it changed; empty unless that cannot be recorded. */
    Optional<StoreException> record(
            ScanRequest request, List<Audit.Part> parts, List<Missed> missed, FindingMaker maker) {
        ScanEvents events = new ScanEvents(request, maker, host.names(), memory.told());
        try (History history = memory.store().open(() -> maker.computeNow(parts))) {
            List<Unseen> ofRoot = List.of();
            for (Audit.Part part : parts) {
                Subject subject = subject(request, part);
                if (part.server.isPresent()) {
                    // behind those of permissions
                    part.beside = ofRoot;
                    if (concerns(history, part, subject)) {
                        part.changes = Optional.of(record(history, request, part, byRules(part, subject), events));
                    }
                    continue;
                }
                ChangedMounts mounts = ChangedMounts.of(history, subject, part.scan);
                part.beside = Stream.concat(mounts.unseen().stream(), beside(history, part).stream())
                        .toList();
                ofRoot = part.isMain() ? part.beside : ofRoot;
                part.changes =
                        Optional.of(record(history, request, part, byPermissions(part, subject, mounts), events));
                if (part.isMain() && isUnasked(part)) {
                    history.forgetRules(subject.root());
                }
            }
            for (Missed root : missed) {
                missed(history, root);
            }
            history.prune(memory.retention(), clock.instant());
            return Optional.empty();
        } catch (StoreException e) {
            return Optional.of(e);
        }
    }

    /** What the history is given of drafts, when it asks. */
    private static List<Refusals> observed(List<Draft> drafts) {
        return new AbstractList<>() {
            @Override
            public Refusals get(int index) {
                return drafts.get(index).observed();
            }

            @Override
            public int size() {
                return drafts.size();
            }
        };
    }

    private Changes record(History history, ScanRequest request, Audit.Part part, ScanRecord record, ScanEvents events)
            throws StoreException {
        return history.record(
                record,
                observed(part.drafts),
                // they are the same for every reader
                part.isMain() ? part.scan.context().granted : Optional.empty(),
                clock.instant(),
                alerting(request, part, events));
    }

    private static ScanRecord byPermissions(Audit.Part part, Subject subject, ChangedMounts mounts) {
        ScanContext context = part.scan.context();
        return new ScanRecord(
                subject,
                part.scan.started(),
                part.scan.ended(),
                part.scan.walked().finished(),
                part.scan.walked().entries(),
                unseen(part),
                mounts.mounts(),
                path -> path.startsWith(context.root) && context.isExcluded(path));
    }

    /** Of what the walk or the servers left open, a rule is over only if it stands no more. */
    private static ScanRecord byRules(Audit.Part part, Subject subject) {
        ServerRules rules = part.scan.root().server().orElseThrow();
        String server = part.server.orElseThrow();
        boolean unsure = !part.scan.unseen().isEmpty()
                || part.beside.stream().anyMatch(u -> u.path().isAbsolute())
                || part.scan.context().collected.isUnsure(server);
        return new ScanRecord(
                subject,
                part.scan.started(),
                part.scan.ended(),
                part.scan.walked().finished(),
                part.scan.walked().entries(),
                unseen(part),
                Optional.empty(),
                path -> false,
                path -> unsure && rules.mayStand(server, path));
    }

    private static List<Unseen> unseen(Audit.Part part) {
        return Stream.concat(part.scan.unseen().stream(), part.beside.stream()).toList();
    }

    /** The servers of whose rules nothing can be said: now, or when they were asked last. */
    private static List<Unseen> beside(History history, Audit.Part part) throws StoreException {
        return part.scan.root().server().isPresent()
                ? part.scan.root().server().get().unseen()
                : history.blind(part.scan.context().root).stream()
                        .filter(b -> !b.path().isAbsolute())
                        .map(b -> new Unseen(b.path(), b.why(), false))
                        .toList();
    }

    /** Whether a server has anything to say of a root, or had. */
    private static boolean concerns(History history, Audit.Part part, Subject subject) throws StoreException {
        boolean serves =
                part.scan.root().server().orElseThrow().serves(part.server.orElseThrow(), part.scan.context().root);
        return serves || !part.drafts.isEmpty() || history.lastFinished(subject).isPresent();
    }

    /** Whether the configuration wants nobody to ask web servers about a root. */
    private static boolean isUnasked(Audit.Part part) {
        return part.scan.root().settings().rules().servers() == RootRules.Servers.UNASKED;
    }

    /** Who is asking is looked for among the processes only if somebody may have to be told. */
    private Alerting alerting(ScanRequest request, Audit.Part part, ScanEvents events) {
        Alerting alerting = events.of(part);
        return alerting == Alerting.NONE || isUsual(request, part) ? alerting : Alerting.NONE;
    }

    void missed(Missed root) throws StoreException {
        try (History history = memory.store().open(() -> {})) {
            missed(history, root);
        }
    }

    private void missed(History history, Missed root) throws StoreException {
        Instant now = clock.instant();
        history.missed(root.root(), now, root.why(), ScanEvents.missed(root.root(), now, memory.told()));
    }

    private Subject subject(ScanRequest request, Audit.Part part) {
        return subject(part, part.reader.identity(), request.question(), request.follow(), request.pid(), part.server);
    }

    /**
     * Whether the schedule would ask the same. What somebody asks besides is no event: who was told of it would hear no
     * more of it, for it is not asked again.
     */
    private boolean isUsual(ScanRequest request, Audit.Part part) {
        try {
            Identity identity = part.reader.index() == 0
                    ? new Identities(host).choose(part.scan.root().settings().identity(), "the configuration")
                    : part.reader.identity();
            return subject(request, part)
                    .equals(subject(
                            part,
                            identity,
                            Question.DEFAULT,
                            ScanRequest.Follow.NO,
                            Optional.empty(),
                            part.server.filter(server -> !isUnasked(part)
                                    && part.scan.root().server().orElseThrow().isUsual())));
        } catch (IdentityException e) {
            return false;
        }
    }

    private Subject subject(
            Audit.Part part,
            Identity identity,
            Question question,
            ScanRequest.Follow follow,
            Optional<Long> pid,
            Optional<String> server) {
        ScanContext context = part.scan.context();
        Subject subject = Subjects.of(host, context.root, identity, question, context.rules, follow, pid);
        if (server.isPresent()) {
            return Subjects.ofServer(subject, context.rules, server.get());
        }
        return part.reader.index() == 0 ? subject : subject.forHandler();
    }
}
