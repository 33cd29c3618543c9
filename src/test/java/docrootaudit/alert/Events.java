package docrootaudit.alert;

import docrootaudit.access.PathBytes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** What tests tell of. */
final class Events {
    static final Instant BEGIN = Instant.parse("2026-11-25T00:00:00Z");
    static final PathBytes ROOT = PathBytes.of("/srv/www");

    private Events() {}

    static Event event(Event.Kind kind, Instant at, String cause) {
        return event(kind, at, ROOT, cause, 1);
    }

    static Event event(Event.Kind kind, Instant at, PathBytes root, String cause, int names) {
        return new Event(
                kind,
                at,
                Optional.of(at.minus(Duration.ofHours(1))),
                new Event.View(root, "www-data", 33, ""),
                new Event.Culprit(cause, PathBytes.of("/srv/www/" + cause), names, "search", "other::---"),
                Event.Likeness.of("drwx------ root:root"),
                Event.Refused.of(names),
                Event.Mending.NONE);
    }

    static Event ofNobody(Event e) {
        return new Event(
                e.kind(),
                e.at(),
                Optional.empty(),
                Event.View.ofNobody(e.root()),
                new Event.Culprit(e.cause(), e.culprit().blamed(), 1, "blind", "it is not mounted"),
                Event.Likeness.UNKNOWN,
                Event.Refused.NOTHING,
                Event.Mending.NONE);
    }

    /** Composers of mails whose subject is the kinds and causes told. */
    static Postman.Composers composers() {
        AtomicInteger ids = new AtomicInteger();
        return new Postman.Composers(
                Events::mail,
                batch -> new Notice(batch.id(), batch.date(), words(batch)),
                () -> String.format(Locale.ROOT, "<%d@test>", ids.incrementAndGet()));
    }

    private static Mail mail(Batch batch) {
        return new Mail(
                batch.id(), batch.inReplyTo(), batch.references(), batch.to(), batch.date(), words(batch), "", "");
    }

    private static String words(Batch batch) {
        return batch.events().stream().map(e -> e.kind() + " " + e.cause()).collect(Collectors.joining(", "));
    }

    /** A clock that is set by hand. */
    static final class Hand extends Clock {
        Instant now = BEGIN;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
