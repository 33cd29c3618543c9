package docrootaudit;

import static java.util.Comparator.comparing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.PathBytes;
import docrootaudit.access.Principal;
import docrootaudit.alert.AlertPolicy;
import docrootaudit.alert.AlertSettings;
import docrootaudit.alert.Batch;
import docrootaudit.alert.Delivery;
import docrootaudit.alert.Event;
import docrootaudit.alert.Mail;
import docrootaudit.alert.Message;
import docrootaudit.alert.Notice;
import docrootaudit.alert.Postman;
import docrootaudit.alert.Recipient;
import docrootaudit.audit.Audit;
import docrootaudit.audit.IdentitySettings;
import docrootaudit.audit.PaceSettings;
import docrootaudit.audit.Question;
import docrootaudit.audit.RootRules;
import docrootaudit.audit.RootSettings;
import docrootaudit.audit.ScanRequest;
import docrootaudit.audit.StoredOutbox;
import docrootaudit.finding.CauseId;
import docrootaudit.finding.CauseKind;
import docrootaudit.finding.Identity;
import docrootaudit.finding.ShellQuote;
import docrootaudit.history.History;
import docrootaudit.history.SilenceTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Thirty nights of two sites, from the change of a mode to the mail: real files, a real store, a clock of its own. */
class ScriptedMonthIT {
    private static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");
    private static final Duration BETWEEN_SCANS = Duration.ofHours(4);
    private static final int UID = 33;

    /** All that is sent in the month, by the time at which it was composed, as we want it. */
    private static final String WANTED = """
            01 00:01 ops: BASELINE shop/old (shop)
            01 00:01 kim: BASELINE shop/old (shop)
            02 04:01 ops: OPENED shop/css (shop)
            02 04:01 kim: OPENED shop/css (shop)
            02 12:01 ops: RECOVERED shop/css (shop) in reply
            02 12:01 kim: RECOVERED shop/css (shop) in reply
            03 04:01 ops: OPENED . (shop), OPENED . (blog)
            03 04:01 kim: OPENED . (shop)
            03 08:01 ops: RECOVERED . (blog), RECOVERED . (shop) in reply
            03 08:01 kim: RECOVERED . (shop) in reply
            04 13:00 ops: OPENED shop/b (shop)
            04 13:00 kim: OPENED shop/b (shop)
            04 16:01 ops: RECOVERED shop/b (shop) in reply
            04 16:01 kim: RECOVERED shop/b (shop) in reply
            05 04:01 ops: OPENED shop/flap (shop)
            05 04:01 kim: OPENED shop/flap (shop)
            05 08:01 ops: RECOVERED shop/flap (shop) in reply
            05 08:01 kim: RECOVERED shop/flap (shop) in reply
            05 12:01 ops: OPENED shop/flap (shop)
            05 12:01 kim: OPENED shop/flap (shop)
            05 16:01 ops: UNSTABLE shop/flap (shop) in reply
            05 16:01 kim: UNSTABLE shop/flap (shop) in reply
            07 04:00 ops: RECOVERED shop/flap (shop) in reply
            07 04:00 kim: RECOVERED shop/flap (shop) in reply
            08 00:01 ops: STILL shop/old (shop) in reply
            08 00:01 kim: STILL shop/old (shop) in reply
            08 04:01 ops: OPENED shop/later (shop)
            08 04:01 kim: OPENED shop/later (shop)
            10 05:00 ops: STILL shop/later (shop) in reply
            10 05:00 kim: STILL shop/later (shop) in reply
            10 08:01 ops: RECOVERED shop/later (shop) in reply
            10 08:01 kim: RECOVERED shop/later (shop) in reply
            11 04:01 ops: OPENED blog/known (blog)
            12 04:01 ops: RECOVERED blog/known (blog) in reply
            13 04:01 ops: OPENED blog/down (blog)
            13 12:01 ops: RECOVERED blog/down (blog) in reply
            15 00:01 ops: STILL shop/old (shop) in reply
            15 00:01 kim: STILL shop/old (shop) in reply
            16 02:11 ops: OPENED blog/x1 (blog)
            16 02:21 ops: OPENED blog/x2 (blog)
            16 03:11 ops: OPENED blog/x3 (blog), OPENED blog/x4 (blog) | 2 of these had to wait: no more than 2 messages an hour are sent to you.
            16 08:01 ops: RECOVERED blog/x1 (blog), RECOVERED blog/x2 (blog), RECOVERED blog/x3 (blog), RECOVERED blog/x4 (blog) in reply
            18 04:01 ops: BLIND blog (blog)
            18 12:01 ops: SEEING blog (blog) in reply
            20 04:01 ops: OPENED blog/d (blog)
            20 08:01 ops: OPENED blog/d/e (blog), RECOVERED blog/d (blog)
            20 12:01 ops: RECOVERED blog/d/e (blog) in reply
            22 00:01 ops: STILL shop/old (shop) in reply
            22 00:01 kim: STILL shop/old (shop) in reply
            24 04:01 ops: OPENED blog/files (blog)
            25 04:01 ops: OPENED blog/files/3.html (blog)
            26 04:01 ops: RECOVERED blog/files (blog) in reply
            29 00:01 ops: STILL shop/old (shop) in reply
            29 00:01 kim: STILL shop/old (shop) in reply
            30 04:01 ops: OPENED shop/last (shop)
            30 04:01 kim: OPENED shop/last (shop)
            """;

    private interface Step {
        void run() throws Exception;
    }

    private final TreeMap<Instant, Step> script = new TreeMap<>();
    private final List<String> sent = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();
    private final Map<String, String> attributes = new TreeMap<>();
    private final AlertSettings settings = AlertSettings.DEFAULT.withReminder(Optional.of(Duration.ofDays(7)));

    private static final IdentitySettings BY_NUMBER =
            new IdentitySettings(Optional.of("33"), Optional.empty(), Optional.empty());

    @TempDir
    private Path temporary;

    private Path host;
    private Instant now = BEGIN;
    private boolean mailServerIsUp = true;

    private final Clock clock = new Clock() {
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
    };

    @BeforeEach
    void grow() throws IOException {
        Root.required();
        chmod(temporary, "rwxr-xr-x");
        host = temporary.resolve("host");
        for (String name :
                List.of("shop/old", "shop/css", "shop/a", "shop/b", "shop/flap", "shop/later", "shop/last")) {
            directory(name);
        }
        for (String name : List.of("known", "down", "x1", "x2", "x3", "x4", "d/e", "files")) {
            directory("blog/" + name);
        }
        for (int i = 1; i <= 3; i++) {
            Files.writeString(host.resolve("blog/files/" + i + ".html"), "");
        }
        Files.writeString(host.resolve("shop/.env"), "");
        close("shop/old");
    }

    private void directory(String name) throws IOException {
        Files.createDirectories(host.resolve(name));
        Files.writeString(host.resolve(name).resolve("index.html"), "");
    }

    private void write() {
        on(2, "02:00", () -> close("shop/css"));
        on(2, "10:00", () -> open("shop/css"));
        // above both sites
        on(3, "02:00", () -> close("."));
        on(3, "06:00", () -> open("."));
        // a deploy: what it mends itself is never told
        on(4, "03:00", () -> quiet("shop", Duration.ofHours(10)));
        on(4, "03:30", () -> close("shop/a", "shop/b"));
        on(4, "05:00", () -> open("shop/a"));
        on(4, "14:00", () -> open("shop/b"));
        for (int i = 0; i < 4; i++) {
            Duration later = Duration.ofHours(8).multipliedBy(i);
            script.put(at(5, "02:00").plus(later), () -> close("shop/flap"));
            script.put(at(5, "06:00").plus(later), () -> open("shop/flap"));
        }
        // nobody wants to hear of it for two days
        on(8, "02:00", () -> close("shop/later"));
        on(8, "05:00", () -> ack("shop/later", Optional.of(at(10, "05:00"))));
        on(9, "02:00", () -> open("shop/later"));
        on(9, "06:00", () -> close("shop/later"));
        on(10, "06:00", () -> open("shop/later"));
        // nor of this one until it is over
        on(11, "02:00", () -> close("blog/known"));
        on(11, "05:00", () -> ack("blog/known", Optional.empty()));
        on(12, "02:00", () -> open("blog/known"));
        on(13, "00:30", () -> mailServerIsUp = false);
        on(13, "02:00", () -> close("blog/down"));
        on(13, "10:00", () -> open("blog/down"));
        on(14, "00:30", () -> mailServerIsUp = true);
        // more than the limit, by scans on demand
        for (int i = 1; i <= 4; i++) {
            String name = "blog/x" + i;
            String time = "02:" + i + "0";
            on(16, time, () -> {
                close(name);
                scan();
            });
        }
        on(16, "05:00", () -> open("blog/x1", "blog/x2", "blog/x3", "blog/x4"));
        on(18, "02:00", () -> Files.move(host.resolve("blog"), host.resolve("gone")));
        on(18, "10:00", () -> Files.move(host.resolve("gone"), host.resolve("blog")));
        // what stood behind another comes up when that is mended
        on(20, "02:00", () -> close("blog/d/e", "blog/d"));
        on(20, "06:00", () -> open("blog/d"));
        on(20, "10:00", () -> open("blog/d/e"));
        // on purpose
        on(23, "02:00", () -> chmod(host.resolve("shop/.env"), "rw-------"));
        // files alike are one; another of them is news, the end of some is not
        on(24, "02:00", () -> files("rw-------", 1, 2));
        on(25, "02:00", () -> files("rw-------", 3));
        on(25, "14:00", () -> files("rw-r--r--", 1, 3));
        on(26, "02:00", () -> files("rw-r--r--", 2));
        // known, in another way
        on(27, "02:00", () -> chmod(host.resolve("shop/old"), "rwxrw----"));
        on(30, "02:00", () -> close("shop/last"));
    }

    @Test
    void the_mails_of_a_month_are_those_that_are_wanted() throws Exception {
        write();
        AlertSettings ours = withRecipients();
        try (History history = History.open(temporary.resolve("store"), uid -> {}, Duration.ZERO)) {
            this.history = history;
            AlertPolicy policy = new AlertPolicy(ours, Set.of(Recipient.Channel.MAIL), root -> true);
            postman = new Postman(
                    clock,
                    new Random(1),
                    new StoredOutbox(history),
                    policy,
                    new Postman.Composers(this::mail, this::notice, this::id),
                    Map.of(Recipient.Channel.MAIL, this::deliver));
            Instant end = BEGIN.plus(Duration.ofDays(30));
            for (Instant scan = BEGIN; scan.isBefore(end); scan = scan.plus(BETWEEN_SCANS)) {
                script.put(scan, this::scan);
            }
            run(end);
            assertEquals(Map.of(), history.readAlerts(t -> t.recipients().surplus()));
            assertEquals(List.of(), history.readAlerts(t -> t.events().all()));
        }

        assertEquals(
                WANTED,
                sent.stream()
                        .sorted(comparing(line -> line.substring(0, 8)))
                        .map(line -> line + "\n")
                        .collect(Collectors.joining()));
        assertEquals(ids.size(), Set.copyOf(ids).size());
        assertEquals("drwxr-xr-x root:root -> drwx------ root:root", attributes.get("OPENED shop/css (shop)"));
        assertEquals("drwxr-xr-x root:root -> drwx------ root:root", attributes.get("OPENED . (shop)"));
        assertEquals("-rw-r--r-- root:root -> -rw------- root:root", attributes.get("OPENED blog/files (blog)"));
    }

    private History history;
    private Postman postman;
    private Optional<Instant> wake = Optional.empty();

    private AlertSettings withRecipients() {
        return new AlertSettings(
                List.of("ops"),
                Map.of(PathBytes.of(host + "/shop"), List.of("kim")),
                settings.hold(),
                settings.recovered(),
                settings.reminder(),
                settings.damping(),
                2,
                settings.patience());
    }

    private void run(Instant end) throws Exception {
        while (now.isBefore(end)) {
            Instant step = script.isEmpty() ? end : script.firstKey();
            if (wake.isPresent() && wake.get().isBefore(step)) {
                assertTrue(wake.get().isAfter(now), "the postman wants to run again at " + wake.get());
                now = wake.get();
            } else {
                now = step;
                if (!script.isEmpty()) {
                    script.pollFirstEntry().getValue().run();
                }
            }
            wake = postman.run();
        }
    }

    private void scan() throws Exception {
        Identity web = new Identity(Optional.of("www-data"), Principal.of(UID, UID), "the test");
        List<ScanRequest.Root> roots = new ArrayList<>();
        for (String name : List.of("shop", "blog")) {
            PathBytes path = PathBytes.of(host.resolve(name).toString());
            roots.add(new ScanRequest.Root(
                    path, path, new RootSettings(path, BY_NUMBER, RootRules.DEFAULT), web, Map.of()));
        }
        ScanRequest request = new ScanRequest(
                roots,
                Optional.empty(),
                Question.DEFAULT,
                ScanRequest.Detail.ALL_CAUSES,
                ScanRequest.Follow.NO,
                ScanRequest.Means.SIMULATION,
                1,
                PaceSettings.FASTEST,
                List.of(),
                (root, identity, cause) -> "audit now --cause " + cause,
                progress -> {});
        Audit audit = new Audit(new LinuxHost(), ShellQuote.ASCII, clock);
        audit.scan(request, Optional.of(new Audit.Memory(before -> history, Duration.ofDays(400), root -> true)));
    }

    private Delivery deliver(Message message) {
        Mail mail = (Mail) message;
        if (!mailServerIsUp) {
            return new Delivery.Later("connection refused");
        }
        boolean dead = mail.date().isAfter(at(13, "00:30")) && mail.date().isBefore(at(14, "00:30"));
        Instant latest = dead ? at(14, "01:45") : mail.date();
        assertTrue(!now.isAfter(latest), mail.subject() + " of " + mail.date() + " came only " + now);
        sent.add(time(mail.date()) + " " + mail.to() + ": " + mail.subject());
        ids.add(mail.id());
        return new Delivery.Taken("250 ok");
    }

    private static String time(Instant instant) {
        return instant.toString().substring(8, 16).replace('T', ' ');
    }

    private Mail mail(Batch batch) {
        batch.events()
                .forEach(e -> attributes.put(
                        word(e),
                        e.likeness().before().orElse("unknown") + " -> "
                                + e.likeness().now()));
        String asides = batch.asides().isEmpty() ? "" : " | " + String.join(" ", batch.asides());
        String subject = batch.events().stream().map(ScriptedMonthIT::word).collect(Collectors.joining(", "))
                + (batch.inReplyTo().isPresent() ? " in reply" : "")
                + asides;
        return new Mail(batch.id(), batch.inReplyTo(), batch.references(), batch.to(), batch.date(), subject, "", "");
    }

    private static String word(Event event) {
        String root = event.view().root().name().toString();
        String host = event.view().root().parent().orElseThrow().toString();
        String blamed = event.culprit().blamed().toString();
        String path = blamed.equals(host) ? "." : blamed.substring(host.length() + 1);
        return event.kind() + " " + path + " (" + root + ")";
    }

    private Notice notice(Batch batch) {
        throw new AssertionError("there is no webhook");
    }

    private String id() {
        return String.format(Locale.ROOT, "<%d@test>", System.nanoTime());
    }

    private void quiet(String root, Duration time) throws Exception {
        PathBytes path = PathBytes.of(host.resolve(root).toString());
        history.alerts(tables -> {
            tables.silences().add(new SilenceTable.Quiet(path, now, now.plus(time)));
            return path;
        });
    }

    private void ack(String name, Optional<Instant> until) throws Exception {
        String cause = CauseId.of(UID, PathBytes.of(host.resolve(name).toString()), CauseKind.SEARCH);
        history.alerts(tables -> {
            tables.silences().add(new SilenceTable.Ack(cause, now, until));
            return cause;
        });
    }

    private void close(String... names) throws IOException {
        for (String name : names) {
            chmod(host.resolve(name).normalize(), "rwx------");
        }
    }

    private void open(String... names) throws IOException {
        for (String name : names) {
            chmod(host.resolve(name).normalize(), "rwxr-xr-x");
        }
    }

    private void files(String mode, int... numbers) throws IOException {
        for (int number : numbers) {
            chmod(host.resolve("blog/files/" + number + ".html"), mode);
        }
    }

    private static void chmod(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private void on(int day, String time, Step step) {
        script.put(at(day, time), step);
    }

    private static Instant at(int day, String time) {
        return Instant.parse(String.format(Locale.ROOT, "2026-11-%02dT%s:00Z", day, time));
    }
}
