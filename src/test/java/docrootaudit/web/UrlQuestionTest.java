package docrootaudit.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.PathBytes;
import docrootaudit.server.Address;
import docrootaudit.server.Request;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a URL and the options beside it become a request. */
class UrlQuestionTest {
    private static UrlQuestion question(String url, Optional<String> to, String... headers) {
        return new UrlQuestion(
                PathBytes.of(url),
                Optional.empty(),
                to,
                "GET",
                Arrays.stream(headers).map(PathBytes::of).toList(),
                Optional.empty(),
                Optional.empty());
    }

    private static Request request(String url) throws WebException {
        return question(url, Optional.empty()).asked().request();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            http://www.example.org             | www.example.org      | 80   | /
            http://www.example.org:8080/a?b#c  | www.example.org:8080 | 8080 | /a?b
            https://WWW.example.org:443/a%2Fb  | www.example.org      | 443  | /a%2Fb
            HTTP://www.example.org?x           | www.example.org      | 80   | /?x
            http://[::1]:81/..//x              | [::1]:81             | 81   | /..//x
            http://www.example.org:/           | www.example.org      | 80   | /
            """, delimiter = '|')
    void a_url_is_sent_as_it_is_written(String url, String host, int port, String target) throws WebException {
        Request request = request(url);

        assertEquals(
                List.of(host, port, target), List.of(request.host().orElseThrow(), request.port(), request.target()));
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.5/, 127.0.0.1, LOOPBACK",
        "http://localhost/, 127.0.0.1, LOOPBACK",
        "http://[::1]/, ::1, LOOPBACK",
        "http://www.example.org/, 192.0.2.1, ANYWHERE",
        "http://[2001:db8::9]/, 2001:db8::1, ANYWHERE"
    })
    void the_visitor_is_on_this_machine_if_only_it_can_get_there(String url, String from, String origin)
            throws WebException {
        UrlQuestion.Asked asked = question(url, Optional.empty()).asked();

        assertEquals(
                List.of(from, origin),
                List.of(asked.request().from().toString(), asked.origin().name()));
    }

    @Test
    void to_tells_where_the_visitor_connects_and_a_header_may_be_the_host() throws WebException {
        Request request = question("http://www.example.org/", Optional.of("10.0.0.7:8080"), "host: other", "X-A: b c")
                .asked()
                .request();

        assertEquals(Address.parse("10.0.0.7"), request.to());
        assertEquals(8080, request.port());
        assertEquals(Optional.of("other"), request.host());
        assertEquals(Optional.of("b c"), request.header("X-A"));
        assertFalse(request.headers().stream().anyMatch(h -> h.name().equalsIgnoreCase("Host")));
    }

    @Test
    void a_visitor_has_a_browser_unless_his_own_agent_is_given() throws WebException {
        Request plain = question("http://h/", Optional.empty()).asked().request();
        Request robot = question("http://h/", Optional.empty(), "user-agent: robot")
                .asked()
                .request();
        Request silent =
                question("http://h/", Optional.empty(), "User-Agent:").asked().request();

        assertEquals(Optional.of("Mozilla/5.0"), plain.header("User-Agent"));
        assertEquals(List.of(new Request.Header("user-agent", "robot")), robot.headers());
        assertEquals(Optional.of(""), silent.header("User-Agent"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http:///x",
                "http://kim:secret@example.org/",
                "http://example.org:0/",
                "http://example.org:99999/",
                "http://example.org:x/",
                "http://example.org/a b",
                "http://example.org/\u0007"
            })
    void what_is_no_url_is_refused_in_a_sentence_that_tells_no_password(String url) {
        WebException refused = assertThrows(WebException.class, () -> request(url));

        assertTrue(
                !refused.getMessage().contains("secret") && refused.getMessage().length() > 20, refused::toString);
    }
}
