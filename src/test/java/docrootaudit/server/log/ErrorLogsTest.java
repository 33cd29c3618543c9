package docrootaudit.server.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.PathBytes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What single messages of both servers say; that the servers write them so, LogsIT shows. */
class ErrorLogsTest {
    private static final String NGINX = "2026/11/26 00:06:32 [error] 18196#18196: *1 ";
    private static final String TAIL =
            ", client: 192.0.2.7, server: shop, request: \"GET /a/b?token=1 HTTP/1.1\", host: \"shop\", referrer: \"http://r/?s=2\"";
    private static final String APACHE = "[Thu Nov 26 00:06:32.506512 2026] [core:error] [pid 1:tid 2] ";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            open() "/srv/a/b" failed (13: Permission denied)             | permission    | /srv/a/b
            open() "/srv/a\" b" failed (13: Permission denied)           | permission    | /srv/a\" b
            stat() "/srv/a/" failed (13: Permission denied)              | permission    | /srv/a/
            opendir() "/srv/a/" failed (13: Permission denied)           | permission    | /srv/a/
            openat() "/srv/l" failed (40: Too many levels of symbolic links) | symlink   | /srv/l
            open() "/etc/nginx/htpasswd" failed (2: No such file or directory) | auth    | /etc/nginx/htpasswd
            "/srv/a/index.html" is forbidden (13: Permission denied)     | permission    | /srv/a/index.html
            directory index of "/srv/a/" is forbidden                    | missing-index | /srv/a/
            access forbidden by rule                                     | deny-rule     |
            no user/password was provided for basic authentication       | auth          |
            user "kim": password mismatch                                | auth          |
            user "kim" was not found in "/etc/nginx/htpasswd"            | auth          |
            auth request unexpected status: 403 while sending to client  | auth          |
            connect() to unix:/run/php.sock failed (13: Permission denied) while connecting to upstream | permission | /run/php.sock
            FastCGI sent in stderr: "Access to the script '/srv/x' has been denied (see security.limit_extensions)" while reading response header from upstream | upstream |
            """)
    void nginx_says(String message, String symptom, String subject) {
        check(Logs.read(NGINX + message + TAIL), symptom, subject, "/a/b");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            open() "/srv/a/b" failed (2: No such file or directory)
            open() "/srv/403.html" failed (2: No such file or directory)
            client closed connection while waiting for request
            connect() failed (111: Connection refused) while connecting to upstream
            upstream timed out (110: Connection timed out) while reading response header from upstream
            """)
    void nginx_speaks_of_other_things(String message) {
        assertEquals(List.of(), Logs.read(NGINX + message + TAIL));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            AH00035: access to /a/b denied (filesystem path '/srv/a') because search permissions are missing on a component of the path | permission | /srv/a |
            AH00037: Symbolic link not allowed or link target not accessible: /srv/l | symlink | /srv/l |
            AH00132: file permissions deny server access: /srv/f         | permission    | /srv/f    |
            AH00529: /srv/a/.htaccess pcfg_openfile: unable to check htaccess file, ensure it is readable and that '/srv/a/' is executable | htaccess | /srv/a/.htaccess |
            AH00670: Options FollowSymLinks and SymLinksIfOwnerMatch are both off, so the RewriteRule directive is also forbidden due to its similar ability to circumvent directory restrictions : /srv/a | rewrite | /srv/a |
            AH01276: Cannot serve directory /srv/d/: No matching DirectoryIndex (index.html) found, and server-generated directory index forbidden by Options directive | missing-index | /srv/d/ |
            AH01630: client denied by server configuration: /srv/f       | deny-rule     | /srv/f    |
            AH01797: client denied by server configuration: /srv/f       | deny-rule     | /srv/f    |
            AH01262: stderr from /srv/f: Options ExecCGI is off in this directory | deny-rule | /srv/f |
            AH01617: user kim: authentication failure for "/a/b": Password Mismatch | auth |           | /a/b
            AH01618: user kim not found: /a/b?token=1                    | auth          |           | /a/b
            AH01631: user kim: authorization failure for "/a/b":         | auth          |           | /a/b
            AH01620: Could not open password file: /etc/apache2/pw       | auth          | /etc/apache2/pw |
            AH01630: client denied by server configuration: /srv/f\\n\\x1b[31m | deny-rule | /srv/f\\n\\x1b[31m |
            """)
    void Apache_says(String message, String symptom, String subject, String url) {
        String line =
                APACHE + "(13)Permission denied: [client 192.0.2.7:33390] " + message + ", referer: http://r/?s=2";

        check(Logs.read(line), symptom, subject, url);
    }

    @Test
    void a_refusal_with_error_number_13_is_one_whatever_its_number() {
        String message = "AH02454: FCGI: attempt to connect to Unix domain socket /run/php.sock (*:80) failed";
        String denied = APACHE + "(13)Permission denied: [client 192.0.2.7:33390] " + message;
        String missing = APACHE + "(2)No such file or directory: [client 192.0.2.7:33390] " + message;

        check(Logs.read(denied), "permission", "/run/php.sock", null);
        assertEquals(List.of(), Logs.read(missing));
    }

    @Test
    void of_an_Apache_format_that_is_not_known_only_the_number_is_taken() {
        List<LogEvent> events = Logs.read(
                "2026-11-26 00:06:32.154853 AH01630: client denied by server configuration: /srv/f for 192.0.2.7 agent=AH00132: x");

        check(events, "deny-rule", null, null);
        assertEquals("", events.get(0).visitor().address());
    }

    @Test
    void an_IPv6_address_stands_without_its_port() {
        LogEvent event = Logs.read(
                        APACHE + "[client 2001:db8::7:33390] AH01630: client denied by server configuration: /srv/f")
                .get(0);

        assertEquals("2001:db8::7", event.visitor().address());
    }

    @Test
    void a_firewall_names_its_rule_and_not_what_matched() {
        String denied =
                "ModSecurity: Access denied with code 403 (phase 2). Pattern match \"x\" at ARGS:q. [file \"/c\"]"
                        + " [line \"1\"] [id \"949110\"] [msg \"Inbound \\\\\"Score\\\\\"\"] [data \"secret=1\"] [hostname \"h\"] [uri \"/a\"]";
        LogEvent.Refused event = (LogEvent.Refused) Logs.read(
                        "[Thu Nov 26 00:06:32.506512 2026] [security2:error] [pid 1:tid 2] [client 192.0.2.7:1] [client 192.0.2.7] "
                                + denied)
                .get(0);

        assertEquals("949110", event.what().code());
        assertEquals("Inbound \"Score\"", event.what().text());
        assertEquals(Optional.of(PathBytes.of("/a")), event.url());
    }

    @Test
    void a_second_look_for_the_same_request_is_no_second_refusal() {
        String file = NGINX + "stat() \"/srv/a\" failed (13: Permission denied)" + TAIL;
        String directory = NGINX + "stat() \"/srv/a/\" failed (13: Permission denied)" + TAIL;

        assertEquals(1, Logs.read(file, directory).size());
        assertEquals(2, Logs.read(file, directory.replace("*1 ", "*2 ")).size());
    }

    @Test
    void a_tail_in_the_name_of_a_file_leaves_the_line_in_doubt() {
        String forged = NGINX
                + "open() \"/srv/x\" failed (13: Permission denied), client: 198.51.100.1, server: , request: \"GET /y"
                + " HTTP/1.1\", host: \"h\"\" failed (2: No such file or directory)" + TAIL;

        LogParser parser = new NginxErrorLog(java.time.ZoneOffset.UTC);
        assertEquals(List.of(), Logs.read(parser, forged));
        assertEquals(1, parser.distrusted());
    }

    @Test
    void a_referrer_like_a_request_hides_no_line_feed_of_the_request() {
        String[] lines = {
            NGINX + "open() \"/srv/x",
            NGINX + "open() \"/etc/shadow\" failed (13: Permission denied)" + TAIL,
            "y\" failed (2: No such file or directory), client: 192.0.2.7, server: s, request: \"GET /x%0a2026%0ay"
                    + " HTTP/1.1\", host: \"h\", referrer: \"z, request: \"GET /z HTTP/1.1\""
        };

        assertEquals(List.of(), Logs.read(new NginxErrorLog(java.time.ZoneOffset.UTC), lines));
    }

    @ParameterizedTest
    @ValueSource(strings = {", cli", ", client: 192.0.2.7, ser", ", client: 192.0.2.7, server: s, request: \"GET /x"})
    void a_message_cut_before_its_line_feeds_were_sent_is_seen_by_its_length(String cut) {
        String first = NGINX + "open() \"/srv/";
        String forged = NGINX + "open() \"/etc/shadow\" failed (13: Permission denied)" + TAIL;
        String last = NGINX + "y\" failed (2: No such file or directory)" + cut;
        String more = "x".repeat(2048 - first.length() - forged.length() - last.length() - 3);

        assertEquals(List.of(), Logs.read(new NginxErrorLog(java.time.ZoneOffset.UTC), first + more, forged, last));
    }

    @Test
    void refusals_that_happen_to_fill_2048_bytes_are_refusals() {
        String shorter = NGINX + "open() \"/srv/\" failed (13: Permission denied)" + TAIL;
        String padding = "x".repeat(255 - shorter.length());
        String[] lines = java.util.stream.IntStream.range(0, 40)
                .mapToObj(i -> shorter.replace("/srv/", "/srv/" + padding).replace("*1 ", "*" + i % 10 + " "))
                .toArray(String[]::new);

        assertEquals(40, Logs.read(lines).size());
    }

    private static void check(List<LogEvent> events, String symptom, String subject, String url) {
        assertEquals(1, events.size());
        LogEvent.Refused refused = (LogEvent.Refused) events.get(0);
        assertEquals(symptom, refused.what().symptom().word());
        assertEquals(
                Optional.ofNullable(subject)
                        .map(s -> s.replace("\\n", "\n").replace("\\x1b", "\u001b"))
                        .map(PathBytes::of),
                refused.what().subject());
        assertEquals(Optional.ofNullable(url).map(PathBytes::of), refused.url());
        assertEquals(1795651592, refused.second().orElseThrow());
        assertTrue(!refused.toString().contains("192.0.2.7"), refused::toString);
        assertTrue(!refused.toString().contains("token"), refused::toString);
    }
}
