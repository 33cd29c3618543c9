package docrootaudit.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.PathBytes;
import docrootaudit.alert.AlertSettings.Damping;
import docrootaudit.alert.AlertSettings.Recovered;
import docrootaudit.alert.AlertState.Scanned;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever happens in whatever order: in the end everybody knows how it stands, and was told each thing once. */
class AlertPolicyProperties {
    private static final List<String> CAUSES = List.of("a", "b", "c", "d");
    private static final List<PathBytes> ROOTS = List.of(PathBytes.of("/srv/one"), PathBytes.of("/srv/two"));
    private static final Duration STEP = Duration.ofMinutes(10);
    private static final int NO_DAMPING = 51;

    private Random random = new Random();
    private MemoryOutbox outbox = new MemoryOutbox();
    private Events.Hand clock = new Events.Hand();
    private Set<Watch.Key> open = new HashSet<>();
    private boolean jumps;
    private int toldBeforeRest;

    private void begin(long seed) {
        random = new Random(seed);
        outbox = new MemoryOutbox();
        clock = new Events.Hand();
        open = new HashSet<>();
        jumps = false;
    }

    private enum Silence {
        NONE,
        SOME
    }

    @Property(tries = 300)
    void without_silences_and_flapping_each_change_is_told_once(@ForAll long seed) {
        begin(seed);
        List<Event> happened = live(settings(NO_DAMPING, 1000), Silence.NONE, 1);

        assertEquals(
                happened.stream().map(e -> e.kind() + " " + e.cause()).sorted().toList(),
                told("ops").stream().sorted().toList());
        everybodyKnows();
    }

    @Property(tries = 300)
    void whatever_is_silenced_damped_or_limited_everybody_knows_in_the_end(@ForAll long seed) {
        begin(seed);
        live(settings(4, 3), Silence.SOME, ROOTS.size());

        everybodyKnows();
        noneTooMany(3);
        nothingTwice("ops");
        nothingTwice("kim");
        assertEquals(List.of(), outbox.waiting);
        outbox.surplus.values().forEach(left -> assertEquals(List.of(), left));
    }

    @Property(tries = 300)
    void however_the_clock_is_set_everybody_knows_in_the_end(@ForAll long seed) {
        begin(seed);
        jumps = true;
        live(settings(4, 1000), Silence.NONE, ROOTS.size());

        everybodyKnows();
        nothingTwice("ops");
        assertEquals(List.of(), outbox.waiting);
    }

    /** Scans come every ten to forty minutes; what waits for one may be late by as much. */
    @Property(tries = 100)
    void what_is_open_is_told_again_after_each_interval(@ForAll long seed) {
        begin(seed);
        jumps = true;
        Duration interval = Duration.ofHours(2);
        live(settings(NO_DAMPING, 1000).withReminder(Optional.of(interval)), Silence.NONE, 1);

        for (Watch.Key key : open) {
            List<Instant> times = outbox.entries.subList(toldBeforeRest, outbox.entries.size()).stream()
                    .filter(e -> e.recipient.address().equals("ops"))
                    .filter(e ->
                            List.of(((Mail) e.message).subject().split(", ")).contains("STILL " + key.cause()))
                    .map(e -> e.composed)
                    .toList();
            assertTrue(!times.isEmpty(), () -> key + " is forgotten");
            for (int i = 1; i < times.size(); i++) {
                Duration between = Duration.between(times.get(i - 1), times.get(i));
                assertTrue(between.compareTo(interval) >= 0, () -> key + " is told every " + between);
                assertTrue(
                        between.compareTo(interval.plus(STEP.multipliedBy(5))) <= 0, () -> key + " after " + between);
            }
        }
    }

    private static AlertSettings settings(int changes, int limit) {
        return new AlertSettings(
                List.of("ops"),
                Map.of(ROOTS.get(0), List.of("kim")),
                Duration.ofSeconds(60),
                Recovered.TOLD,
                Optional.empty(),
                new Damping(changes, 10, 5),
                limit,
                Duration.ofDays(5));
    }

    /** Scans at random, each of which changes something; then quiet scans until all is at rest. */
    private List<Event> live(AlertSettings settings, Silence silence, int roots) {
        Postman postman = new Postman(
                clock,
                random,
                outbox,
                new AlertPolicy(settings, Set.of(Recipient.Channel.MAIL), root -> true),
                Events.composers(),
                Map.of(Recipient.Channel.MAIL, this::deliver));
        List<Event> happened = new ArrayList<>();
        for (int scan = 0; scan < 60; scan++) {
            clock.now = clock.now.plus(STEP.multipliedBy(1 + random.nextInt(4)));
            if (scan == 40) {
                toldBeforeRest = outbox.entries.size();
            }
            if (jumps && scan < 40 && random.nextInt(12) == 0) {
                clock.now = clock.now.plus(Duration.ofHours(random.nextInt(200) - 100));
            }
            for (PathBytes root : ROOTS.subList(0, roots)) {
                List<Event> events = scan < 40 ? change(root) : List.of();
                happened.addAll(events);
                outbox.scan(new Scanned(root, 33), clock.now, events);
            }
            if (silence == Silence.SOME && scan < 40) {
                silence();
            }
            work(postman);
        }
        return happened;
    }

    private Delivery deliver(Message message) {
        return random.nextInt(3) == 0 ? new Delivery.Later("busy") : new Delivery.Taken("ok");
    }

    private List<Event> change(PathBytes root) {
        List<Event> events = new ArrayList<>();
        for (String cause : CAUSES) {
            if (random.nextInt(4) == 0) {
                Watch.Key key = new Watch.Key(cause, root, 33);
                Event.Kind kind = open.remove(key) ? Event.Kind.RECOVERED : Event.Kind.OPENED;
                if (kind == Event.Kind.OPENED) {
                    open.add(key);
                }
                events.add(Events.event(kind, clock.now, root, cause, 1));
            }
        }
        return events;
    }

    private void silence() {
        if (random.nextInt(8) == 0) {
            outbox.quiets.clear();
            Instant until = clock.now.plus(STEP.multipliedBy(1 + random.nextInt(12)));
            outbox.quiets.add(new AlertState.Quiet(PathBytes.of("/srv"), clock.now, until));
        }
        String cause = CAUSES.get(random.nextInt(CAUSES.size()));
        if (random.nextInt(8) == 0
                && outbox.acks.stream().noneMatch(a -> a.cause().equals(cause))) {
            Instant until = clock.now.plus(STEP.multipliedBy(1 + random.nextInt(12)));
            outbox.acks.add(new AlertState.Ack(cause, Optional.of(until)));
        }
    }

    /** Until the next scan there is time for all that the postman asks for within ten minutes. */
    private void work(Postman postman) {
        Instant until = clock.now.plus(STEP);
        Instant start = clock.now;
        Optional<Instant> next = postman.run();
        for (int runs = 0; next.isPresent() && next.get().isBefore(until); runs++) {
            assertTrue(runs < 200, "the postman never rests");
            if (next.get().isAfter(clock.now)) {
                clock.now = next.get();
            }
            next = postman.run();
        }
        clock.now = start;
    }

    /** What a recipient was told last of a cause is how it stands in the roots it is told of. */
    private void everybodyKnows() {
        for (String address : List.of("ops", "kim")) {
            Map<String, Boolean> believed = new HashMap<>();
            for (String word : told(address)) {
                String cause = word.substring(word.indexOf(' ') + 1);
                believed.put(cause, !word.startsWith("RECOVERED"));
            }
            for (String cause : CAUSES) {
                // over is what is over everywhere: who is told of one root hears of it then
                boolean truth = open.stream().anyMatch(k -> k.cause().equals(cause));
                boolean mine = address.equals("ops")
                        || open.stream()
                                .anyMatch(
                                        k -> k.cause().equals(cause) && k.root().equals(ROOTS.get(0)));
                if (mine || !truth) {
                    assertEquals(truth, believed.getOrDefault(cause, false), address + " about " + cause);
                }
            }
        }
    }

    private List<String> told(String address) {
        List<String> words = new ArrayList<>();
        for (MemoryOutbox.Entry entry : outbox.entries) {
            if (entry.recipient.address().equals(address)) {
                words.addAll(List.of(((Mail) entry.message).subject().split(", ")));
            }
        }
        return words;
    }

    /** But that one message may tell of one cause in several roots. */
    private void nothingTwice(String address) {
        Map<String, String> last = new HashMap<>();
        for (MemoryOutbox.Entry entry : outbox.entries) {
            String within = "";
            for (String word : ((Mail) entry.message).subject().split(", ")) {
                if (entry.recipient.address().equals(address) && !word.equals(within)) {
                    String before = last.put(word.substring(word.indexOf(' ') + 1), word);
                    boolean twice = word.startsWith("RECOVERED") && word.equals(before);
                    assertTrue(!twice, word + " twice in " + told(address));
                }
                within = word;
            }
        }
    }

    private void noneTooMany(int limit) {
        for (MemoryOutbox.Entry entry : outbox.entries) {
            long within = outbox.entries.stream()
                    .filter(e -> e.recipient.equals(entry.recipient)
                            && !e.composed.isBefore(entry.composed)
                            && e.composed.isBefore(entry.composed.plus(Duration.ofHours(1))))
                    .count();
            assertTrue(within <= limit, within + " within an hour");
        }
    }
}
