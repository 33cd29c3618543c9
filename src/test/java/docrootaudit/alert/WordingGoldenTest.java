package docrootaudit.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.Encounters;
import docrootaudit.report.Golden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What people are told of each kind of event: subject, plain text, HTML, and the notice. */
class WordingGoldenTest {
    private static final Wording WORDING =
            new Wording("web1", ZoneId.of("Europe/Berlin"), WebhookSettings.Paths.EXAMPLES);

    @ParameterizedTest
    @EnumSource(
            value = Event.Kind.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"CLOSED", "LEFT_OUT", "NOTHING"})
    void each_kind_of_event(Event.Kind kind) throws IOException {
        boolean sight = kind == Event.Kind.BLIND || kind == Event.Kind.SEEING;
        Batch batch = sight
                ? SampleEvents.batch(SampleEvents.blind(kind))
                : SampleEvents.batch(SampleEvents.link(kind), SampleEvents.uploads(kind), SampleEvents.shop(kind));

        expect(kind.name().toLowerCase(java.util.Locale.ROOT), batch);
    }

    @Test
    void what_web_servers_refuse_by_their_rules() throws IOException {
        expect(
                "rules",
                SampleEvents.batch(
                        SampleEvents.rule(Event.Kind.OPENED),
                        SampleEvents.rule(Event.Kind.CLOSED),
                        SampleEvents.rule(Event.Kind.RECOVERED)));
    }

    @Test
    void kinds_together_and_what_became_of_other_mails() throws IOException {
        Batch batch = new Batch(
                "<two@web1>",
                Optional.of("<one@web1>"),
                List.of("<one@web1>"),
                "kim@example.org",
                SampleEvents.NOW,
                List.of(
                        SampleEvents.uploads(Event.Kind.RECOVERED),
                        SampleEvents.shop(Event.Kind.OPENED),
                        SampleEvents.blind(Event.Kind.BLIND)),
                List.of("This mail holds what 3 mails would have told: no more than 10 an hour are sent."));

        expect("mixed", batch);
    }

    @Test
    void one_cause_behind_two_hundred_roots_is_one_paragraph() throws IOException {
        Event[] homes = IntStream.rangeClosed(1, 200)
                .mapToObj(i -> home(PathBytes.of("/home/site" + i + "/www"), i))
                .toArray(Event[]::new);

        expect("home", SampleEvents.batch(homes));
    }

    @Test
    void a_cause_of_which_a_root_in_another_sees_one_name_alone_is_one_paragraph() {
        Event all = SampleEvents.uploads(Event.Kind.OPENED);
        PathBytes one = all.refused().examples().get(0);
        Event inner = new Event(
                all.kind(),
                all.at(),
                all.previous(),
                new Event.View(one, all.view().user(), all.view().uid(), ""),
                new Event.Culprit(
                        all.cause(), one, 1, all.culprit().word(), all.culprit().rule()),
                new Event.Likeness(
                        all.likeness().before(),
                        Optional.empty(),
                        all.likeness().now()),
                new Event.Refused(1, List.of(one)),
                new Event.Mending(
                        all.mending().fixes(),
                        all.mending().advice(),
                        all.mending().listing()));

        Mail mail = WORDING.mail(SampleEvents.batch(inner, all));

        assertEquals("6 new unreadable paths under /srv/www and " + one + ", host web1", mail.subject());
        assertTrue(mail.text().contains("\n6 files in /srv/www/uploads\n"), mail.text());
        assertEquals(1, mail.text().split("cause " + all.cause(), -1).length - 1, mail.text());
    }

    @Test
    void more_causes_than_a_mail_has_room_for_are_counted() {
        Event[] many = IntStream.rangeClosed(1, 1_000)
                .mapToObj(i -> SampleEvents.shop(
                        Event.Kind.OPENED, PathBytes.of("/srv/" + "x".repeat(200) + i), "cause" + i, 1_000))
                .toArray(Event[]::new);

        Mail mail = WORDING.mail(SampleEvents.batch(many));

        assertTrue(mail.text().length() < 110_000, "too long: " + mail.text().length());
        long told =
                mail.text().lines().filter(l -> l.matches("/srv/x+[0-9]+/shop")).count();
        String rest = "And " + (1_000 - told) + " more causes, with " + (1_000 - told) * 1_000 + " paths";
        assertTrue(mail.text().replaceAll("\\s+", " ").contains(rest), rest);
        assertTrue(mail.html().contains(rest), rest);
        assertEquals(
                "1000 new unreadable paths under /srv/" + "x".repeat(54) + "… and 999 other roots, host web1",
                mail.subject());
    }

    /** What is larger than 1 MiB many a server refuses for good. */
    @Test
    void more_causes_than_a_notice_has_room_for_are_counted_and_the_most_urgent_are_told() {
        PathBytes hostile = PathBytes.of("/srv/" + "\u0001".repeat(200));
        Stream<Event> many = IntStream.rangeClosed(1, 10_000)
                .mapToObj(i -> SampleEvents.shop(Event.Kind.OPENED, hostile.resolve("x" + i), "cause" + i, 1_000));

        Notice notice =
                WORDING.notice(SampleEvents.batch(Stream.concat(many, Stream.of(SampleEvents.blind(Event.Kind.BLIND)))
                        .toArray(Event[]::new)));

        assertTrue(bytes(notice.json()).length < 512 << 10, "too long: " + bytes(notice.json()).length);
        assertTrue(notice.json().contains("\"events\":[{\"event\":\"blind\""), "what is most urgent comes first");
        int told = notice.json().split("\"event\":", -1).length - 1;
        assertTrue(notice.json().contains("\"omitted\":" + (10_001 - told)), told + " told");
        assertTrue(notice.json().contains("\"summary\":\"1 path not seen by the audit, 10000 new unreadable paths"));
    }

    @Test
    void without_paths_a_notice_holds_none() throws IOException {
        Wording discreet = new Wording("web1", ZoneId.of("UTC"), WebhookSettings.Paths.NONE);
        Batch batch = SampleEvents.batch(SampleEvents.shop(Event.Kind.OPENED), SampleEvents.blind(Event.Kind.BLIND));

        Notice notice = discreet.notice(batch);

        Golden.of("alert", "discreet").expect("notice.json", out -> out.write(bytes(notice.json())));
        assertTrue(!notice.json().contains("/"), notice.json());
    }

    @Test
    void of_a_file_it_is_told_what_those_beside_it_were_like() throws IOException {
        Event event = SampleEvents.uploads(Event.Kind.OPENED, Optional.of("-rw-r--r-- kim:users"));

        expect("beside", SampleEvents.batch(event));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            12 | 3 | By the logs 20 requests by 12 visitors and 3 bots met it, first at 2026-11-24 12:00:00 +00:00, last at 2026-11-25 12:00:00 +00:00.
            0  | 1 | By the logs 20 requests by 1 bot met it, first at 2026-11-24 12:00:00 +00:00, last at 2026-11-25 12:00:00 +00:00.
            0  | 0 | By the logs 20 requests met it, first at 2026-11-24 12:00:00 +00:00, last at 2026-11-25 12:00:00 +00:00.
            """)
    void whom_a_cause_met_is_told_as_far_as_logs_tell(long visitors, long bots, String sentence) {
        Encounters met =
                new Encounters(20, visitors, bots, Optional.of(SampleEvents.THEN), Optional.of(SampleEvents.NOW));
        Wording knowing = new Wording(
                "web1",
                ZoneId.of("UTC"),
                WebhookSettings.Paths.NONE,
                (blamed, names) -> blamed.equals(SampleEvents.WWW.resolve("shop")) && names == 1
                        ? Optional.of(met)
                        : Optional.empty());

        String mail = knowing.mail(SampleEvents.batch(SampleEvents.shop(Event.Kind.OPENED)))
                .text()
                .replaceAll("\\s+", " ");

        assertTrue(mail.contains(sentence), mail);
    }

    @Test
    void causes_that_are_too_many_to_tell_each_are_one_paragraph() throws IOException {
        Event file = SampleEvents.uploads(Event.Kind.OPENED);
        Event crowd = new Event(
                file.kind(),
                file.at(),
                file.previous(),
                new Event.View(SampleEvents.WWW, file.view().user(), file.view().uid(), ""),
                new Event.Culprit("c0ffee00c0ffee00", SampleEvents.WWW, 9_000, Event.MANY, ""),
                Event.Likeness.UNKNOWN,
                new Event.Refused(10_000, SampleEvents.names(SampleEvents.WWW.resolve("uploads"), 3)),
                Event.Mending.NONE);

        expect("crowd", SampleEvents.batch(SampleEvents.shop(Event.Kind.OPENED), crowd));
    }

    @Test
    void every_kind_has_its_place_in_a_mail() {
        Set<Event.Kind> untold = EnumSet.of(Event.Kind.LEFT_OUT, Event.Kind.NOTHING);

        assertEquals(EnumSet.complementOf(EnumSet.copyOf(untold)), EnumSet.copyOf(SubjectLine.ORDER));
    }

    @Test
    void a_test_mail_says_that_it_is_one() throws IOException {
        Mail mail = WORDING.test("<test@web1>", "kim@example.org", SampleEvents.NOW);

        Golden.of("alert", "test").expect("mail.txt", out -> out.write(bytes(readable(mail))));
        Golden.of("alert", "test").expect("mail.html", out -> out.write(bytes(mail.html())));
    }

    private static Event home(PathBytes root, int paths) {
        Event shop = SampleEvents.shop(Event.Kind.OPENED, root, "0123456789abcdef", paths);
        return new Event(
                shop.kind(),
                shop.at(),
                shop.previous(),
                new Event.View(root, shop.view().user(), shop.view().uid(), ""),
                new Event.Culprit(shop.cause(), PathBytes.of("/home"), 1, "search", "other::---"),
                new Event.Likeness(Optional.of("drwxr-xr-x root:root"), Optional.empty(), "drwx------ root:root"),
                new Event.Refused(paths, shop.refused().examples()),
                new Event.Mending(
                        List.of(new Event.Fix("setfacl -m u:www-data:x /home", "")),
                        Optional.empty(),
                        shop.mending().listing()));
    }

    private static void expect(String behaviour, Batch batch) throws IOException {
        Golden golden = Golden.of("alert", behaviour);
        Mail mail = WORDING.mail(batch);

        assertEquals(batch.id(), mail.id());
        assertEquals(batch.references(), mail.references());
        golden.expect("mail.txt", out -> out.write(bytes(readable(mail))));
        golden.expect("mail.html", out -> out.write(bytes(mail.html())));
        golden.expect(
                "notice.json", out -> out.write(bytes(WORDING.notice(batch).json())));
    }

    private static String readable(Mail mail) {
        return "Subject: " + mail.subject() + "\n\n" + mail.text();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
