package docrootaudit.audit;

import docrootaudit.access.PathBytes;
import docrootaudit.alert.AlertState;
import docrootaudit.alert.Decision;
import docrootaudit.alert.Event;
import docrootaudit.alert.EventJson;
import docrootaudit.alert.Message;
import docrootaudit.alert.MessageJson;
import docrootaudit.alert.Outbox;
import docrootaudit.alert.OutboxException;
import docrootaudit.alert.Recipient;
import docrootaudit.alert.Watch;
import docrootaudit.history.AlertTables;
import docrootaudit.history.History;
import docrootaudit.history.MessageTable;
import docrootaudit.history.MessageTable.State;
import docrootaudit.history.RecipientTable;
import docrootaudit.history.StoreException;
import docrootaudit.history.WatchTable;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The outbox in the history: what is to be told lies beside what it tells of. */
public final class StoredOutbox implements Outbox {
    private static final Duration HOUR = Duration.ofHours(1);

    private final History history;
    private final PathBytes place;
    private final Supplier<Optional<String>> unwritten;

    /** @param history open for writing */
    public StoredOutbox(History history) {
        this(history, Optional::empty);
    }

    /** @param unwritten why something that scans saw could not be kept the last time, if it could not */
    public StoredOutbox(History history, Supplier<Optional<String>> unwritten) {
        this.history = history;
        this.unwritten = unwritten;
        this.place = PathBytes.of(history.directory().toString());
    }

    @Override
    public PathBytes place() {
        return place;
    }

    @Override
    public Optional<Instant> decide(Instant now, int watched, Function<AlertState, Composed> decide)
            throws OutboxException {
        // most of the time there is nothing to decide: then nothing is written
        AlertState state = read(tables -> state(tables, now, watched));
        Composed plan = decide.apply(state);
        if (!plan.decision().changesNothing()) {
            write(tables -> {
                keep(tables, plan, now);
                return plan;
            });
        }
        return plan.decision().next();
    }

    /**
     * What is known now.
     *
     * @param watched how many scans of each root matter
     * @throws OutboxException if it cannot be read
     */
    public static AlertState state(History history, Instant now, int watched) throws OutboxException {
        return new StoredOutbox(history).read(tables -> state(tables, now, watched));
    }

    private static AlertState state(AlertTables tables, Instant now, int watched) throws SQLException {
        List<AlertState.Waiting> waiting = new ArrayList<>();
        for (var row : tables.events().all()) {
            waiting.add(new AlertState.Waiting(row.id(), row.queued(), row.deferred(), EventJson.read(row.body())));
        }
        List<Watch> watches = new ArrayList<>();
        for (WatchTable.Row row : tables.watches().all()) {
            watches.add(new Watch(
                    row.openNames(),
                    row.allNames(),
                    row.allPaths(),
                    row.changes(),
                    row.unstable(),
                    row.told(),
                    EventJson.read(row.latest())));
        }
        Set<AlertState.Scanned> roots = new HashSet<>();
        waiting.forEach(w -> roots.add(AlertState.Scanned.of(w.event())));
        watches.forEach(w -> roots.add(AlertState.Scanned.of(w.latest())));
        Map<AlertState.Scanned, List<Instant>> scans = new HashMap<>();
        for (AlertState.Scanned root : roots) {
            scans.put(root, tables.watches().scans(root.root(), root.uid(), root.server(), watched));
        }
        List<AlertState.Told> told = new ArrayList<>();
        Map<Recipient, List<Instant>> composed = new HashMap<>();
        for (RecipientTable.Told row : tables.recipients().told()) {
            told.add(new AlertState.Told(Recipient.of(row.recipient()), row.cause(), row.messages(), row.open()));
        }
        for (Map.Entry<String, List<Instant>> entry :
                tables.messages().composed(now.minus(HOUR)).entrySet()) {
            composed.put(Recipient.of(entry.getKey()), entry.getValue());
        }
        Map<Recipient, List<Event>> surplus = new HashMap<>();
        tables.recipients()
                .surplus()
                .forEach((recipient, bodies) -> surplus.put(
                        Recipient.of(recipient),
                        bodies.stream().map(EventJson::read).toList()));
        return new AlertState(
                waiting,
                watches,
                tables.subjects().heard().stream()
                        .map(h -> new AlertState.Scanned(h.root(), OptionalInt.of(h.uid()), h.server()))
                        .collect(Collectors.toSet()),
                tables.silences().acks().stream()
                        .map(a -> new AlertState.Ack(a.cause(), a.until()))
                        .toList(),
                tables.silences().quiets().stream()
                        .map(q -> new AlertState.Quiet(q.root(), q.from(), q.until()))
                        .toList(),
                scans,
                told,
                surplus,
                composed);
    }

    private static void keep(AlertTables tables, Composed plan, Instant now) throws SQLException {
        Decision decision = plan.decision();
        for (int i = 0; i < plan.messages().size(); i++) {
            Message message = plan.messages().get(i);
            String recipient = decision.batches().get(i).recipient().toString();
            tables.messages().add(message.id(), recipient, now, MessageJson.write(message));
        }
        tables.events().delete(decision.done());
        tables.events().defer(decision.deferred());
        tables.watches()
                .put(decision.watches().stream()
                        .map(w -> new WatchTable.Row(
                                w.key().cause(),
                                w.key().root(),
                                w.key().uid(),
                                w.openNames(),
                                w.allNames(),
                                w.allPaths(),
                                w.changes(),
                                w.unstable(),
                                w.told(),
                                EventJson.write(w.latest())))
                        .toList());
        for (Watch.Key key : decision.forgotten()) {
            tables.watches().delete(key.cause(), key.root(), key.uid());
        }
        for (PathBytes root : decision.unheard()) {
            tables.subjects().forget(root);
        }
        tables.recipients()
                .put(
                        decision.told().stream()
                                .map(t -> new RecipientTable.Told(
                                        t.recipient().toString(), t.cause(), t.messages(), t.open()))
                                .toList(),
                        now);
        for (Map.Entry<Recipient, List<Event>> entry : decision.surplus().entrySet()) {
            tables.recipients()
                    .surplus(
                            entry.getKey().toString(),
                            entry.getValue().stream().map(EventJson::write).toList());
        }
        for (String cause : decision.endedAcks()) {
            tables.silences().removeAck(cause);
        }
        for (AlertState.Quiet quiet : decision.endedQuiets()) {
            tables.silences().removeQuiet(quiet.root());
        }
    }

    @Override
    public Optional<String> unwritten() {
        return unwritten.get();
    }

    @Override
    public List<Pending> due(Instant now, Instant latest, int limit) throws OutboxException {
        return read(tables -> tables.messages().due(now, latest, limit).stream()
                .map(row ->
                        new Pending(row.id(), Recipient.of(row.recipient()), MessageJson.read(row.body()), row.tries()))
                .toList());
    }

    @Override
    public Optional<Instant> nextTry() throws OutboxException {
        return read(tables -> tables.messages().nextTry());
    }

    @Override
    public void tried(Pending message, Tried outcome) throws OutboxException {
        write(tables -> {
            MessageTable messages = tables.messages();
            if (outcome instanceof Tried.Sent sent) {
                messages.tried(message.key(), State.SENT, sent.at(), sent.at(), sent.answer());
            } else if (outcome instanceof Tried.Postponed postponed) {
                messages.tried(message.key(), State.PENDING, postponed.until(), postponed.until(), postponed.answer());
            } else {
                Tried.Undeliverable never = (Tried.Undeliverable) outcome;
                messages.tried(message.key(), State.UNDELIVERABLE, never.at(), never.at(), never.answer());
            }
            return message;
        });
    }

    private <T> T read(AlertTables.Work<T> work) throws OutboxException {
        try {
            return history.readAlerts(work);
        } catch (StoreException e) {
            throw new OutboxException(e.getMessage(), e);
        }
    }

    private <T> T write(AlertTables.Work<T> work) throws OutboxException {
        try {
            return history.alerts(work);
        } catch (StoreException e) {
            throw new OutboxException(e.getMessage(), e);
        }
    }
}
