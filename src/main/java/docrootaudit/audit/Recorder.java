package docrootaudit.audit;

import docrootaudit.access.PathBytes;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
            for (Audit.Part part : parts) {
                ScanContext context = part.scan.context();
                Subject subject = subject(request, part);
                ChangedMounts mounts = ChangedMounts.of(history, subject, part.scan);
                part.unmounted = mounts.unseen();
                List<Unseen> unseen = new ArrayList<>(part.scan.unseen());
                unseen.addAll(part.unmounted);
                ScanRecord record = new ScanRecord(
                        subject,
                        part.scan.started(),
                        part.scan.ended(),
                        part.scan.walked().finished(),
                        part.scan.walked().entries(),
                        unseen,
                        mounts.mounts(),
                        path -> path.startsWith(context.root) && context.isExcluded(path));
                part.changes = Optional.of(history.record(
                        record,
                        observed(part.drafts),
                        // they are the same for every reader
                        part.reader.index() == 0 ? context.granted : Optional.empty(),
                        clock.instant(),
                        alerting(request, part, events)));
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
        return subject(
                part,
                part.reader.identity(),
                request.question(),
                request.follow(),
                request.pid(),
                part.scan.root().server());
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
                            Optional.empty()));
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
            Optional<ServerRules> server) {
        ScanContext context = part.scan.context();
        Subject subject = Subjects.of(host, context.root, identity, question, context.rules, follow, pid, server);
        return part.reader.index() == 0 ? subject : subject.forHandler();
    }
}
