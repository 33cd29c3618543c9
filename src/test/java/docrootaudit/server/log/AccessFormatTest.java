package docrootaudit.server.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.PathBytes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessFormatTest {
    private static final String TIME = "[26/Nov/2026:00:06:32 +0000]";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            common         | 192.0.2.7 - - @ "GET /a?b HTTP/1.1" 403 5
            common         | 192.0.2.7 - kim lee @ "GET /a?b HTTP/1.1" 403 5
            combined       | 192.0.2.7 - - @ "GET /a?b HTTP/1.1" 403 5 "-" "curl/7.88.1"
            combined       | 2001:db8::7 - - @ "GET http://u:p@h/a?b HTTP/1.1" 403 5 "-" "curl/7.88.1"
            combined       | 192.0.2.7 - x [y @ "GET /a?b HTTP/1.1" 403 5 "-" "curl/7.88.1"
            combined       | 192.0.2.7 - - @ "GET /a?b HTTP/1.1" 403 5 "\\"" "curl \\" 200 1"
            combined       | 192.0.2.7 - - @ "GET /a?b HTTP/1.1" 403 5 "-" "curl/7.88.1" "10.0.0.1" 0.003
            vhost_combined | shop.example:443 192.0.2.7 - - @ "GET /a?b HTTP/1.1" 403 5 "-" "curl/7.88.1"
            """)
    void the_servers_own_formats_are_recognised(String name, String line) {
        String whole = line.replace("@", TIME).replace("u:p[26/Nov/2026:00:06:32 +0000]h", "u:p@h");
        var recognised = Logs.READING.recognise(List.of(whole)).orElseThrow();
        LogEvent.Answered event = (LogEvent.Answered) Logs.read(whole).get(0);

        assertEquals(name, recognised.format().orElseThrow().name());
        assertEquals(PathBytes.of("/a"), event.url());
        assertEquals(1795651592, event.second().orElseThrow());
        assertTrue(whole.contains(event.visitor().address())
                && !event.visitor().address().isEmpty());
        assertEquals(name.equals("vhost_combined") ? "shop.example" : "", event.site());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            $remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" rt=$request_time | 192.0.2.7 - - @ "GET /a?b HTTP/1.1" 403 5 "-" "curl" rt=0.1
            {"t":"$time_iso8601","ip":"$remote_addr","r":"$request","s":"$status","ua":"$http_user_agent"} | {"t":"2026-11-26T00:06:32+00:00","ip":"192.0.2.7","r":"GET /a?b HTTP/1.1","s":"403","ua":"x \\"quoted\\""}
            $msec\t$remote_addr\t$host\t$request_method\t$request_uri\t$status | 1795651592.123\t192.0.2.7\tshop\tGET\t/a?b\t403
            ${remote_addr} $status$body_bytes_sent "$request" $msec  | 192.0.2.7 4035 "GET /a?b HTTP/1.1" 1795651592.000
            %h %l %u %t "%r" %>s %O                                  | 192.0.2.7 - - @ "GET /a?b HTTP/1.1" 403 5
            %a %{sec}t \\"%m %U%q %H\\" %>s %D                       | 192.0.2.7 1795651592 "GET /a?b HTTP/1.1" 403 77
            %h %s %>s %{msec}t "%r" \\"%{User-agent}i\\" 100%%       | 192.0.2.7 200 403 1795651592123 "GET /a?b HTTP/1.1" "curl" 100%
            %h [%{begin:%d/%b/%Y:%T %z}t] "%r" %s                    | 192.0.2.7 @ "GET /a?b HTTP/1.1" 403
            %h %{%Y-%m-%dT%H:%M:%S%z}t "%r" %s                       | 192.0.2.7 2026-11-26T01:06:32+0100 "GET /a?b HTTP/1.1" 403
            %!200,304{Referer}i %v %t %h "%r" %>s                    | - shop @ 192.0.2.7 "GET /a?b HTTP/1.1" 403
            """)
    void configured_formats_are_read(String format, String line) throws Exception {
        AccessFormat read = FormatReader.read(format.replace("\\t", "\t"));
        LogReading reading = Logs.READING.trying(List.of(read), List.of());
        String[] lines = {line.replace("@", TIME).replace("\\t", "\t")};

        LogEvent.Answered event = (LogEvent.Answered)
                Logs.read(reading.recognise(List.of(lines)).orElseThrow().parser(reading), lines)
                        .get(0);

        assertEquals(PathBytes.of("/a"), event.url());
        assertEquals(403, event.status());
        assertEquals("192.0.2.7", event.visitor().address());
        assertEquals(1795651592, event.second().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            $remote_addr [$time_local] "$request" | it holds no status ($status, %>s)
            %h %t %>s                             | it holds no URL ($request, %r)
            combined                              | it names no field, as $status and %>s are
            """)
    void a_format_that_tells_no_refusal_is_refused(String format, String problem) {
        assertEquals(
                problem,
                assertThrows(FormatReader.FormatException.class, () -> FormatReader.read(format))
                        .getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "GET /403 HTTP/1.1" 200 403
            "GET /a HTTP/1.1" 404 401
            "-" 403 0
            "\\x16\\x03\\x01" 403 150
            """)
    void nothing_else_is_a_refusal_of_a_URL(String rest) {
        AccessFormat common = AccessFormat.usual().get(2);

        assertEquals(List.of(), Logs.read(new AccessLog(common, List.of()), "192.0.2.7 - - " + TIME + " " + rest));
    }

    @Test
    void bots_are_told_by_what_they_call_themselves() {
        for (String bot :
                List.of("-", "", "curl/7.88.1", "Mozilla/5.0 (compatible; Googlebot/2.1)", "Go-http-client/1.1")) {
            assertEquals(Agent.BOT, Agent.of(bot), bot);
        }
        assertEquals(Agent.BROWSER, Agent.of("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"));
    }

    @Test
    void long_paths_are_cut() {
        Optional<PathBytes> path = RequestLine.path("GET /" + "a".repeat(100_000) + " HTTP/1.1");

        assertEquals(RequestLine.LONGEST + 3, path.orElseThrow().length());
    }

    @ParameterizedTest
    @CsvSource({
        "GET /a/b?c HTTP/1.1, /a/b",
        "GET /a#b?c HTTP/1.1, /a",
        "GET /a b HTTP/1.1, /a b",
        "GET http://kim:secret@h/a?b HTTP/1.1, /a",
        "GET http://kim:secret@h?b=/c HTTP/1.1, /",
        "CONNECT h:443 HTTP/1.1,",
        "OPTIONS * HTTP/1.1,",
        "GET,"
    })
    void of_a_request_only_the_path_is_taken(String line, String path) {
        assertEquals(Optional.ofNullable(path).map(PathBytes::of), RequestLine.path(line));
    }
}
