package docrootaudit.alert;

import static docrootaudit.alert.Event.Kind.BASELINE;
import static docrootaudit.alert.Event.Kind.BLIND;
import static docrootaudit.alert.Event.Kind.OPENED;
import static docrootaudit.alert.Event.Kind.RECOVERED;
import static docrootaudit.alert.Event.Kind.SEEING;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import docrootaudit.access.PathBytes;
import docrootaudit.alert.AlertSettings.Recovered;
import docrootaudit.alert.AlertState.Scanned;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AlertPolicyTest {
    private static final PathBytes SHOP = PathBytes.of("/srv/shop");
    private static final PathBytes BLOG = PathBytes.of("/srv/blog");

    private final MemoryOutbox outbox = new MemoryOutbox();
    private final Events.Hand clock = new Events.Hand();
    private AlertSettings settings = new AlertSettings(
            List.of("ops"),
            Map.of(SHOP, List.of("kim")),
            Duration.ofSeconds(60),
            Recovered.TOLD,
            Optional.empty(),
            AlertSettings.DEFAULT.damping(),
            10,
            Duration.ofDays(5));

    /** A scan an hour later, and what is told of it. */
    private List<String> scan(PathBytes root, Event.Kind kind, String... causes) {
        return scan(root, 1, kind, causes);
    }

    private List<String> scan(PathBytes root, int names, Event.Kind kind, String... causes) {
        clock.now = clock.now.plus(Duration.ofHours(1));
        List<Event> events = Stream.of(causes)
                .map(cause -> Events.event(kind, clock.now, root, cause, names))
                .toList();
        outbox.scan(new Scanned(root, 33), clock.now, events);
        int before = outbox.entries.size();
        Postman postman = new Postman(
                clock,
                new Random(1),
                outbox,
                new AlertPolicy(settings, Set.of(Recipient.Channel.MAIL), any -> true),
                Events.composers(),
                Map.of(Recipient.Channel.MAIL, message -> new Delivery.Taken("ok")));
        postman.run();
        clock.now = clock.now.plusSeconds(60);
        postman.run();
        return outbox.entries.subList(before, outbox.entries.size()).stream()
                .map(e -> ((Mail) e.message))
                .map(mail -> mail.to() + ": " + mail.subject())
                .toList();
    }

    @Test
    void one_cause_above_roots_that_are_scanned_one_after_the_other_is_told_once_and_over_once() {
        assertEquals(List.of("ops: OPENED home"), scan(BLOG, OPENED, "home"));
        // who is told of this one only has not heard of it
        assertEquals(List.of("kim: OPENED home"), scan(SHOP, OPENED, "home"));
        assertEquals(List.of(), scan(BLOG, RECOVERED, "home"));
        assertEquals(
                List.of("ops: RECOVERED home, RECOVERED home", "kim: RECOVERED home"), scan(SHOP, RECOVERED, "home"));
    }

    @Test
    void a_group_that_grows_is_told_and_is_over_when_all_of_it_is() {
        assertEquals(List.of("ops: OPENED files"), scan(BLOG, 3, OPENED, "files"));
        assertEquals(List.of("ops: OPENED files"), scan(BLOG, 1, OPENED, "files"));
        // so long that it does not count as flapping
        for (int i = 0; i < settings.damping().scans(); i++) {
            assertEquals(List.of(), scan(BLOG, OPENED));
        }
        assertEquals(List.of(), scan(BLOG, 3, RECOVERED, "files"));
        assertEquals(List.of("ops: RECOVERED files"), scan(BLOG, 1, RECOVERED, "files"));
    }

    /** What a mail has no room for it counts: whoever composes it has to know of all. */
    @Test
    void of_any_number_of_causes_none_is_left_out_neither_when_they_open_nor_when_they_are_over() {
        String[] many =
                IntStream.range(0, 2_000).mapToObj(i -> "c" + (10_000 + i)).toArray(String[]::new);

        for (Event.Kind kind : List.of(OPENED, RECOVERED)) {
            List<String> told = scan(BLOG, kind, many);

            assertEquals(
                    List.of("ops: " + Stream.of(many).map(c -> kind + " " + c).collect(joining(", "))), told);
        }
    }

    @Test
    void what_comes_back_after_it_was_over_is_told_anew() {
        scan(BLOG, OPENED, "a");
        scan(BLOG, RECOVERED, "a");

        assertEquals(List.of("ops: OPENED a"), scan(BLOG, OPENED, "a"));
    }

    @Test
    void the_end_of_what_nobody_was_told_of_is_not_told() {
        assertEquals(List.of(), scan(BLOG, RECOVERED, "a"));
    }

    @Test
    void who_does_not_want_to_hear_that_something_is_over_hears_when_it_comes_back() {
        settings = new AlertSettings(
                settings.to(),
                settings.owners(),
                settings.hold(),
                Recovered.UNTOLD,
                settings.reminder(),
                settings.damping(),
                settings.limit(),
                settings.patience());
        scan(BLOG, OPENED, "a");

        assertEquals(List.of(), scan(BLOG, RECOVERED, "a"));
        assertEquals(List.of("ops: OPENED a"), scan(BLOG, OPENED, "a"));
        // that the audit sees again is told all the same
        scan(BLOG, BLIND, "part");
        assertEquals(List.of("ops: SEEING part"), scan(BLOG, SEEING, "part"));
    }

    @Test
    void a_reply_names_the_mails_it_goes_on_from_and_an_alarm_is_no_reply() {
        scan(BLOG, OPENED, "a");
        Mail alert = last();
        scan(BLOG, RECOVERED, "a");

        assertEquals(Optional.of(alert.id()), last().inReplyTo());
        assertEquals(List.of(alert.id()), last().references());
        assertEquals(Optional.empty(), alert.inReplyTo());
    }

    @Test
    void under_new_rules_all_is_told_anew_and_nothing_of_the_old_goes_on() {
        scan(BLOG, BASELINE, "a", "b");

        assertEquals(List.of("ops: BASELINE b"), scan(BLOG, BASELINE, "b"));
        assertEquals(List.of("ops: RECOVERED b"), scan(BLOG, RECOVERED, "b"));
        // the scans of the old rules are over
        assertEquals(List.of(), scan(BLOG, RECOVERED, "a"));
        assertEquals(List.of("ops: OPENED a"), scan(BLOG, OPENED, "a"));
    }

    @Test
    void the_same_state_and_time_give_the_same_decision() {
        scan(BLOG, OPENED, "a", "b");
        outbox.scan(new Scanned(BLOG, 33), clock.now, List.of(Events.event(OPENED, clock.now, BLOG, "c", 1)));
        AlertPolicy policy = new AlertPolicy(settings, Set.of(Recipient.Channel.MAIL), root -> true);
        AlertState state = outbox.state(clock.now, policy.watched());

        Decision one = policy.decide(state, clock.now.plusSeconds(60), () -> "<id@test>");
        Decision other = policy.decide(state, clock.now.plusSeconds(60), () -> "<id@test>");

        assertEquals(one, other);
        assertEquals(1, one.batches().size());
    }

    /** The audit is blind for nobody in particular: what scans count for it are those for anybody. */
    private List<String> blind(Event.Kind kind) {
        clock.now = clock.now.plus(Duration.ofHours(1));
        Event event = Events.ofNobody(Events.event(kind, clock.now, BLOG, "mount", 1));
        outbox.waiting.add(new AlertState.Waiting(clock.now.toEpochMilli(), clock.now, false, event));
        return scan(BLOG, OPENED);
    }

    @Test
    void what_is_unmounted_now_and_then_is_told_each_time() {
        for (int outage = 0; outage < 5; outage++) {
            assertEquals(List.of("ops: BLIND mount"), blind(BLIND));
            assertEquals(List.of("ops: SEEING mount"), blind(SEEING));
            for (int i = 0; i < settings.damping().scans(); i++) {
                assertEquals(List.of(), scan(BLOG, OPENED));
            }
        }
    }

    @Test
    void a_root_that_stays_away_after_it_came_and_went_is_told_though_no_scan_counts_it() {
        blind(BLIND);
        blind(SEEING);
        blind(BLIND);
        assertEquals(List.of("ops: UNSTABLE mount"), blind(SEEING));
        assertEquals(List.of(), blind(BLIND));

        clock.now = clock.now.plus(Duration.ofDays(1));

        assertEquals(List.of("ops: STILL mount"), scan(SHOP, OPENED));
    }

    private Mail last() {
        return (Mail) outbox.entries.get(outbox.entries.size() - 1).message;
    }
}
