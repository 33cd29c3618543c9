package docrootaudit.server.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import docrootaudit.access.PathBytes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirewallAndKernelLogsTest {
    @Test
    void version_3_of_ModSecurity_tells_the_last_rule() {
        String line =
                "{\"transaction\":{\"client_ip\":\"192.0.2.7\",\"time_stamp\":\"Thu Nov 26 00:06:32 2026\",\"server_id\":\"x\","
                        + "\"request\":{\"method\":\"GET\",\"http_version\":1.1,\"uri\":\"/a?token=1\",\"headers\":{\"Host\":\"h\",\"User-Agent\":\"curl\"}},"
                        + "\"response\":{\"http_code\":403},"
                        + "\"messages\":[{\"message\":\"SQL\",\"details\":{\"match\":\"m\",\"ruleId\":\"942100\"}},"
                        + "{\"message\":\"Score\",\"details\":{\"ruleId\":\"949110\"}}]}}";

        LogEvent.Refused event = (LogEvent.Refused) Logs.read(line).get(0);

        assertEquals("949110", event.what().code());
        assertEquals("Score", event.what().text());
        assertEquals(Optional.of(PathBytes.of("/a")), event.url());
        assertEquals(1795651592, event.second().orElseThrow());
        assertEquals(List.of(), Logs.read(line.replace("\"http_code\":403", "\"http_code\":200")));
    }

    @Test
    void a_visitor_who_writes_boundaries_ends_nothing() {
        String[] entry = {
            "--d9180a61-A--",
            "[26/Nov/2026:00:06:32.506721 +0000] awd4qPlnmb77iQG7mKfWHQAAAAA 192.0.2.7 33390 192.0.2.1 80",
            "--d9180a61-B--",
            "POST /a?token=1 HTTP/1.1",
            "User-Agent: curl",
            "X: --d9180a61-H--",
            "--00000000-H--",
            "Message: Access denied with code 403 (phase 1). [id \"1\"] [msg \"forged\"]",
            "--d9180a61-C--",
            "--00000000-Z--",
            "Message: Access denied with code 403 (phase 1). [id \"2\"] [msg \"forged\"]",
            "--d9180a61-H--",
            "Message: Access denied with code 403 (phase 1). Pattern match \"x\" at ARGS. [id \"4711\"] [msg \"An \\\"attack\\\"\"]",
            "Action: Intercepted (phase 1)",
            "--d9180a61-Z--"
        };

        List<LogEvent> events = Logs.read(entry);

        assertEquals(1, events.size());
        LogEvent.Refused event = (LogEvent.Refused) events.get(0);
        assertEquals("4711", event.what().code());
        assertEquals("An \"attack\"", event.what().text());
        assertEquals(Optional.of(PathBytes.of("/a")), event.url());
        assertEquals("192.0.2.7", event.visitor().address());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            type=AVC msg=audit(1795651592.123:456): avc:  denied  { read } for  pid=1 comm="httpd" name="index.html" dev="dm-0" ino=2 scontext=system_u:system_r:httpd_t:s0 tcontext=unconfined_u:object_r:user_home_t:s0 tclass=file permissive=0 | SELinux | index.html
            type=AVC msg=audit(1795651592.123:456): avc:  denied  { read } for  pid=1 comm="cgi" path=2F7372762F6120620A scontext=system_u:system_r:httpd_t:s0 tcontext=a:b:c:s0 tclass=file permissive=0 | SELinux | /srv/a b\\n
            type=AVC msg=audit(1795651592.123:456): apparmor="DENIED" operation="open" profile="/usr/sbin/nginx" name="/srv/x y" pid=1 comm="nginx" requested_mask="r" denied_mask="r" fsuid=33 ouid=0 | AppArmor | /srv/x y
            Nov 26 00:06:32 host kernel: [ 4.2] audit: type=1400 audit(1795651592.123:45): apparmor="DENIED" operation="open" profile="apache2" name="/srv/x" pid=1 comm="apache2" | AppArmor | /srv/x
            """)
    void what_security_modules_deny_a_web_server_is_told(String line, String module, String name) {
        LogEvent.Refused event = (LogEvent.Refused) Logs.read(line).get(0);

        assertEquals(module, event.what().code());
        assertEquals(
                PathBytes.of(name.replace("\\n", "\n")), event.what().subject().orElseThrow());
        assertEquals(1795651592, event.second().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            type=AVC msg=audit(1.1:4): avc:  denied  { read } for  pid=1 comm="httpd" name="x" scontext=s:r:httpd_t:s0 tcontext=a:b:c:s0 tclass=file permissive=1
            type=AVC msg=audit(1.1:4): avc:  denied  { read } for  pid=1 comm="cupsd" name="x" scontext=s:r:cupsd_t:s0 tcontext=a:b:c:s0 tclass=file permissive=0
            type=AVC msg=audit(1.1:4): apparmor="ALLOWED" operation="open" profile="nginx" name="/x" pid=1 comm="nginx"
            type=SYSCALL msg=audit(1.1:4): arch=c000003e syscall=2 success=no exit=-13 comm="nginx"
            """)
    void what_they_allow_or_deny_others_is_not(String line) {
        assertEquals(List.of(), Logs.read(line));
    }
}
