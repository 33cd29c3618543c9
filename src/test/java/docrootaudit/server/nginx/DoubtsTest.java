package docrootaudit.server.nginx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.PathBytes;
import docrootaudit.server.Answer;
import docrootaudit.server.Request;
import docrootaudit.server.Site;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where nobody but nginx can tell, that is said, with file and line. */
class DoubtsTest {
    private static Answer answer(Nginx nginx, String line) {
        return nginx.answer(
                Asked.of(line, "x.test").request(80), new DrawnTree("/site/index.html /site/a.txt"), Set.of());
    }

    private static Answer answer(String server) {
        return answer(MapFiles.server(server), "GET /a.txt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auth_request /check; location = /check { proxy_pass http://127.0.0.1:8080; }",
                "set_real_ip_from 127.0.0.1; real_ip_header proxy_protocol;",
                "modsecurity on;",
                "access_by_lua_block { if {} then ngx.exit(403) end }",
                "location / { content_by_lua_block { ngx.say('}') } }",
                "location / { js_content main.hello; }",
                "location / { perl hello::handler; }",
                "some_module_of_ours on;",
                "location / { some_block { x y; } }",
                "if ($geoip_country_code = DE) { return 403; }",
                "if ($time_iso8601 ~ ^2026) { return 403; }",
                "if ($uri ~ (?R)) { return 403; }",
                "location ~ ^/(a+)+\\1\\.(txt|x)$ { set $x (*COMMIT)a; } location ~ (*COMMIT)a { deny all; }",
                "location / { image_filter test; }"
            })
    void what_could_decide_otherwise_makes_an_answer_uncertain(String server) {
        List<Answer.Doubt> doubts = answer(server).doubts();

        assertFalse(doubts.isEmpty());
        assertEquals(4, doubts.get(0).source().orElseThrow().line());
    }

    @Test
    void a_method_that_another_module_takes_makes_its_requests_uncertain() {
        Nginx nginx = MapFiles.server("location / { dav_ext_methods PROPFIND OPTIONS; }");

        assertFalse(answer(nginx, "PROPFIND /a.txt").doubts().isEmpty());
        assertEquals(List.of(), answer(nginx, "MKCOL /a.txt").doubts());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auth_request off;",
                "modsecurity off;",
                "ssl_verify_client on; ssl_reject_handshake on;",
                "limit_req zone=x; limit_conn x 1;",
                "auth_request /check; location = /check { return 204; }",
                "dav_methods PUT; dav_access user:rw;",
                "if ($ssl_client_verify = FAILED) { return 403; }",
                "location /other/ { auth_request /check; }",
                "location / { content_by_lua_block { } location /a { } }",
                "add_header X-Time $time_iso8601;",
                "return 301 https://$ssl_server_name/;",
                "more_set_headers 'Server: x'; brotli on; proxy_buffers 8 4k; ssl_session_cache shared:x:1m;",
                "access_log off; log_by_lua_block { }",
                "location / { auth_request /c; return 403; }"
            })
    void what_cannot_leaves_it_certain(String server) {
        assertEquals(List.of(), answer(server).doubts());
    }

    @Test
    void everything_that_is_not_understood_is_listed() {
        Nginx nginx = MapFiles.server("odd on;\nlocation /x { auth_pam y; }\nlocation ~ (?R) { }");

        assertEquals(
                List.of(
                        "/etc/nginx/nginx.conf:6: the regular expression of location is not understood",
                        "/etc/nginx/nginx.conf:4: the directive odd is not known",
                        "/etc/nginx/nginx.conf:5: PAM decides who may pass (auth_pam)"),
                nginx.notUnderstood().stream().map(Answer.Doubt::toString).toList());
    }

    @Test
    void an_address_that_is_not_known_matters_if_others_listen_elsewhere() {
        Nginx nginx = MapFiles.of("""
                http {
                server { listen 10.0.0.1:80; root /site; }
                server { listen 10.0.0.2:80; return 403; }
                server { listen 81; listen [::]:81; root /site; }
                }
                """).nginx();
        Request known = Asked.of("GET /a.txt | to 10.0.0.2", "x").request(80);
        Request unknown = new Request(
                known.scheme(),
                Optional.empty(),
                80,
                known.from(),
                "GET",
                "/a.txt",
                known.host(),
                List.of(),
                known.visitor());

        assertTrue(nginx.answer(known, new DrawnTree("/site/a.txt"), Set.of())
                .doubts()
                .isEmpty());
        assertFalse(nginx.answer(unknown, new DrawnTree("/site/a.txt"), Set.of())
                .doubts()
                .isEmpty());
    }

    @Test
    void sites_show_what_is_served_from_where() {
        Nginx nginx = MapFiles.of("""
                user web www;
                http {
                index a.html;
                server {
                  listen 8080; listen [::1]:443 ssl; server_name x.test *.x.test;
                  root /srv/x;
                  location /img/ { alias /srv/img/; autoindex on; disable_symlinks if_not_owner; }
                  location /in/ { root /srv/in; auth_basic in; auth_basic_user_file pw; }
                  location ~ \\.php$ { fastcgi_pass unix:/run/php.sock; }
                }
                }
                """).nginx();

        Site site = nginx.sites().get(0);

        assertEquals(List.of("x.test", "*.x.test"), site.names());
        assertEquals(
                List.of("/ /srv/x OFF", "/img/ /srv/img/ ON", "/in/ /srv/in OFF"),
                site.roots().stream()
                        .map(r -> r.prefix() + " " + r.directory() + " " + r.listing())
                        .toList());
        assertEquals(List.of("a.html"), site.roots().get(0).index());
        assertEquals(
                List.of("location ~ \\.php$: fastcgi_pass unix:/run/php.sock"),
                site.roots().get(0).handlers());
        assertEquals("if_not_owner", site.roots().get(1).links());
        assertEquals(List.of(PathBytes.of("/etc/nginx/pw")), site.roots().get(2).passwords());
        assertEquals(Request.Scheme.HTTPS, site.listens().get(1).scheme());
        assertEquals("web", nginx.account().orElseThrow().user());
    }
}
