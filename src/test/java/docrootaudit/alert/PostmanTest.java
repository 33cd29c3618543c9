package docrootaudit.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.alert.AlertState.Scanned;
import docrootaudit.alert.Outbox.Tried;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PostmanTest {
    private static final AlertSettings SETTINGS = new AlertSettings(
            List.of("ops"),
            Map.of(),
            Duration.ofSeconds(60),
            AlertSettings.Recovered.TOLD,
            Optional.empty(),
            AlertSettings.DEFAULT.damping(),
            10,
            Duration.ofDays(5));

    private final MemoryOutbox outbox = new MemoryOutbox();
    private final Events.Hand clock = new Events.Hand();
    private final List<Message> delivered = new ArrayList<>();
    private Delivery answer = new Delivery.Taken("250 ok");

    private Postman postman = new Postman(
            clock,
            new Random(1),
            outbox,
            new AlertPolicy(SETTINGS, Set.of(Recipient.Channel.MAIL, Recipient.Channel.WEBHOOK), root -> true),
            Events.composers(),
            Map.of(Recipient.Channel.MAIL, this::deliver, Recipient.Channel.WEBHOOK, this::deliver));

    private Delivery deliver(Message message) {
        delivered.add(message);
        return answer;
    }

    private void opens(String cause) {
        outbox.scan(
                new Scanned(Events.ROOT, 33), clock.now, List.of(Events.event(Event.Kind.OPENED, clock.now, cause)));
    }

    private void pass(Duration time) {
        clock.now = clock.now.plus(time);
    }

    @Test
    void scans_that_cannot_be_kept_are_trouble_though_there_is_nothing_to_tell() {
        outbox.loseScans();
        postman.run();
        pass(Duration.ofMinutes(6));
        postman.run();
        postman.run();
        assertEquals(2, delivered.size());
        outbox.mend();
        postman.run();
        assertEquals(2, delivered.size());
        pass(Duration.ofMinutes(6));
        postman.run();

        assertEquals(4, delivered.size());
    }

    @Test
    void what_finds_room_on_a_full_disk_now_and_then_is_not_the_end_of_trouble() {
        for (int minute = 0; minute < 20; minute++) {
            outbox.loseScans();
            postman.run();
            pass(Duration.ofSeconds(30));
            outbox.mend();
            postman.run();
            pass(Duration.ofSeconds(30));
        }
        assertEquals(List.of("BLIND store"), subjects());
        clock.now = postman.run().orElseThrow();
        postman.run();

        assertEquals(List.of("BLIND store", "SEEING store"), subjects());
    }

    @Test
    void a_store_that_was_taken_away_is_told_at_once_and_never_over() {
        postman.lost("it was removed");
        postman.run();
        pass(Duration.ofMinutes(6));
        postman.run();

        assertEquals(List.of("BLIND store"), subjects());
    }

    @Test
    void other_settings_do_not_make_him_forget() {
        opens("a");
        pass(Duration.ofSeconds(60));
        outbox.fill();
        for (int i = 0; i < 8; i++) {
            postman.run();
            pass(Duration.ofMinutes(1));
        }
        assertEquals(List.of("OPENED a", "BLIND store"), subjects());
        AlertSettings others = SETTINGS.withReminder(Optional.of(Duration.ofDays(1)));
        postman = postman.by(
                new AlertPolicy(others, Set.of(Recipient.Channel.MAIL), root -> true),
                Events.composers(),
                Map.of(Recipient.Channel.MAIL, this::deliver));
        outbox.mend();
        postman.run();
        pass(Duration.ofMinutes(6));
        postman.run();

        assertEquals(List.of("OPENED a", "BLIND store", "SEEING store"), subjects());
    }

    @Test
    void what_was_queued_before_the_clock_was_set_back_does_not_wait_until_that_time_comes_again() {
        opens("a");
        pass(Duration.ofDays(-2));
        postman.run();

        assertEquals(2, delivered.size());
    }

    @Test
    void what_was_put_off_before_the_clock_was_set_back_is_tried() {
        answer = new Delivery.Later("451 later");
        opens("a");
        pass(Duration.ofSeconds(60));
        postman.run();
        answer = new Delivery.Taken("250 ok");
        pass(Duration.ofDays(-2));
        postman.run();

        assertEquals(4, delivered.size());
        assertTrue(outbox.entries.stream().allMatch(e -> e.end.isPresent()));
    }

    @Test
    void what_was_sent_before_the_clock_was_set_back_does_not_count_for_the_limit() {
        for (int i = 0; i < 10; i++) {
            opens("before" + i);
            pass(Duration.ofSeconds(60));
            postman.run();
        }
        assertEquals(20, delivered.size());
        pass(Duration.ofDays(-2));
        opens("a");
        pass(Duration.ofSeconds(60));
        postman.run();

        assertEquals(22, delivered.size());
    }

    @Test
    void what_happens_within_the_hold_is_told_together_on_each_channel() {
        opens("a");
        assertEquals(Optional.of(clock.now.plusSeconds(60)), postman.run());
        pass(Duration.ofSeconds(59));
        opens("b");
        postman.run();
        assertEquals(List.of(), delivered);
        pass(Duration.ofSeconds(1));

        postman.run();

        assertEquals("OPENED a, OPENED b", ((Mail) delivered.get(0)).subject());
        assertEquals("OPENED a, OPENED b", ((Notice) delivered.get(1)).json());
        assertEquals(2, delivered.size());
    }

    @Test
    void not_now_is_tried_again_later_and_later_with_the_same_id() {
        answer = new Delivery.Later("450 busy");
        opens("a");
        pass(Duration.ofSeconds(60));
        List<Duration> waits = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Instant next = postman.run().orElseThrow();
            waits.add(Duration.between(clock.now, next));
            clock.now = next;
        }

        Set<String> ids = Set.copyOf(delivered.stream().map(Message::id).toList());
        assertEquals(2, ids.size());
        assertTrue(waits.stream().allMatch(w -> !w.isNegative() && w.compareTo(Duration.ofMinutes(72)) <= 0));
        int tries = outbox.entries.get(0).tries;
        assertTrue(tries >= 5 && tries <= 12, "tries " + tries);
    }

    @Test
    void never_is_kept_and_not_tried_again() {
        answer = new Delivery.Never("550 no such user");
        opens("a");
        pass(Duration.ofSeconds(60));

        assertEquals(Optional.empty(), postman.run());

        Tried end = outbox.entries.get(0).end.orElseThrow();
        assertTrue(end instanceof Tried.Undeliverable);
        assertEquals("550 no such user", end.answer());
    }

    @Test
    void after_days_in_vain_it_is_given_up() {
        answer = new Delivery.Later("no route to host");
        opens("a");
        pass(Duration.ofSeconds(60));
        Optional<Instant> next = postman.run();
        while (next.isPresent()) {
            clock.now = next.get();
            next = postman.run();
        }

        assertTrue(outbox.entries.get(0).end.orElseThrow() instanceof Tried.Undeliverable);
        Duration tried = Duration.between(Events.BEGIN, clock.now);
        assertTrue(tried.compareTo(Duration.ofDays(5)) >= 0 && tried.compareTo(Duration.ofDays(6)) < 0, "" + tried);
    }

    @Test
    void a_dead_server_is_not_asked_for_each_message() {
        answer = new Delivery.Later("connection refused");
        for (int i = 0; i < 8; i++) {
            opens("cause" + i);
            pass(Duration.ofSeconds(60));
            outbox.entries.forEach(e -> e.nextTry = clock.now);
            delivered.clear();

            Instant next = postman.run().orElseThrow();

            assertTrue(delivered.size() <= 6, "tried " + delivered.size());
            assertTrue(next.isAfter(clock.now));
        }
    }

    @Test
    void trouble_with_the_store_is_told_once_and_once_when_it_is_over() {
        outbox.breakDown();
        for (int i = 0; i < 10; i++) {
            clock.now = postman.run().orElseThrow();
        }
        outbox.mend();
        postman.run();
        pass(Duration.ofMinutes(6));
        postman.run();
        postman.run();

        assertEquals(List.of("BLIND store", "SEEING store"), subjects());
    }

    @Test
    void what_is_delivered_while_the_disk_is_full_is_not_delivered_again() {
        opens("a");
        pass(Duration.ofSeconds(60));
        outbox.fill();
        for (int i = 0; i < 3; i++) {
            clock.now = postman.run().orElseThrow();
        }
        outbox.mend();
        postman.run();
        postman.run();

        assertEquals(List.of("OPENED a"), subjects());
        assertTrue(outbox.entries.stream().allMatch(e -> e.end.orElseThrow() instanceof Tried.Sent));
    }

    private List<String> subjects() {
        return delivered.stream()
                .filter(Mail.class::isInstance)
                .map(m -> ((Mail) m).subject())
                .toList();
    }

    @Test
    void a_store_that_is_busy_for_a_moment_is_no_trouble() {
        outbox.breakDown();
        clock.now = postman.run().orElseThrow();
        outbox.mend();
        postman.run();

        assertEquals(List.of(), delivered);
    }
}
