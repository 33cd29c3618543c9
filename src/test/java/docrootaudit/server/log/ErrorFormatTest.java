package docrootaudit.server.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.PathBytes;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Error logs of formats of one's own; that Apache writes them so, PredictedLogsIT shows. */
class ErrorFormatTest {
    private static final String USUAL =
            "[%{u}t] [%-m:%l] [pid %P:tid %T] %7F: %E: [client\\ %a] %M% ,\\ referer\\ %{Referer}i";

    private static List<LogEvent> read(String format, String... lines) throws Exception {
        LogReading reading = Logs.READING.trying(List.of(), List.of(ErrorFormat.read(format)));
        return Logs.read(reading.recognise(List.of(lines)).orElseThrow().parser(reading), lines);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            [%{u}t] [%-m:%l] [pid %P:tid %T] %7F: %E: [client\\ %a] %M% ,\\ referer\\ %{Referer}i | [Thu Nov 26 00:06:32.506512 2026] [core:error] [pid 1:tid 2] (13)Permission denied: [client 192.0.2.7:33390] @
            [%{u}t] [%-m:%l] [pid %P:tid %T] %7F: %E: [client\\ %a] %M% ,\\ referer\\ %{Referer}i | [Thu Nov 26 00:06:32.506512 2026] [core:error] [pid 1:tid 2] (13)Permission denied: [client 192.0.2.7:33390] @, referer http://r/?s=2, referer x
            %{cu}t %-v %L %a %E %M     | 2026-11-26 00:06:32.506512 shop 192.0.2.7:33390 (13)Permission denied @
            %t;%l;%a;%M                | Thu Nov 26 00:06:32 2026;error;192.0.2.7:33390;@
            %{c}t %m %M from %a        | 2026-11-26 00:06:32 core @ from 192.0.2.7:33390
            """)
    void a_format_of_ones_own_is_read(String format, String line) throws Exception {
        String message = "AH01630: client denied by server configuration: /srv/f";
        String[] lines = {line.replace("@", message)};

        LogEvent.Refused event = (LogEvent.Refused) read(format, lines).get(0);

        assertEquals("AH01630", event.what().code());
        assertEquals(Optional.of(PathBytes.of("/srv/f")), event.what().subject());
        assertEquals("192.0.2.7", event.visitor().address());
        assertEquals(1795651592, event.second().orElseThrow());
    }

    @Test
    void a_field_whose_item_is_empty_is_left_out_with_its_blank() throws Exception {
        String line = "[Thu Nov 26 00:06:32.506512 2026] [core:error] [pid 1:tid 2] AH01630: client denied by server"
                + " configuration: /srv/f";

        assertEquals("", read(USUAL, line).get(0).visitor().address());
    }

    @Test
    void the_error_number_and_the_virtual_server_are_taken_from_their_fields() throws Exception {
        String line =
                "shop (13)Permission denied AH02454: FCGI: attempt to connect to Unix domain socket /run/php.sock (*:80)"
                        + " failed";

        LogEvent.Refused event = (LogEvent.Refused) read("%v %E %M", line).get(0);

        assertEquals("shop", event.site());
        assertEquals(Symptom.PERMISSION, event.what().symptom());
    }

    @Test
    void a_format_without_a_message_is_refused() {
        assertEquals(
                "it holds no message (%M)",
                assertThrows(FormatReader.FormatException.class, () -> ErrorFormat.read("%t %l %a"))
                        .getMessage());
        assertTrue(ErrorFormat.isOne("%t %-M"));
        assertTrue(!ErrorFormat.isOne("%h %l %u %t \"%r\" %>s 100%%M"));
    }

    @Property(tries = 20)
    void no_line_takes_long_or_fails(@ForAll String head, @ForAll String format) throws Exception {
        String line = head + " , referer (1): [client ".repeat(2000) + head;
        for (String form : List.of(USUAL, "%{X}i %{Y}i %{Z}i %M %{A}e %{B}e z", format + "%M")) {
            ErrorFormat read = ErrorFormat.read(form);
            Assertions.assertTimeout(Duration.ofSeconds(10), () -> read.line(line, ZoneOffset.UTC));
        }
    }
}
