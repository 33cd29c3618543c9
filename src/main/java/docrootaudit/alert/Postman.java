package docrootaudit.alert;

import docrootaudit.alert.Outbox.Pending;
import docrootaudit.alert.Outbox.Tried;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what happened to whom it concerns: composes what is due, keeps it in the outbox, and tries each message until
 * it is taken, refused for good, or given up. A kill between any two steps repeats a step at most: a message may be
 * delivered twice, with the same id, and none is lost.
 *
 * <p>For one thread.
 */
public final class Postman {
    private static final Logger LOG = LoggerFactory.getLogger(Postman.class);

    /** So many messages are tried in one round. */
    private static final int ROUND = 100;

    /** After so many "not now" in a row the other side is left alone until the next round. */
    private static final int IN_VAIN = 3;

    /** When the outbox failed, or the other side is left alone: after how long to look again. */
    private static final Duration REST = Duration.ofMinutes(1);

    private final Clock clock;
    private final RandomGenerator random;
    private final Outbox outbox;
    private final AlertPolicy policy;
    private final Composers composers;
    private final Map<Recipient.Channel, Transport> transports;
    private final Trouble trouble;

    /** What came of tries and could not be kept: as long as it is not, nothing is delivered, for it would be again. */
    private final Deque<Outcome> unkept = new ArrayDeque<>();

    /** Why the outbox failed last; empty while it works. */
    private String failure = "";

    private record Outcome(Pending message, Tried tried) {}

    /**
     * How batches become messages.
     *
     * @param mail words a mail
     * @param notice words a call of the webhook
     * @param ids makes ids of messages, each once
     */
    public record Composers(Function<Batch, Mail> mail, Function<Batch, Notice> notice, Supplier<String> ids) {
        Message of(Decision.Addressed addressed) {
            Function<Batch, ? extends Message> channel =
                    switch (addressed.recipient().channel()) {
                        case MAIL -> mail;
                        case WEBHOOK -> notice;
                    };
            return channel.apply(addressed.batch());
        }
    }

    /**
     * @param random for the jitter between tries
     * @param transports one for each channel that is open; the policy is to know of the same
     */
    public Postman(
            Clock clock,
            RandomGenerator random,
            Outbox outbox,
            AlertPolicy policy,
            Composers composers,
            Map<Recipient.Channel, Transport> transports) {
        this(
                clock,
                random,
                outbox,
                policy,
                composers,
                transports,
                new Trouble(outbox.place(), policy, composers, Map.copyOf(transports)));
    }

    private Postman(
            Clock clock,
            RandomGenerator random,
            Outbox outbox,
            AlertPolicy policy,
            Composers composers,
            Map<Recipient.Channel, Transport> transports,
            Trouble trouble) {
        this.clock = clock;
        this.random = random;
        this.outbox = outbox;
        this.policy = policy;
        this.composers = composers;
        this.transports = Map.copyOf(transports);
        this.trouble = trouble;
    }

    /** The same postman by other settings: what he has in mind and the outbox has not is not forgotten. */
    public Postman by(AlertPolicy other, Composers composer, Map<Recipient.Channel, Transport> ways) {
        Trouble same = trouble.by(other, composer, Map.copyOf(ways));
        Postman postman = new Postman(clock, random, outbox, other, composer, ways, same);
        postman.unkept.addAll(unkept);
        postman.failure = failure;
        return postman;
    }

    /** What was remembered is gone; told with the next round. */
    public void lost(String sentence) {
        trouble.lost(sentence, clock.instant());
    }

    /**
     * Does what is due. Does not throw: what fails is logged and tried again. To be called after each scan, and at the
     * time that the last call named.
     *
     * @return when there is something to do next; empty: not before something happens
     */
    public Optional<Instant> run() {
        try {
            keep();
            Optional<Instant> decision = outbox.decide(clock.instant(), policy.watched(), this::compose);
            failure = "";
            // with nothing to decide all goes well on a full disk too
            Optional<String> unwritten = outbox.unwritten();
            if (unwritten.isPresent()) {
                trouble.met(unwritten.get(), clock.instant());
            } else {
                trouble.none(clock.instant());
            }
            Optional<Instant> rest = deliver();
            Optional<Instant> nextTry = rest.isPresent() ? rest : outbox.nextTry();
            return Stream.of(decision, nextTry, trouble.next())
                    .flatMap(Optional::stream)
                    .min(Instant::compareTo);
        } catch (OutboxException e) {
            // told once, not at each round again
            if (!failure.equals(e.getMessage())) {
                failure = e.getMessage();
                LOG.warn("alerts cannot be kept: {}", failure);
            }
            trouble.met(e.getMessage(), clock.instant());
        } catch (RuntimeException e) {
            LOG.error("alerts cannot be composed: {}", e.toString());
            LOG.debug("alerts", e);
        }
        return Optional.of(clock.instant().plus(REST));
    }

    /** What would be composed now, were nothing held back to be grouped; nothing is kept or sent. */
    public static List<Message> preview(AlertPolicy policy, Composers composers, AlertState state, Instant now) {
        Instant later = now.plus(policy.settings().hold());
        Decision decision = policy.decide(state, later, composers.ids());
        return decision.batches().stream().map(composers::of).toList();
    }

    private Outbox.Composed compose(AlertState state) {
        Decision decision = policy.decide(state, clock.instant(), composers.ids());
        List<Message> messages = new ArrayList<>();
        for (Decision.Addressed addressed : decision.batches()) {
            messages.add(composers.of(addressed));
        }
        return new Outbox.Composed(decision, messages);
    }

    /** Answers how long to leave those alone that were not tried. */
    private Optional<Instant> deliver() throws OutboxException {
        Optional<Instant> rest = Optional.empty();
        Map<Recipient.Channel, Integer> inVain = new EnumMap<>(Recipient.Channel.class);
        Instant now = clock.instant();
        for (Pending pending : outbox.due(now, now.plus(Backoff.MOST), ROUND)) {
            Recipient.Channel channel = pending.recipient().channel();
            if (inVain.getOrDefault(channel, 0) >= IN_VAIN) {
                rest = Optional.of(clock.instant().plus(REST));
                continue;
            }
            Delivery delivery = transports
                    .getOrDefault(channel, message -> new Delivery.Never("no longer configured"))
                    .deliver(pending.message());
            if (delivery instanceof Delivery.Later) {
                inVain.merge(channel, 1, Integer::sum);
            } else {
                inVain.remove(channel);
            }
            unkept.add(new Outcome(pending, tried(pending, delivery)));
            keep();
        }
        return rest;
    }

    private void keep() throws OutboxException {
        while (!unkept.isEmpty()) {
            outbox.tried(unkept.peek().message(), unkept.peek().tried());
            unkept.remove();
        }
    }

    private Tried tried(Pending pending, Delivery delivery) {
        Instant now = clock.instant();
        String answer = delivery.answer();
        if (delivery instanceof Delivery.Taken) {
            LOG.info("told {}: {}", pending.recipient(), answer);
            return new Tried.Sent(now, answer);
        }
        Duration patience = policy.settings().patience();
        boolean tooLong = !now.isBefore(pending.message().date().plus(patience));
        if (delivery instanceof Delivery.Never || tooLong) {
            LOG.error("an alert to {} cannot be delivered: {}", pending.recipient(), answer);
            return new Tried.Undeliverable(now, answer);
        }
        LOG.warn("an alert to {} is not delivered yet: {}", pending.recipient(), answer);
        return postponed(pending, answer);
    }

    private Tried postponed(Pending pending, String answer) {
        return new Tried.Postponed(clock.instant().plus(Backoff.after(pending.tries() + 1, random)), answer);
    }
}
