package docrootaudit.alert;

import docrootaudit.access.PathBytes;
import docrootaudit.alert.AlertState.Waiting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Decides who is told of what, when. It is a function of what happened, what is known and what time it is.
 *
 * <p>An event waits until its group is complete ({@code hold}) or a silence is over. Then it changes how its cause
 * stands ({@link Watching}), and what of that is worth telling goes to each recipient to whom it is news
 * ({@link Telling}), in one message each.
 */
public final class AlertPolicy {
    private final AlertSettings settings;
    private final Set<Recipient.Channel> channels;
    private final Predicate<PathBytes> watched;

    /**
     * @param channels the ways that are open
     * @param watched whether anybody is told of a root; of one that the configuration has no more nobody is
     */
    public AlertPolicy(AlertSettings settings, Set<Recipient.Channel> channels, Predicate<PathBytes> watched) {
        this.settings = settings;
        this.channels = Set.copyOf(channels);
        this.watched = watched;
    }

    AlertSettings settings() {
        return settings;
    }

    /** How many of the last scans of each root a decision looks at. */
    public int watched() {
        return settings.damping().window();
    }

    /**
     * Decides.
     *
     * @param ids makes ids of messages, each once
     */
    public Decision decide(AlertState state, Instant now, Supplier<String> ids) {
        Silences silences = new Silences(state, now);
        List<PathBytes> unheard = unheard(state);
        Watching watching = new Watching(settings, state, silences, now, unheard);
        List<Waiting> covered = state.waiting().stream().filter(silences::cover).toList();
        List<Waiting> ripe = ripe(state, silences, now);
        byCause(ripe).values().forEach(of -> Silences.net(of).forEach(watching::see));
        watching.settle();

        List<Decision.Addressed> batches = new ArrayList<>();
        List<AlertState.Told> told = new ArrayList<>();
        Map<Recipient, List<Event>> surplus = new LinkedHashMap<>();
        List<Optional<Instant>> next = new ArrayList<>();
        for (Recipient recipient : recipients(state)) {
            Telling telling = new Telling(settings, state, recipient, now);
            telling.batch(watching.pieces(), ids)
                    .ifPresent(batch -> batches.add(new Decision.Addressed(recipient, batch)));
            told.addAll(telling.learnt());
            next.add(telling.next());
            if (!telling.surplus().equals(state.surplus().getOrDefault(recipient, List.of()))) {
                surplus.put(recipient, telling.surplus());
            }
        }
        next.add(silences.nextEnd());
        next.add(watching.nextReminder());
        if (ripe.isEmpty()) {
            next.add(state.waiting().stream()
                    .filter(w -> !silences.cover(w))
                    .map(w -> w.queued().plus(settings.hold()))
                    .min(Instant::compareTo));
        }
        return new Decision(
                batches,
                ripe.stream().map(Waiting::id).toList(),
                covered.stream().filter(w -> !w.deferred()).map(Waiting::id).toList(),
                watching.changed(),
                watching.forgotten(),
                unheard,
                told,
                surplus,
                silences.endedAcks(),
                silences.endedQuiets(),
                next.stream().flatMap(Optional::stream).min(Instant::compareTo));
    }

    /** Roots that people heard of and that are watched no more. */
    private List<PathBytes> unheard(AlertState state) {
        Stream<PathBytes> heard = state.heard().stream().map(AlertState.Scanned::root);
        Stream<PathBytes> known = state.watches().stream().map(w -> w.latest().root());
        return Stream.concat(heard, known)
                .distinct()
                .filter(watched.negate())
                .sorted()
                .toList();
    }

    /** Once the first has waited long enough all go, so that what belongs together is told together. */
    private List<Waiting> ripe(AlertState state, Silences silences, Instant now) {
        List<Waiting> heard =
                state.waiting().stream().filter(w -> !silences.cover(w)).toList();
        boolean ready = heard.stream()
                .anyMatch(w -> w.deferred()
                        || !now.isBefore(w.queued().plus(settings.hold()))
                        // the clock was set back: how long it has waited nobody knows, and it must not wait for days
                        || w.queued().isAfter(now));
        return ready ? heard : List.of();
    }

    private static Map<Watch.Key, List<Waiting>> byCause(List<Waiting> waiting) {
        Map<Watch.Key, List<Waiting>> byCause = new LinkedHashMap<>();
        waiting.forEach(w -> byCause.computeIfAbsent(Watch.Key.of(w.event()), k -> new ArrayList<>())
                .add(w));
        return byCause;
    }

    private Set<Recipient> recipients(AlertState state) {
        Stream<Recipient> mails = settings.addresses().stream().map(Recipient::mail);
        Set<Recipient> all = new LinkedHashSet<>();
        Stream.concat(mails, Stream.concat(Stream.of(Recipient.WEBHOOK), state.surplus().keySet().stream()))
                .filter(r -> channels.contains(r.channel()))
                .forEach(all::add);
        return all;
    }
}
