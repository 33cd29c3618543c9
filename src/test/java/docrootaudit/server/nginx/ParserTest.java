package docrootaudit.server.nginx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.PathBytes;
import docrootaudit.server.ConfigSyntaxException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParserTest {
    private static List<String> read(MapFiles files) throws ConfigSyntaxException {
        return Parser.parse(files, MapFiles.MAIN).directives().stream()
                .map(Directive::text)
                .toList();
    }

    private static String fault(MapFiles files) {
        return assertThrows(ConfigSyntaxException.class, () -> read(files)).getMessage();
    }

    @Test
    void an_include_stands_for_what_the_file_holds() throws Exception {
        var files = MapFiles.of("a; include sub/one.conf; d;").with("/etc/nginx/sub/one.conf", "b;\nc;\n");

        assertEquals(List.of("a", "b", "c", "d"), read(files));
    }

    @Test
    void a_pattern_names_files_in_the_order_of_their_bytes_and_none_that_is_hidden() throws Exception {
        var files = MapFiles.of("include conf.d/*.conf;")
                .with("/etc/nginx/conf.d/b.conf", "b;")
                .with("/etc/nginx/conf.d/B.conf", "B;")
                .with("/etc/nginx/conf.d/a.conf", "a;")
                .with("/etc/nginx/conf.d/a-1.conf", "a-1;")
                .with("/etc/nginx/conf.d/.hidden.conf", "hidden;")
                .with("/etc/nginx/conf.d/c.txt", "c;");

        assertEquals(List.of("B", "a-1", "a", "b"), read(files));
    }

    @Test
    void a_pattern_may_stand_for_directories_too() throws Exception {
        var files = MapFiles.of("include /srv/*/nginx/[a-b].con?;")
                .with("/srv/x/nginx/a.conf", "xa;")
                .with("/srv/y/nginx/b.conf", "yb;")
                .with("/srv/y/nginx/c.conf", "yc;");

        assertEquals(List.of("xa", "yb"), read(files));
    }

    @Test
    void a_pattern_that_names_nothing_is_fine_and_a_file_that_is_not_there_is_not() throws Exception {
        assertEquals(List.of("a"), read(MapFiles.of("include none/*.conf; a;")));
        assertEquals(
                "/etc/nginx/nginx.conf:2: there is no file /etc/nginx/none.conf",
                fault(MapFiles.of("a;\ninclude none.conf;")));
    }

    @Test
    void a_file_that_includes_itself_ends() {
        assertTrue(fault(MapFiles.of("a; include nginx.conf;")).contains("includes itself"));
        assertTrue(fault(MapFiles.of("include a;")
                        .with("/etc/nginx/a", "include b;")
                        .with("/etc/nginx/b", "include a;"))
                .contains("includes itself"));
    }

    @Test
    void includes_that_double_at_every_step_end() {
        var files = MapFiles.of("include 0;");
        for (int i = 0; i < 60; i++) {
            files.with("/etc/nginx/" + i, "include " + (i + 1) + "; include " + (i + 1) + ";");
        }
        files.with("/etc/nginx/60", "a;");

        String fault = assertTimeoutPreemptively(Duration.ofSeconds(30), () -> fault(files));

        assertTrue(fault.contains("lead to more than"), fault);
    }

    @Test
    void braces_close_in_the_file_that_opened_them() {
        assertEquals(
                "/etc/nginx/a:1: unexpected \"}\"",
                fault(MapFiles.of("http { include a;").with("/etc/nginx/a", "}")));
        assertEquals(
                "/etc/nginx/a:2: unexpected end of file, expecting \"}\"",
                fault(MapFiles.of("include a; }").with("/etc/nginx/a", "http {\n")));
    }

    @Test
    void blocks_that_never_end_are_no_stack_overflow() {
        assertTrue(fault(MapFiles.of("a {".repeat(100_000))).contains("nested more than"));
    }

    @Test
    void a_hundred_thousand_lines_are_read() {
        var text = new StringBuilder("http {\n");
        for (int i = 0; i < 25_000; i++) {
            text.append("server {\nlisten 80;\nserver_name a").append(i).append(";\n}\n");
        }
        text.append("}\n");

        var servers = assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> MapFiles.of(text.toString()).nginx().sites());

        assertEquals(25_000, servers.size());
    }

    @Test
    void a_directive_is_written_as_one_would_write_it() throws Exception {
        String text = "location ~ \"^/a b{2}\\.php$\" \"\" ${x} '#' a;";

        var once = read(MapFiles.of(text));

        assertEquals(once, read(MapFiles.of(once.get(0) + ";")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "location /a { } location /a { }",
                "location ^~ /a { } location /a { }",
                "location = /a { } location = /a { }",
                "location / { location /b { } location /b { } }"
            })
    void a_location_that_stands_twice_is_refused_as_nginx_refuses_it(String server) {
        String text = "http { server { listen 80; " + server + " } }";

        assertThrows(
                ConfigSyntaxException.class,
                () -> Nginx.load(
                        MapFiles.of(text), PathBytes.of("/etc/nginx/nginx.conf"), PathBytes.of("/usr/share/nginx")));
    }

    @Test
    void one_name_may_be_that_of_an_exact_and_of_a_prefix_location() {
        assertEquals(
                1,
                MapFiles.of("http { server { listen 80; location = /a { } location /a { } location ~ a { }"
                                + " location ~ a { } location @a { } } }")
                        .nginx()
                        .sites()
                        .size());
    }

    @Test
    void a_dump_is_taken_apart_into_its_files() throws Exception {
        var dump = new NginxDump("""
                nginx: the configuration file /etc/nginx/nginx.conf syntax is ok
                # configuration file /etc/nginx/nginx.conf:
                a;
                include conf.d/*.conf;

                # configuration file /etc/nginx/conf.d/x.conf:
                b;
                # configuration file that is none
                """);

        var directives = Parser.parse(dump, dump.first().orElseThrow()).directives();

        assertEquals(
                PathBytes.of("/etc/nginx/conf.d/x.conf"),
                directives.get(1).source().file());
        assertEquals(1, directives.get(1).source().line());
    }
}
