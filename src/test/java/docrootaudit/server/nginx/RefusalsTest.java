package docrootaudit.server.nginx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.server.Answer;
import docrootaudit.server.Answer.Outcome;
import docrootaudit.server.Edit;
import docrootaudit.server.Reason;
import docrootaudit.server.Refusal;
import docrootaudit.server.Request;
import docrootaudit.server.Source;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What refuses, what is to blame, and what would lift it. */
class RefusalsTest {
    private static final String TREE = "/site/index.html /site/a.txt !/site/shut.txt !/site/closed/ /site/closed/x "
            + "/site/empty/ /site/.env /site/.well-known/t /site/up/x.php ~/site/new.txt";

    private static Request request(String line) {
        return Asked.of(line, "x.test").request(80);
    }

    private static Answer answer(Nginx nginx, String line, Set<Source> lifted) {
        return nginx.answer(request(line), new DrawnTree(TREE), lifted);
    }

    private static String refusal(Nginx nginx, String line) {
        Answer answer = answer(nginx, line, Set.of());
        Refusal refusal = answer.refusals().get(0);
        String blame = refusal.blame() instanceof Refusal.Blame.Line l
                ? Integer.toString(l.source().line())
                : refusal.blame() instanceof Refusal.Blame.File f
                        ? f.need() + " " + f.path()
                        : refusal.blame() instanceof Refusal.Blame.Place p
                                ? p.path().toString()
                                : "request";
        return ((Outcome.Status) answer.outcome()).code() + " " + refusal.reason() + " " + blame + " "
                + refusal.meant();
    }

    @ParameterizedTest(name = "{0} with {1}")
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            /shut.txt           => `` => 403 PERMISSION READ /site/shut.txt ACCIDENT
            /closed/x           => `` => 403 PERMISSION READ /site/closed/x ACCIDENT
            /closed/            => `` => 403 PERMISSION READ /site/closed/index.html ACCIDENT
            /closed/x           => try_files $uri =404; => 404 PERMISSION READ /site/closed/x ACCIDENT
            /closed/x           => try_files $uri /a.txt; => 200 PERMISSION READ /site/closed/x ACCIDENT
            /shut.txt           => error_page 403 /a.txt; => 403 PERMISSION READ /site/shut.txt ACCIDENT
            /shut.txt           => error_page 403 =200 /a.txt; => 200 PERMISSION READ /site/shut.txt ACCIDENT
            /closed/x           => disable_symlinks if_not_owner from=/site; => 403 PERMISSION READ /site/closed/x ACCIDENT
            /none               => disable_symlinks on; => 404 MISSING /site/none ACCIDENT
            /none               => `` => 404 MISSING /site/none ACCIDENT
            /none               => try_files $uri =404; => 404 MISSING /site/none ACCIDENT
            /empty/             => `` => 403 MISSING_INDEX /site/empty/ ACCIDENT
            /empty/             => try_files $uri $uri/ /index.html; => 403 MISSING_INDEX 4 ACCIDENT
            /empty/             => try_files $uri $uri/ =404; => 403 MISSING_INDEX /site/empty/ ACCIDENT
            /a.txt              => deny all; => 403 DENY_RULE 4 ACCIDENT
            /a.txt              => deny 127.0.0.1; => 403 IP 4 ACCIDENT
            /a.txt              => allow 10.0.0.1; deny all; => 403 IP 4 ON_PURPOSE
            /a.txt              => return 403; => 403 DENY_RULE 4 ACCIDENT
            /a.txt              => if ($remote_addr = 127.0.0.1) { return 403; } => 403 IP 4 ACCIDENT
            /a.txt              => location = /a.txt { deny all; } => 403 DENY_RULE 4 ON_PURPOSE
            /.env               => location ~ /\\. { deny all; } => 403 DENY_RULE 4 ON_PURPOSE
            /.env               => location ~ /\\.(?!well-known) { return 404; } => 404 DENY_RULE 4 ON_PURPOSE
            /.well-known/t      => location ~ /\\. { deny all; } => 403 DENY_RULE 4 ACCIDENT
            /x.bak              => location ~* \\.(bak|sql)$ { deny all; } => 403 DENY_RULE 4 ON_PURPOSE
            /x~                 => location ~ ~$ { deny all; } => 403 DENY_RULE 4 ON_PURPOSE
            /up/x.php           => location ~ ^/uploads/.*\\.php$ { deny all; } location /up { deny all; } => 403 DENY_RULE 4 ACCIDENT
            /uploads/x.php      => location ~ ^/uploads/.*\\.php$ { deny all; } => 403 DENY_RULE 4 ON_PURPOSE
            /a.txt              => location /a { internal; } => 404 DENY_RULE 4 ON_PURPOSE
            /a.txt              => auth_basic in; auth_basic_user_file /site/a.txt; => 401 AUTH 4 ON_PURPOSE
            /a.txt | user joe:x => auth_basic in; auth_basic_user_file /site/a.txt; => 401 AUTH 4 ACCIDENT
            /a.txt | user eve  => auth_basic in; auth_basic_user_file /site/a.txt; => 401 AUTH 4 ACCIDENT
            /a.txt | user joe:x => auth_basic in; auth_basic_user_file /site/none; => 403 AUTH 4 ACCIDENT
            /a.txt | user joe:x => auth_basic in; auth_basic_user_file /site/shut.txt; => 500 AUTH READ /site/shut.txt ACCIDENT
            /a.txt              => satisfy any; deny all; auth_basic in; auth_basic_user_file /site/a.txt; => 401 AUTH 4 ON_PURPOSE
            /a.txt              => rewrite ^ /a.txt$uri last; location / { rewrite ^ /x last; } => 500 REWRITE 4 ACCIDENT
            /a.txt              => location / { proxy_pass http://unix:/site/shut.txt:/; } => 502 PERMISSION WRITE /site/shut.txt ACCIDENT
            /a.txt              => location / { proxy_pass http://unix:/run/none:/; } => 502 UPSTREAM /run/none ACCIDENT
            /%                  => `` => 400 DENY_RULE request ON_PURPOSE
            /a.txt              => auth_request /c; location /c { return 403; } => 403 DENY_RULE 4 ACCIDENT
            /a.txt              => auth_request /c; location = /c { return 401; } => 401 AUTH 4 ON_PURPOSE
            /a.txt              => auth_request /shut.txt; => 403 PERMISSION READ /site/shut.txt ACCIDENT
            /a.txt              => auth_request /none; => 500 MISSING /site/none ACCIDENT
            /a.txt              => auth_request /c; location /c { return 302 /; } => 500 AUTH 4 ACCIDENT
            /a.txt              => location / { if ($secure_link = '') { return 403; } } => 403 DENY_RULE 4 ON_PURPOSE
            /a.txt              => location / { if ($cookie_token != x) { return 403; } } => 403 DENY_RULE 4 ON_PURPOSE
            /a.txt | user joe:x => auth_basic in; auth_basic_user_file /site/empty; => 500 AUTH 4 ACCIDENT
            /empty              => try_files $uri =404; => 404 MISSING 4 ACCIDENT
            """)
    void the_one_thing_to_blame_is_named(String target, String server, String expected) {
        assertEquals(expected, refusal(MapFiles.server(server), "GET " + target));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = "=>", textBlock = """
            open_file_cache max=9; open_file_cache_errors on;                             => 403
            open_file_cache max=9; open_file_cache_errors on; open_file_cache_valid 5m;   => 403
            open_file_cache max=9; open_file_cache_errors on; open_file_cache_valid 9;    => 200
            open_file_cache max=9; open_file_cache_errors off;                            => 200
            open_file_cache off; open_file_cache_errors on;                               => 200
            open_file_cache_errors on;                                                    => 200
            """)
    void a_refusal_that_may_be_remembered_is_told_and_not_certain(String server, int status) {
        Nginx nginx = MapFiles.server(server);

        Answer answer = answer(nginx, "GET /new.txt", Set.of());

        assertEquals(new Outcome.Status(status), answer.outcome());
        assertEquals(status == 403, !answer.doubts().isEmpty());
        assertEquals(
                status == 403 ? List.of(Reason.CACHED) : List.of(),
                answer.refusals().stream().map(Refusal::reason).toList());
        assertEquals(
                new Outcome.Status(200), answer(nginx, "GET /a.txt", Set.of()).outcome());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = "=>", textBlock = """
            ssl_verify_client on;                                  => 400 AUTH
            ssl_verify_client on; error_page 496 =403 /a.txt;      => 403 AUTH
            ssl_verify_client optional;                            => 200
            ssl_reject_handshake on;                               => 444 DENY_RULE
            if ($ssl_client_verify != SUCCESS) { return 403; }     => 403 DENY_RULE
            if ($ssl_client_s_dn) { return 403; }                  => 200
            if ($ssl_server_name != x.test) { return 403; }        => 200
            """)
    void a_visitor_without_a_certificate_is_answered_over_TLS(String server, String expected) {
        Request plain = request("GET /a.txt");
        Request encrypted = new Request(
                Request.Scheme.HTTPS,
                plain.to(),
                443,
                plain.from(),
                "GET",
                "/a.txt",
                plain.host(),
                List.of(),
                plain.visitor());
        Nginx nginx = MapFiles.of(
                        "http { server { listen 443 ssl; listen 80; server_name x.test; root /site; " + server + " } }")
                .nginx();

        Answer answer = nginx.answer(encrypted, new DrawnTree(TREE), Set.of());

        String reason = answer.refusals().stream().map(r -> " " + r.reason()).collect(Collectors.joining());
        assertEquals(expected, ((Outcome.Status) answer.outcome()).code() + reason);
        assertEquals(List.of(), answer.doubts());
    }

    @Test
    void what_comes_next_is_learnt_by_lifting_what_refuses() {
        Nginx nginx = MapFiles.server("""
                location / {
                deny all;
                auth_basic in;
                auth_basic_user_file /site/a.txt;
                disable_symlinks on;
                }
                """);
        Set<Source> lifted = new HashSet<>();
        StringBuilder reasons = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            for (Refusal refusal : answer(nginx, "GET /shut.txt", lifted).refusals()) {
                reasons.append(refusal.reason()).append(' ');
                if (refusal.blame() instanceof Refusal.Blame.Line line) {
                    lifted.add(line.source());
                }
            }
        }

        assertTrue(reasons.toString().startsWith("DENY_RULE AUTH PERMISSION PERMISSION"), reasons::toString);
    }

    /** Lays the edits over the configuration, one at a time: the statuses that the request then meets. */
    private static List<String> edited(String server, String line) throws Exception {
        String text = "events { }\nhttp {\nserver { listen 127.0.0.1:80; root /site;\n" + server + "\n}\n}\n";
        Nginx nginx = MapFiles.of(text).nginx();
        Answer answer = answer(nginx, line, Set.of());
        return nginx.edits(answer.refusals().get(0), request(line)).stream()
                .map(e -> {
                    Outcome outcome = answer(MapFiles.of(laidOver(text, e)).nginx(), line, Set.of())
                            .outcome();
                    return ((Outcome.Status) outcome).code() + " " + e.text().strip();
                })
                .toList();
    }

    private static String laidOver(String text, Edit edit) {
        List<String> lines = new java.util.ArrayList<>(text.lines().toList());
        int index = edit.at().line() - 1;
        switch (edit.kind()) {
            case REPLACE -> lines.set(index, edit.text());
            case INSERT_BEFORE -> lines.add(index, edit.text());
            case INSERT_AFTER -> lines.add(index + 1, edit.text());
        }
        return String.join("\n", lines) + "\n";
    }

    @Test
    void an_address_is_let_in_before_the_line_that_keeps_it_out() throws Exception {
        assertEquals(
                List.of("200 allow 127.0.0.9;"),
                edited("location /a {\n  allow 127.0.0.1;\n  deny all;\n}", "GET /a.txt | from 127.0.0.9"));
        assertEquals(
                List.of("200 location /a { allow 127.0.0.1; allow 127.0.0.9; deny all; }"),
                edited("location /a { allow 127.0.0.1; deny all; }", "GET /a.txt | from 127.0.0.9"));
    }

    @Test
    void one_URI_is_exempt_from_a_pattern_that_was_meant_for_others() throws Exception {
        assertEquals(
                List.of(
                        "200 location = /.well-known/t { }",
                        "200 location ^~ /.well-known/ { }",
                        "200 allow 127.0.0.1;"),
                edited("location ~ /\\. {\n  deny all;\n}", "GET /.well-known/t"));
    }

    @Test
    void what_was_written_on_purpose_is_left_alone() throws Exception {
        assertEquals(List.of(), edited("location ~ /\\. {\n  deny all;\n}", "GET /.env"));
        assertEquals(List.of(), edited("location ~ ^/uploads/.*\\.php$ { return 403; }", "GET /uploads/x.php"));
    }

    @Test
    void a_script_is_never_exempt_it_would_be_sent_as_it_is() throws Exception {
        assertEquals(List.of("200 allow 127.0.0.1;"), edited("location /up/ {\ndeny all;\n}", "GET /up/x.php"));
    }

    @Test
    void a_friend_is_added_to_those_who_may_link_here() throws Exception {
        assertEquals(
                "200 valid_referers none shop.test www.shop.test;",
                edited(
                                "location / {\nvalid_referers none shop.test;\nif ($invalid_referer) {\nreturn 403;\n}\n}",
                                "GET /a.txt | header Referer: https://www.shop.test/x")
                        .get(0));
    }

    @Test
    void an_address_gets_a_line_in_the_table_that_refuses_it() {
        String text = """
                http {
                geo $blocked {
                  default 0;
                  10.0.0.0/8 1;
                }
                server { listen 80; root /site; if ($blocked) { return 403; } }
                }
                """;
        Request request = Asked.of("GET /a.txt | from 10.1.2.3", "x.test").request(80);
        Nginx nginx = MapFiles.of(text).nginx();
        Refusal refusal =
                nginx.answer(request, new DrawnTree(TREE), Set.of()).refusals().get(0);

        List<Edit> edits = nginx.edits(refusal, request);

        Nginx mended = MapFiles.of(laidOver(text, edits.get(0))).nginx();
        assertEquals(Reason.IP, refusal.reason());
        assertEquals("10.1.2.3 0;", edits.get(0).text().strip());
        assertEquals(
                new Outcome.Status(200),
                mended.answer(request, new DrawnTree(TREE), Set.of()).outcome());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", textBlock = """
            geo $b { default 0; 10.1.2.3 1; } => 10.1.2.3 0;
            geo $b { default 0; 10.0.0.0/8 1; 10.1.2.3/32 2; } => 10.1.2.3/32 0;
            geo $b { ranges; default 0; 10.0.0.0-10.9.9.9 1; } => 10.0.0.0-10.9.9.9 1; 10.1.2.3-10.1.2.3 0;
            geo $c { default x; 10.0.0.0/8 y; } map $c $b { default 0; y 1; } => 10.1.2.3 x; default x;
            map $remote_addr $b { default 0; 10.1.2.3 1; } => 10.1.2.3 0;
            """)
    void the_entry_that_decides_is_changed_or_gets_a_narrower_one(String table, String expected) {
        String text = "http {\n" + table.replace("; ", ";\n").replace("{ ", "{\n")
                + "\nserver { listen 80; root /site; if ($b) { return 403; } }\n}\n";
        Request request = Asked.of("GET /a.txt | from 10.1.2.3", "x.test").request(80);
        Nginx nginx = MapFiles.of(text).nginx();
        Answer answer = nginx.answer(request, new DrawnTree(TREE), Set.of());

        List<String> mending = nginx.edits(answer.refusals().get(0), request).stream()
                .map(e -> laidOver(text, e))
                .filter(t -> MapFiles.of(t)
                        .nginx()
                        .answer(request, new DrawnTree(TREE), Set.of())
                        .outcome()
                        .equals(new Outcome.Status(200)))
                .toList();

        assertEquals(Reason.IP, answer.refusals().get(0).reason());
        assertTrue(mending.get(0).replace("\n", " ").contains(expected), () -> mending.get(0));
    }

    @Test
    void a_visitor_who_comes_by_a_proxy_is_let_in_by_his_own_address() throws Exception {
        assertEquals(
                "200 allow 192.0.2.7;",
                edited(
                                "set_real_ip_from 127.0.0.1; real_ip_header X-Forwarded-For;\n"
                                        + "location /a {\nallow 10.0.0.1;\ndeny all;\n}",
                                "GET /a.txt | header X-Forwarded-For: 192.0.2.7")
                        .get(0));
    }

    @Test
    void a_server_that_has_the_name_by_a_pattern_is_the_one_that_was_meant() {
        Nginx nginx = MapFiles.of("""
                http {
                server { listen 80; server_name ~^(?<sub>.+)\\.x\\.test$; root /site; if ($sub = a) { return 403; } }
                server { listen 80; server_name other.test; root /site; }
                }
                """).nginx();
        Request request = Asked.of("GET /a.txt", "a.x.test").request(80);
        Answer answer = nginx.answer(request, new DrawnTree(TREE), Set.of());

        assertEquals(new Outcome.Status(403), answer.outcome());
        assertEquals(List.of(), nginx.edits(answer.refusals().get(0), request));
    }

    @Test
    void the_next_challenge_of_a_certificate_passes_too() throws Exception {
        assertEquals(
                "404 location ^~ /.well-known/acme-challenge/ { }",
                edited("location ~ /\\. {\n  deny all;\n}", "GET /.well-known/acme-challenge/t")
                        .get(0));
    }

    @Test
    void the_directory_is_taken_out_of_try_files() throws Exception {
        assertEquals(
                List.of("200 try_files $uri /index.html;"), edited("try_files $uri $uri/ /index.html;", "GET /empty/"));
    }

    @Test
    void the_name_is_given_to_the_server_that_is_most_like_it() {
        Nginx nginx = MapFiles.of("""
                http {
                server { listen 80 default_server; return 403; }
                server { listen 80; server_name other.example; root /site; }
                server { listen 80; server_name shop.test; root /site; }
                }
                """).nginx();
        Request request = Asked.of("GET /", "www.shop.test").request(80);
        Answer answer = nginx.answer(request, new DrawnTree(TREE), Set.of());

        List<Edit> edits = nginx.edits(answer.refusals().get(0), request);

        assertEquals(Reason.DENY_RULE, answer.refusals().get(0).reason());
        assertEquals(
                "server { listen 80; server_name shop.test www.shop.test; root /site; }",
                edits.get(0).text());
    }
}
