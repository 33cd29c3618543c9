package docrootaudit.server.nginx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import docrootaudit.server.LogFile;
import docrootaudit.server.Site;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which logs a configuration names, with their forms, and whose they are. */
class LogsTest {
    private static List<String> logs(String http) {
        return MapFiles.of("error_log /var/log/main.log;\nevents { }\nhttp {\n" + http + "\n}\n")
                .nginx()
                .logs()
                .stream()
                .map(LogsTest::words)
                .toList();
    }

    private static String words(LogFile log) {
        String place = log.place() instanceof LogFile.Place.File file
                ? file.path().toString()
                : log.place() instanceof LogFile.Place.Elsewhere elsewhere ? elsewhere.why() : "as compiled";
        return log.kind() + " " + place + " "
                + log.site().flatMap(Site::plainName).orElse("-");
    }

    @Test
    void a_server_writes_what_is_said_outside_until_it_says_itself() {
        assertEquals(
                List.of(
                        "ACCESS /var/log/a.log -",
                        "ERROR /var/log/main.log -",
                        "ACCESS /var/log/own.log three.test",
                        "ERROR /var/log/own.err three.test",
                        "ACCESS /usr/share/nginx/logs/x.log three.test"),
                logs("""
                        access_log /var/log/a.log;
                        server { server_name one.test; }
                        server { server_name two.test; location / { access_log /var/log/a.log combined; } }
                        server {
                            server_name three.test; access_log /var/log/own.log; error_log /var/log/own.err;
                            location /x { if ($arg_a) { access_log logs/x.log; } }
                        }
                        """));
    }

    @Test
    void without_a_word_they_are_where_nginx_was_compiled_for() {
        assertEquals(
                List.of("ACCESS as compiled one.test", "ERROR /var/log/main.log -"),
                logs("server { server_name one.test; }"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            access_log off;                                   | it is off
            access_log syslog:server=unix:/dev/log combined;  | it goes to syslog
            access_log /var/log/$host.log;                    | its name has variables
            access_log /dev/stdout;                           | it goes to what the server was started with, such as the journal
            log_format f escape=none $status; access_log /x f; | its format has escape=none, so that visitors may write any field
            """)
    void what_nobody_can_read_is_said(String directives, String why) {
        assertEquals(
                "ACCESS " + why + " s.test",
                logs(directives + " server { server_name s.test; }").get(0));
    }

    @Test
    void a_format_is_what_its_words_make_together() {
        LogFile log = MapFiles.of(
                        "events { }\nhttp { log_format j escape=json '{\"s\":$status,'\n '\"r\":\"$request\"}';"
                                + " access_log /x j buffer=4k; server { } }")
                .nginx()
                .logs()
                .get(0);

        assertEquals(Optional.of("{\"s\":$status,\"r\":\"$request\"}"), log.format());
    }
}
