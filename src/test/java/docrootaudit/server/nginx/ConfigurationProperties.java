package docrootaudit.server.nginx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import docrootaudit.access.PathBytes;
import docrootaudit.server.Answer;
import docrootaudit.server.ConfigSyntaxException;
import docrootaudit.server.Mutants;
import docrootaudit.server.Refusal;
import docrootaudit.server.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever stands in a configuration, it is read or told where it is wrong, and every question has an answer. */
class ConfigurationProperties {
    /** Far more than the slowest takes on a machine that does much else. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final List<String> WORDS = List.of(
            "http",
            "server",
            "location",
            "if",
            "limit_except",
            "map",
            "geo",
            "upstream",
            "include",
            "listen",
            "root",
            "alias",
            "index",
            "try_files",
            "return",
            "rewrite",
            "set",
            "error_page",
            "allow",
            "deny",
            "internal",
            "auth_basic",
            "auth_basic_user_file",
            "satisfy",
            "valid_referers",
            "server_name",
            "disable_symlinks",
            "proxy_pass",
            "fastcgi_split_path_info",
            "fastcgi_param",
            "autoindex",
            "split_clients",
            "break",
            "set_real_ip_from",
            "real_ip_header",
            "x_by_lua_block",
            "/",
            "/a",
            "=",
            "~",
            "~*",
            "^~",
            "@n",
            "$uri",
            "$x",
            "${",
            "$",
            "$1",
            "403",
            "404",
            "=200",
            "all",
            "127.0.0.1",
            "80",
            "*:80",
            "[::]:80",
            "unix:/s",
            "(",
            ")",
            "($x",
            "($x)",
            "~)",
            "-f",
            "!-e",
            "off",
            "on",
            "default",
            "last",
            "permanent",
            "*.x",
            "~^(?<a>.)",
            "(a+)+$",
            "[",
            "\"",
            "'",
            "\\",
            "#",
            "\n",
            ";",
            ";",
            ";",
            "{",
            "{",
            "}",
            "}",
            "http://x",
            "/a/",
            "$args?",
            "10.0.0.0/8",
            "1-2",
            "99999999999",
            "");

    @Property(tries = 3000)
    void words_of_the_language_in_any_order(@ForAll("sentences") String text) {
        check(text);
    }

    @Property(tries = 3000)
    void words_of_the_language_in_a_server(@ForAll("sentences") String text) {
        check("http { server { listen 80; " + text + " } }");
    }

    @Property(tries = 2000)
    void bytes_of_any_kind(@ForAll("noise") String text) {
        check(text);
        check("http { server { listen 80; location / { " + text + " } } }");
    }

    @Property(tries = 1500)
    void a_file_as_people_write_it_with_a_few_mistakes(@ForAll("mutants") String text) {
        assertTimeoutPreemptively(PATIENCE, () -> check(text));
    }

    @Provide
    Arbitrary<String> mutants() throws IOException {
        List<String> files = new ArrayList<>();
        for (Scenario scenario : Scenario.read(
                List.of("servers.txt", "locations.txt", "rewrites.txt", "access.txt", "files.txt", "practice.txt"))) {
            files.add("http {\n" + scenario.configuration("x.test", Path.of("/www"), 80) + "\n}\n");
        }
        return Mutants.of(files);
    }

    @Property(tries = 20_000)
    void a_word_that_is_written_down_is_read_as_the_same_word(@ForAll("words") String word) throws Exception {
        Lexer lexer = new Lexer("a " + Directive.quoted(word) + ";", MapFiles.MAIN);

        assertEquals(List.of("a", word), lexer.next().words());
    }

    @Example
    void a_brace_behind_an_escaped_dollar_is_no_variables() throws Exception {
        a_word_that_is_written_down_is_read_as_the_same_word("\\${r");
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.strings().withChars("ab/$ {}\\\"'#;tnr\n\t~.\u00e9").ofMaxLength(8);
    }

    @Provide
    Arbitrary<String> sentences() {
        return Arbitraries.of(WORDS).list().ofMaxSize(40).map(words -> String.join(" ", words));
    }

    @Provide
    Arbitrary<String> noise() {
        return Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(80);
    }

    private static void check(String text) {
        Nginx nginx;
        try {
            nginx = Nginx.load(MapFiles.of(text), MapFiles.MAIN, PathBytes.of("/usr/share/nginx"));
        } catch (ConfigSyntaxException e) {
            assertNotNull(e.getMessage());
            return;
        }
        nginx.sites();
        nginx.account();
        nginx.notUnderstood();
        for (String line : List.of("GET /a/index.html", "GET /a/", "POST /?a=b", "PUT /%", "GET / | user joe:secret")) {
            Request request = Asked.of(line, "x.test").request(80);
            Answer answer = nginx.answer(request, new DrawnTree("/a/index.html !/a/x"), Set.of());
            for (Refusal refusal : answer.refusals()) {
                nginx.edits(refusal, request);
            }
        }
    }
}
