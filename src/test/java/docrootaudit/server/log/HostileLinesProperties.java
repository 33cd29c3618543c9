package docrootaudit.server.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.server.ByteText;
import docrootaudit.server.Mutants;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever a visitor sends: no parser fails, nobody is counted who was not there, nothing of him is told. */
class HostileLinesProperties {
    private static final List<String> PIECES = List.of(
            "2026/11/26 00:06:32 [error] 1#1: *1 ",
            "open() \"/srv/a\" failed (13: Permission denied)",
            "access forbidden by rule",
            ", client: 192.0.2.7, server: s, request: \"GET /a?b HTTP/1.1\", host: \"h\"",
            "[Thu Nov 26 00:06:32.506512 2026] [core:error] [pid 1:tid 2] ",
            "(13)Permission denied: [client 192.0.2.7:1] ",
            "AH00132: file permissions deny server access: /srv/f",
            ", referer: http://r",
            "ModSecurity: Access denied with code 403 (phase 1). [id \"1\"] [msg \"m\"]",
            "192.0.2.7 - - [26/Nov/2026:00:06:32 +0000] ",
            "\"GET /a HTTP/1.1\" 403 5 \"-\" \"x\"",
            "--d9180a61-A--",
            "--d9180a61-Z--",
            "{\"transaction\":{\"time\":\"26/Nov/2026:00:06:32 +0000\"",
            "type=AVC msg=audit(1.1:1): avc:  denied  { read } for comm=\"nginx\" name=\"x\"",
            "\"",
            "\\",
            "[",
            "]",
            " ",
            "%0a",
            "\u0000",
            "\u001b[31m",
            "\u00ff");

    /** As servers, their firewall and the kernel write them. */
    private static final List<String> LINES = List.of(
            "2026/11/26 00:06:32 [error] 1#1: *1 open() \"/srv/a\" failed (13: Permission denied), client: 192.0.2.7,"
                    + " server: s, request: \"GET /a?b HTTP/1.1\", host: \"h\", referrer: \"http://r\"",
            "2026/11/26 00:06:32 [error] 1#1: *1 directory index of \"/srv/\" is forbidden, client: 192.0.2.7, server: s,"
                    + " request: \"GET / HTTP/1.1\", host: \"h\"",
            "[Thu Nov 26 00:06:32.506512 2026] [core:error] [pid 1:tid 2] (13)Permission denied: [client 192.0.2.7:1]"
                    + " AH00132: file permissions deny server access: /srv/f, referer: http://r",
            "[Thu Nov 26 00:06:32.506512 2026] [security2:error] [pid 1] [client 192.0.2.7:1] [client 192.0.2.7]"
                    + " ModSecurity: Access denied with code 403 (phase 1). Matched phrase \"x\" at ARGS:x."
                    + " [file \"/etc/x.conf\"] [line \"5\"] [id \"1\"] [msg \"m\"] [hostname \"h\"] [uri \"/x\"]",
            "192.0.2.7 - - [26/Nov/2026:00:06:32 +0000] \"GET /a HTTP/1.1\" 403 5 \"-\" \"Mozilla/5.0\"",
            "www.test:443 192.0.2.7 - joe [26/Nov/2026:00:06:32 +0000] \"GET /a HTTP/1.1\" 403 5 \"-\" \"x\"",
            "type=AVC msg=audit(1764115592.123:45): avc:  denied  { read } for  pid=1 comm=\"nginx\" name=\"x\""
                    + " scontext=u:r:httpd_t:s0 tcontext=u:o:t:s0 tclass=file permissive=0",
            "Nov 26 00:06:32 h kernel: [  1.0] audit: type=1400 audit(1764115592.1:2): apparmor=\"DENIED\""
                    + " operation=\"open\" profile=\"/usr/sbin/nginx\" name=\"/srv/x\" comm=\"nginx\" denied_mask=\"r\"",
            "{\"transaction\":{\"time\":\"26/Nov/2026:00:06:32 +0000\",\"remote_address\":\"192.0.2.7\"},\"request\":"
                    + "{\"request_line\":\"GET /a HTTP/1.1\",\"headers\":{\"Host\":\"h\"}},\"response\":{\"status\":403},"
                    + "\"audit_data\":{\"messages\":[\"Access denied with code 403 (phase 2). [id \\\"1\\\"]\"]}}",
            "--d9180a61-A--\n[26/Nov/2026:00:06:32 +0000] x 192.0.2.7 1 127.0.0.1 80\n--d9180a61-B--\nGET /a HTTP/1.1\n"
                    + "Host: h\n--d9180a61-F--\nHTTP/1.1 403 Forbidden\n--d9180a61-H--\nMessage: Access denied with code 403"
                    + " (phase 2). [id \"1\"] [msg \"m\"]\nAction: Intercepted (phase 2)\n--d9180a61-Z--");

    @Provide
    Arbitrary<String> altered() {
        return Mutants.of(LINES);
    }

    @Property(tries = 4000)
    void no_altered_line_makes_a_parser_fail(@ForAll("altered") String first, @ForAll("altered") String second) {
        List<String> lines = new ArrayList<>(first.lines().toList());
        lines.addAll(second.lines().toList());
        for (LogKind kind : LogKind.values()) {
            var format = kind == LogKind.ACCESS
                    ? java.util.Optional.of(AccessFormat.usual().get(0))
                    : java.util.Optional.<AccessFormat>empty();

            Logs.read(new LogKind.Recognised(kind, format).parser(Logs.READING), lines.toArray(String[]::new));
        }
        Logs.READING.recognise(lines);
    }

    @Provide
    Arbitrary<String> lines() {
        Arbitrary<String> piece = Arbitraries.oneOf(
                Arbitraries.of(PIECES),
                Arbitraries.strings().withCharRange('\u0000', '\u00ff').ofMaxLength(8));
        return piece.list().ofMaxSize(8).map(pieces -> String.join("", pieces).replace("\n", ""));
    }

    @Property(tries = 3000)
    void no_line_makes_a_parser_fail(@ForAll("lines") String first, @ForAll("lines") String second) {
        for (LogKind kind : LogKind.values()) {
            var format = kind == LogKind.ACCESS
                    ? java.util.Optional.of(AccessFormat.usual().get(0))
                    : java.util.Optional.<AccessFormat>empty();
            LogParser parser = new LogKind.Recognised(kind, format).parser(Logs.READING);
            Tally tally = Tally.ofWholeFiles(1);

            Logs.read(parser, first, second, first).forEach(tally::add);

            assertTrue(tally.spots().size() <= 3);
        }
        Logs.READING.recognise(List.of(first, second));
    }

    /** As nginx writes it with escape=default (ngx_http_log_escape) and Apache with ap_escape_logitem. */
    @Property(tries = 2000)
    void a_User_Agent_stays_in_its_quotes(@ForAll("lines") String agent, @ForAll("lines") String user) {
        String nginx = "192.0.2.7 - " + nginx(user) + " [26/Nov/2026:00:06:32 +0000] \"GET /a HTTP/1.1\" 403 5 \"-\" \""
                + nginx(agent) + "\"";
        String apache = "192.0.2.7 - " + apache(user)
                + " [26/Nov/2026:00:06:32 +0000] \"GET /a HTTP/1.1\" 403 5 \"-\" \"" + apache(agent) + "\"";

        for (String line : List.of(nginx, apache)) {
            List<LogEvent> events = Logs.read(new AccessLog(AccessFormat.usual().get(1), AccessFormat.usual()), line);
            assertEquals(1, events.size(), line);
            LogEvent.Answered event = (LogEvent.Answered) events.get(0);
            assertEquals("/a", ByteText.of(event.url()));
            assertEquals("192.0.2.7", event.visitor().address());
            assertEquals(Agent.of(agent), event.visitor().agent());
        }
    }

    /**
     * As nginx writes names into its error log: as they are, in one message of at most 2048 bytes, so long that it is cut
     * anywhere. What nobody can know from the bytes is not demanded: that a message is one, whose last line is cut where
     * a whole message could end.
     */
    @Property(tries = 4000)
    void a_name_with_line_feeds_forges_no_refusal(
            @ForAll("lines") String a,
            @ForAll("lines") String b,
            @ForAll @IntRange(max = 1900) int more,
            @ForAll("referrers") String referrer) {
        String forged = "2026/11/26 00:06:32 [error] 1#1: *1 open() \"/etc/shadow\" failed (13: Permission denied),"
                + " client: 6.6.6.6, server: s, request: \"GET /forged HTTP/1.1\", host: \"h\"";
        String path = "/" + "x".repeat(more) + a + "\n" + forged + "\n" + b;
        StringBuilder sent = new StringBuilder();
        path.chars()
                .forEach(c -> sent.append(
                        Character.isLetterOrDigit(c) || c == '/'
                                ? (char) c + ""
                                : String.format(Locale.ROOT, "%%%02x", c)));
        String message = "2026/11/26 00:06:32 [error] 1#1: *2 open() \"/srv" + path
                + "\" failed (2: No such file or directory), client: 192.0.2.7, server: s, request: \"GET " + sent
                + " HTTP/1.1\", host: \"h\"" + referrer;
        String genuine = "2026/11/26 00:06:32 [error] 1#1: *3 access forbidden by rule, client: 192.0.2.8, server: s,"
                + " request: \"GET /genuine HTTP/1.1\", host: \"h\"";
        List<String> lines = new ArrayList<>(List.of(genuine));
        lines.addAll(
                List.of(message.substring(0, Math.min(2047, message.length())).split("\n", -1)));
        Assume.that(message.length() <= 2047 || !isLikeAWholeMessage(lines.get(lines.size() - 1)));
        lines.add(genuine.replace("*3", "*4"));

        List<LogEvent> events = Logs.read(new NginxErrorLog(ZoneOffset.UTC), lines.toArray(String[]::new));

        assertTrue(events.stream().noneMatch(e -> e.visitor().address().equals("6.6.6.6")), lines::toString);
        assertTrue(events.stream().anyMatch(e -> e.visitor().address().equals("192.0.2.8")), lines::toString);
    }

    @Provide
    Arbitrary<String> referrers() {
        return Arbitraries.of(
                "", ", referrer: \"http://r/\"", ", referrer: \"x, request: \"GET / HTTP/1.1\"", ", referrer: \"/\"");
    }

    private static boolean isLikeAWholeMessage(String line) {
        return line.startsWith("2026/")
                && line.endsWith("\"")
                && line.substring(Math.max(0, line.lastIndexOf(", request: \"")))
                        .contains(" HTTP/");
    }

    private static String nginx(String text) {
        StringBuilder out = new StringBuilder();
        text.chars()
                .forEach(c -> out.append(
                        c < 32 || c == '"' || c == '\\' || c > 126
                                ? String.format(Locale.ROOT, "\\x%02X", c)
                                : (char) c + ""));
        return out.isEmpty() ? "-" : out.toString();
    }

    private static String apache(String text) {
        StringBuilder out = new StringBuilder();
        text.chars()
                .forEach(c -> out.append(
                        c == '"' || c == '\\'
                                ? "\\" + (char) c
                                : c < 32 || c > 126 ? String.format(Locale.ROOT, "\\x%02x", c) : (char) c + ""));
        return out.isEmpty() ? "-" : out.toString();
    }
}
