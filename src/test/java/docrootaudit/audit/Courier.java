package docrootaudit.audit;

import docrootaudit.access.PathBytes;
import docrootaudit.alert.AlertPolicy;
import docrootaudit.alert.AlertSettings;
import docrootaudit.alert.Batch;
import docrootaudit.alert.Delivery;
import docrootaudit.alert.Event;
import docrootaudit.alert.EventJson;
import docrootaudit.alert.Mail;
import docrootaudit.alert.Message;
import docrootaudit.alert.Notice;
import docrootaudit.alert.Postman;
import docrootaudit.alert.Recipient;
import docrootaudit.finding.CauseKind;
import docrootaudit.finding.PackedNames;
import docrootaudit.finding.Refusals;
import docrootaudit.finding.ScanRecord;
import docrootaudit.finding.Subject;
import docrootaudit.history.Alerting;
import docrootaudit.history.History;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A process of its own that records a scan an hour, each with one more refused file, and delivers what there is to tell
 * into a spool: {@code STORE SPOOL HOURS}. It prints each hour that is recorded, and ends after so many.
 */
final class Courier {
    static final PathBytes ROOT = PathBytes.of("/srv/www");
    private static final Subject WWW = new Subject(ROOT, 33, "default");

    private Courier() {}

    public static void main(String[] args) throws Exception {
        Path spool = Path.of(args[1]);
        int hours = Integer.parseInt(args[2]);
        try (History history = History.open(Path.of(args[0]), uid -> {}, Duration.ofSeconds(10))) {
            int recorded = history.scans(1 << 20).size();
            deliver(history, spool, recorded);
            for (int hour = recorded + 1; hour <= hours; hour++) {
                scan(history, hour);
                System.out.println(hour);
                deliver(history, spool, hour);
            }
        }
    }

    private static Instant hour(int hour) {
        return Instant.EPOCH.plus(Duration.ofHours(hour));
    }

    private static void scan(History history, int hour) throws Exception {
        PathBytes[] names = new PathBytes[hour];
        for (int i = 1; i <= hour; i++) {
            names[i - 1] = PathBytes.of("file" + i);
        }
        Refusals refused = new Refusals(
                ROOT,
                PackedNames.of(names),
                CauseKind.MODE,
                "other::---",
                Optional.empty(),
                false,
                false,
                hour,
                "0123456789abcdef");
        ScanRecord record = new ScanRecord(WWW, hour(hour), hour(hour).plusSeconds(1), true, 1000, List.of());
        Alerting alerting = (changes, past) -> changes.surfaced().stream()
                .flatMap(up -> StreamSupport.stream(up.names().spliterator(), false))
                .map(name ->
                        new Alerting.Queued(EventJson.write(event(hour, ROOT.resolve(name))), Alerting.Hearing.TOLD))
                .toList();
        history.record(record, List.of(refused), Optional.empty(), record.ended(), alerting);
    }

    private static Event event(int hour, PathBytes path) {
        return new Event(
                Event.Kind.OPENED,
                hour(hour),
                Optional.empty(),
                new Event.View(ROOT, "www-data", 33, ""),
                new Event.Culprit("0123456789abcdef", path, 1, "mode", "other::---"),
                Event.Likeness.of("-rw------- root:root"),
                new Event.Refused(1, List.of(path)),
                Event.Mending.NONE);
    }

    private static void deliver(History history, Path spool, int hour) {
        AlertSettings plain = AlertSettings.DEFAULT;
        AlertSettings settings = new AlertSettings(
                List.of("ops"),
                Map.of(),
                plain.hold(),
                plain.recovered(),
                plain.reminder(),
                // nothing here is flapping
                new AlertSettings.Damping(50, 10, 5),
                1000,
                plain.patience());
        Clock later = Clock.fixed(hour(hour).plus(Duration.ofMinutes(2)), ZoneOffset.UTC);
        new Postman(
                        later,
                        new Random(),
                        new StoredOutbox(history),
                        new AlertPolicy(settings, Set.of(Recipient.Channel.MAIL), root -> true),
                        new Postman.Composers(Courier::mail, Courier::notice, () -> "<" + UUID.randomUUID() + "@test>"),
                        Map.of(Recipient.Channel.MAIL, message -> append(spool, message)))
                .run();
    }

    private static Mail mail(Batch batch) {
        String subject = batch.events().stream()
                .map(e -> e.culprit().blamed().name().toString())
                .collect(Collectors.joining(","));
        return new Mail(batch.id(), batch.inReplyTo(), List.of(), batch.to(), batch.date(), subject, "", "");
    }

    private static Notice notice(Batch batch) {
        throw new AssertionError("there is no webhook");
    }

    private static Delivery append(Path spool, Message message) {
        String line = message.id() + " " + ((Mail) message).subject() + "\n";
        try {
            Files.write(
                    spool, line.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Delivery.Taken("250 ok");
    }
}
