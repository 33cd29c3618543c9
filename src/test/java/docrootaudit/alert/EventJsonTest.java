package docrootaudit.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import docrootaudit.access.PathBytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What the store gives back is what it was given. */
class EventJsonTest {
    private static final List<Event.Kind> KINDS = List.of(Event.Kind.values());

    @Property(tries = 200)
    void no_event_loses_anything(@ForAll long seed) {
        Random random = new Random(seed);
        List<PathBytes> examples = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            examples.add(path(random));
        }
        Event event = new Event(
                KINDS.get(random.nextInt(KINDS.size())),
                Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
                random.nextBoolean() ? Optional.of(Instant.EPOCH) : Optional.empty(),
                new Event.View(path(random), text(random), random.nextInt(), ""),
                new Event.Culprit(
                        "0123456789abcdef", path(random), random.nextInt(Integer.MAX_VALUE), "search", text(random)),
                new Event.Likeness(
                        random.nextBoolean() ? Optional.of(text(random)) : Optional.empty(),
                        Optional.empty(),
                        text(random)),
                new Event.Refused(random.nextLong(), examples),
                new Event.Mending(
                        List.of(new Event.Fix(text(random), text(random))),
                        random.nextBoolean() ? Optional.of(text(random)) : Optional.empty(),
                        random.nextBoolean() ? Optional.of(text(random)) : Optional.empty()));

        assertEquals(event, EventJson.read(EventJson.write(event)));
    }

    @Test
    void no_message_loses_anything() {
        Mail mail = new Mail(
                "<1@host>",
                Optional.of("<0@host>"),
                List.of("<0@host>"),
                "ops",
                Instant.EPOCH,
                "3 new",
                "a\r\nb\u202e\u0000",
                "<p>\ud83d\ude00</p>");
        Notice notice = new Notice("<2@host>", Instant.EPOCH, "{\"a\": \"\\u0000\"}");

        assertEquals(mail, MessageJson.read(MessageJson.write(mail)));
        assertEquals(notice, MessageJson.read(MessageJson.write(notice)));
    }

    private static PathBytes path(Random random) {
        byte[] bytes = new byte[1 + random.nextInt(20)];
        random.nextBytes(bytes);
        bytes[0] = '/';
        return PathBytes.of(bytes);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(10); i > 0; i--) {
            int c = random.nextInt(0x11000);
            text.appendCodePoint(c >= 0xd800 && c < 0xe000 ? ' ' : c);
        }
        return text.toString();
    }
}
