package docrootaudit.server.apache;

import static org.junit.jupiter.api.Assertions.assertEquals;

import docrootaudit.access.PathBytes;
import docrootaudit.server.LogFile;
import docrootaudit.server.Site;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which logs a configuration names, with their forms, and whose they are. */
class LogsTest {
    private static List<LogFile> logs(String text) throws Exception {
        return Apache.load(
                        new MapFiles().with("/etc/apache2/conf", "Listen 80\n" + text),
                        PathBytes.of("/etc/apache2/conf"),
                        PathBytes.of("/etc/apache2"),
                        Set.of(),
                        Map.of())
                .logs();
    }

    private static String words(LogFile log) {
        String place = log.place() instanceof LogFile.Place.File file
                ? file.path().toString()
                : ((LogFile.Place.Elsewhere) log.place()).why();
        return log.kind() + " " + place + " " + log.format().orElse("usual") + " "
                + log.site().flatMap(Site::plainName).orElse("-");
    }

    @Test
    void a_virtual_server_with_a_log_of_its_own_writes_none_of_the_main_ones() throws Exception {
        assertEquals(
                List.of(
                        "ACCESS /var/log/all %h nick -",
                        "ERROR /etc/apache2/logs/error_log usual -",
                        "ACCESS /var/log/three %v %>s three.test",
                        "ERROR /var/log/three.err [%t] %M three.test"),
                logs("""
                        LogFormat "%h nick" nick
                        CustomLog /var/log/all nick env=!quiet
                        <VirtualHost *:80>
                        ServerName one.test
                        </VirtualHost>
                        <VirtualHost *:80>
                        ServerName two.test
                        </VirtualHost>
                        <VirtualHost *:80>
                        ServerName three.test
                        CustomLog /var/log/three "%v %>s"
                        ErrorLog /var/log/three.err
                        ErrorLogFormat "[%t] %M"
                        ErrorLogFormat request "[%t] %L"
                        </VirtualHost>
                        """).stream().map(LogsTest::words).toList());
    }

    @Test
    void a_transfer_log_has_the_last_format_without_a_name() throws Exception {
        assertEquals(
                List.of("ACCESS /t %h %l %u %t \"%r\" %>s %b one.test", "ACCESS /u \"%r\" %s two.test"),
                logs("""
                        <VirtualHost *:80>
                        ServerName one.test
                        TransferLog /t
                        ErrorLog /dev/null
                        </VirtualHost>
                        <VirtualHost *:80>
                        ServerName two.test
                        LogFormat "\\"%r\\" %s"
                        TransferLog /u
                        ErrorLog /dev/null
                        </VirtualHost>
                        """).stream()
                        .map(LogsTest::words)
                        .filter(w -> w.startsWith("ACCESS"))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            "|/usr/bin/rotatelogs /var/log/x 86400" ; it is piped to a program
            syslog:local1                           ; it goes to syslog
            /dev/null                               ; it is off
            /dev/stderr                             ; it goes to what the server was started with, such as the journal
            """)
    void what_nobody_can_read_is_said(String target, String why) throws Exception {
        LogFile log =
                logs("ServerName s.test\nErrorLog " + target.strip() + "\n").get(0);

        assertEquals(new LogFile.Place.Elsewhere(why.strip()), log.place());
    }
}
