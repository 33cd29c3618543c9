package docrootaudit.server.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.PathBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TallyTest {
    private static final String BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0";

    @Test
    void an_answer_is_counted_with_the_line_that_says_why() {
        Tally tally = Logs.tally(
                lines(denied(1, "192.0.2.1", "/a", "/srv/a"), denied(1, "192.0.2.2", "/a", "/srv/a")),
                lines(answer(1, "192.0.2.1", "/a?x=1", BROWSER), answer(2, "192.0.2.2", "/a", "curl")));

        Spot spot = only(tally);
        assertEquals(Optional.of(PathBytes.of("/srv/a")), spot.key().file());
        assertEquals(2, spot.crowd().requests());
        assertEquals(2, spot.crowd().answers());
        assertEquals(1, spot.crowd().visitors());
        assertEquals(1, spot.crowd().bots());
        assertEquals(List.of(new Crowd.Url(PathBytes.of("/a"), 2)), spot.crowd().urls(5));
        assertEquals(0, tally.unexplained());
    }

    @Test
    void a_line_without_its_answer_counts_for_itself() {
        Tally tally = Logs.tally(
                lines(denied(1, "192.0.2.1", "/a", "/srv/a"), denied(40, "192.0.2.1", "/a", "/srv/a")),
                lines(answer(1, "192.0.2.1", "/a", BROWSER)));

        assertEquals(2, only(tally).crowd().requests());
        assertEquals(1, only(tally).crowd().answers());
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.2,/a,1", "192.0.2.1,/b,1", "192.0.2.1,/a,9"})
    void an_answer_to_another_request_stands_unexplained(String address, String url, int second) {
        Tally tally =
                Logs.tally(lines(denied(1, "192.0.2.1", "/a", "/srv/a")), lines(answer(second, address, url, BROWSER)));

        assertEquals(1, tally.unexplained());
        assertEquals(
                List.of(Symptom.PERMISSION, Symptom.UNEXPLAINED),
                tally.spots().stream().map(s -> s.key().symptom()).toList());
    }

    @Test
    void of_files_without_a_URL_the_likest_is_taken() {
        Tally tally = Logs.tally(
                lines(
                        apache("AH01630: client denied by server configuration: /srv/www/a/x.css"),
                        apache("AH01630: client denied by server configuration: /srv/www/b/x.css"),
                        apache("AH00529: /srv/www/c/.htaccess pcfg_openfile: unable"),
                        apache("AH01276: Cannot serve directory /srv/www/: No matching DirectoryIndex (i) found")),
                lines(
                        answer(1, "192.0.2.1", "/c/x.css", BROWSER),
                        answer(1, "192.0.2.1", "/b/x%2ecss", BROWSER),
                        answer(1, "192.0.2.1", "/", BROWSER),
                        answer(1, "192.0.2.1", "/a/x.css?v=2", BROWSER)));

        assertEquals(0, tally.unexplained());
        for (Spot spot : tally.spots()) {
            assertEquals(1, spot.crowd().answers(), spot::toString);
            assertEquals(1, spot.crowd().requests(), spot::toString);
        }
        assertEquals(
                "/c/x.css", tally.spots().get(2).crowd().urls(1).get(0).path().toString());
    }

    @Test
    void what_a_firewall_tells_two_logs_is_one_refusal() {
        String denial = "Access denied with code 403 (phase 1). x [id \"1\"] [msg \"m\"]";
        Tally tally = Logs.tally(
                lines(apache("ModSecurity: " + denial + " [uri \"/a\"]")),
                lines(
                        "--d9180a61-A--",
                        "[26/Nov/2026:00:00:01.506721 +0000] id 192.0.2.1 33390 192.0.2.1 80",
                        "--d9180a61-B--",
                        "GET /a?b HTTP/1.1",
                        "--d9180a61-H--",
                        "Message: " + denial,
                        "Action: Intercepted (phase 1)",
                        "--d9180a61-Z--"),
                lines(answer(1, "192.0.2.1", "/a?b", "curl")));

        assertEquals(1, only(tally).crowd().requests());
        assertEquals(1, only(tally).crowd().bots());
    }

    @Test
    void a_missing_password_file_counts_only_with_its_403() {
        String missing = "2026/11/26 00:00:01 [error] 1#1: *1 open() \"/etc/pw\" failed (2: No such file or directory),"
                + " client: 192.0.2.1, server: s, request: \"GET /a HTTP/1.1\"";

        assertEquals(List.of(), Logs.tally(lines(missing)).spots());
        assertEquals(
                Optional.of(PathBytes.of("/etc/pw")),
                only(Logs.tally(lines(missing), lines(answer(1, "192.0.2.1", "/a", BROWSER))))
                        .key()
                        .file());
    }

    @Test
    void asking_for_credentials_is_no_refusal() {
        Tally tally = Logs.tally(lines(answer(1, "192.0.2.1", "/a", BROWSER).replace(" 403 ", " 401 ")));

        assertEquals(0, tally.refused());
        assertEquals(1, tally.challenged());
        assertEquals(OptionalInt.of(401), only(tally).key().status());
    }

    @Test
    void many_visitors_are_counted_within_a_few_percent() {
        Tally tally = Tally.ofWholeFiles(4711);
        for (int i = 0; i < 100_000; i++) {
            tally.add(answered("10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255), "/a"));
            tally.add(answered("10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255), "/a"));
        }

        long visitors = only(tally).crowd().visitors();
        assertTrue(Math.abs(visitors - 100_000) < 10_000, () -> visitors + " visitors");
        assertEquals(200_000, only(tally).crowd().requests());
    }

    @Test
    void there_is_an_end_to_what_is_told_apart() {
        Tally tally = Tally.ofWholeFiles(4711);
        for (int i = 0; i < 2 * Tally.MOST_SPOTS; i++) {
            tally.add(answered("192.0.2.1", "/" + i));
        }

        assertEquals(Tally.MOST_SPOTS + 1, tally.spots().size());
        assertEquals(
                2 * Tally.MOST_SPOTS,
                tally.spots().stream().mapToLong(s -> s.crowd().requests()).sum());
        assertEquals(Tally.MOST_SPOTS, tally.crowdedOut().get(Symptom.UNEXPLAINED));
    }

    @Test
    void crowds_that_meet_count_nobody_twice() {
        Crowd both = only(Logs.tally(
                        lines(answer(1, "192.0.2.1", "/a", BROWSER), answer(5, "192.0.2.2", "/a", "curl"))))
                .crowd()
                .with(only(Logs.tally(lines(answer(9, "192.0.2.1", "/b", BROWSER))))
                        .crowd());

        assertEquals(3, both.requests());
        assertEquals(1, both.visitors());
        assertEquals(1, both.bots());
        assertEquals(2, both.differentUrls());
        assertEquals(
                8,
                both.last().orElseThrow().getEpochSecond()
                        - both.first().orElseThrow().getEpochSecond());
    }

    @Test
    void what_grows_for_ever_forgets_what_nobody_asks_for_any_more() {
        Tally tally = Tally.ofGrowingFiles(4711);
        LogParser errors = new NginxErrorLog(java.time.ZoneOffset.UTC);
        for (int i = 0; i < 200_000; i++) {
            errors.line(denied(i % 60, "192.0.2." + i % 250, "/" + i, "/srv/a"), tally::add);
        }
        Logs.read(errors, denied(7, "192.0.2.251", "/last", "/srv/a")).forEach(tally::add);
        Logs.read(answer(7, "192.0.2.251", "/last", BROWSER)).forEach(tally::add);

        assertTrue(!tally.isJoinedInPart());
        assertEquals(0, tally.unexplained());
    }

    private static LogEvent answered(String address, String url) {
        return new LogEvent.Answered(
                OptionalLong.of(1),
                new LogEvent.Visitor(address, Agent.BROWSER),
                "",
                PathBytes.of(url),
                403,
                Optional.empty());
    }

    private static String denied(int second, String address, String url, String file) {
        return String.format(
                Locale.ROOT,
                "2026/11/26 00:00:%02d [error] 1#1: *%d open() \"%s\" failed (13: Permission denied), client: %s, server: s,"
                        + " request: \"GET %s HTTP/1.1\", host: \"h\"",
                second,
                address.hashCode() & 0xffff,
                file,
                address,
                url);
    }

    private static String apache(String message) {
        return "[Thu Nov 26 00:00:01.506512 2026] [core:error] [pid 1:tid 2] [client 192.0.2.1:33390] " + message;
    }

    private static String answer(int second, String address, String url, String agent) {
        return String.format(
                Locale.ROOT,
                "%s - - [26/Nov/2026:00:00:%02d +0000] \"GET %s HTTP/1.1\" 403 5 \"-\" \"%s\"",
                address,
                second,
                url,
                agent);
    }

    private static String[] lines(String... lines) {
        return lines;
    }

    private static Spot only(Tally tally) {
        List<Spot> spots = new ArrayList<>(tally.spots());
        assertEquals(1, spots.size(), spots::toString);
        return spots.get(0);
    }
}
