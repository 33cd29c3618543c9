package docrootaudit.server.apache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.PathBytes;
import docrootaudit.server.Address;
import docrootaudit.server.Answer;
import docrootaudit.server.Edit;
import docrootaudit.server.Reason;
import docrootaudit.server.Refusal;
import docrootaudit.server.Request;
import docrootaudit.server.Site;
import docrootaudit.server.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApacheTest {
    private static final String BASE = """
            LoadModule authz_core_module x
            LoadModule authz_host_module x
            LoadModule alias_module x
            LoadModule dir_module x
            LoadModule rewrite_module x
            User web
            Group webs
            Listen 80
            <Directory />
            Require all denied
            </Directory>
            """;

    private final MapTree tree = new MapTree().with("/www/a/x.html", "x").with("/www/.env", "x");

    private static Apache load(String text) throws Exception {
        return Apache.load(
                new MapFiles().with("/etc/apache2/conf", BASE + text),
                PathBytes.of("/etc/apache2/conf"),
                PathBytes.of("/etc/apache2"),
                Set.of(),
                Map.of());
    }

    private static Request request(String target) {
        return new Request(
                Request.Scheme.HTTP,
                Address.parse("127.0.0.1"),
                80,
                Address.parse("192.0.2.7").orElseThrow(),
                "GET",
                target,
                Optional.of("example.org"),
                List.of(),
                new Request.Visitor.Anonymous());
    }

    private static int status(Answer answer) {
        return ((Answer.Outcome.Status) answer.outcome()).code();
    }

    private static Source line(int number) {
        return new Source(PathBytes.of("/etc/apache2/conf"), number);
    }

    private static final String TWO_REFUSALS = """
            DocumentRoot /www
            <Directory /www>
            Options FollowSymLinks
            Require ip 198.51.100.0/24
            RewriteEngine On
            RewriteRule ^a/x - [F]
            </Directory>
            """;

    @Test
    void a_line_that_is_lifted_shows_what_would_refuse_next() throws Exception {
        Apache apache = load(TWO_REFUSALS);

        Refusal first =
                apache.answer(request("/a/x.html"), tree, Set.of()).refusals().get(0);
        Refusal second = apache.answer(request("/a/x.html"), tree, Set.of(line(15)))
                .refusals()
                .get(0);
        Answer last = apache.answer(request("/a/x.html"), tree, Set.of(line(15), line(17)));

        assertEquals(new Refusal.Blame.Line(line(15)), first.blame());
        assertEquals(Reason.IP, first.reason());
        assertEquals(new Refusal.Blame.Line(line(17)), second.blame());
        assertEquals(Reason.REWRITE, second.reason());
        assertEquals(200, status(last));
    }

    @Test
    void the_narrowest_edit_lets_just_the_visitor_in() throws Exception {
        Apache apache = load(TWO_REFUSALS);
        Refusal refusal =
                apache.answer(request("/a/x.html"), tree, Set.of()).refusals().get(0);

        Edit narrowest = apache.edits(refusal, request("/a/x.html")).get(0);

        assertEquals(new Edit(line(15), Edit.Kind.REPLACE, "Require ip 198.51.100.0/24 192.0.2.7", ""), narrowest);
    }

    @Test
    void what_holds_where_nothing_may_is_to_blame() throws Exception {
        Apache apache = load("""
                DocumentRoot /www
                <Directory /www>
                <RequireAll>
                Require all granted
                <RequireNone>
                Require ip 203.0.113.0/24
                Require ip 192.0.2.0/24
                </RequireNone>
                </RequireAll>
                </Directory>
                """);

        Answer answer = apache.answer(request("/a/x.html"), tree, Set.of());

        assertEquals(new Refusal.Blame.Line(line(18)), answer.refusals().get(0).blame());
        assertEquals(200, status(apache.answer(request("/a/x.html"), tree, Set.of(line(18)))));
    }

    @Test
    void options_of_the_whole_file_system_are_changed_for_the_site_alone() throws Exception {
        Apache apache = load("""
                <Directory "/">
                Options None
                </Directory>
                DocumentRoot /www
                <Directory /www>
                Require all granted
                </Directory>
                """);
        Refusal refusal = new Refusal(
                Reason.SYMLINK,
                new Refusal.Blame.Line(line(13)),
                "Options None",
                403,
                Optional.of(PathBytes.of("/www/a/link")),
                Refusal.Meaning.ACCIDENT);

        Edit narrowest = apache.edits(refusal, request("/a/link")).get(0);

        assertEquals("<Directory \"/www\">\n    Options +SymLinksIfOwnerMatch\n</Directory>", narrowest.text());
    }

    @Test
    void every_edit_lifts_what_it_is_for() throws Exception {
        for (String rule : List.of(
                "Require ip 10.0.0.0/8",
                "Require local",
                "Require all denied",
                "<RequireAll>\nRequire all granted\n<RequireNone>\nRequire ip 192.0.2.7\n</RequireNone>\n</RequireAll>",
                "Require ip 10.0.0.0/8 \\\n 198.51.100.0/24",
                "Require all granted\nRewriteEngine On\nRewriteRule a - [F]")) {
            String text = "DocumentRoot /www\n<Directory /www>\nOptions FollowSymLinks\n" + rule + "\n</Directory>\n";
            Apache apache = load(text);
            Refusal refusal = apache.answer(request("/a/x.html"), tree, Set.of())
                    .refusals()
                    .get(0);
            for (Edit edit : apache.edits(refusal, request("/a/x.html"))) {
                assertEquals(
                        200,
                        status(load(apply(BASE + text, edit).substring(BASE.length()))
                                .answer(request("/a/x.html"), tree, Set.of())),
                        rule + " " + edit);
            }
        }
    }

    private static String apply(String text, Edit edit) {
        String[] lines = text.split("\n", -1);
        int at = edit.at().line() - 1;
        lines[at] = switch (edit.kind()) {
            case REPLACE -> edit.text();
            case INSERT_BEFORE -> edit.text() + "\n" + lines[at];
            case INSERT_AFTER -> lines[at] + "\n" + edit.text();
        };
        return String.join("\n", lines);
    }

    @Test
    void a_dot_file_is_refused_on_purpose() throws Exception {
        Apache apache = load("""
                DocumentRoot /www
                <Directory /www>
                Require all granted
                </Directory>
                <FilesMatch "^\\.">
                Require all denied
                </FilesMatch>
                """);

        Refusal refusal =
                apache.answer(request("/.env"), tree, Set.of()).refusals().get(0);

        assertEquals(Refusal.Meaning.ON_PURPOSE, refusal.meant());
    }

    @Test
    void of_a_tenants_file_only_names_of_directives_are_shown() throws Exception {
        Apache apache = load("""
                DocumentRoot /www
                <Directory /www>
                AllowOverride All
                Require all granted
                </Directory>
                """);
        MapTree secret = new MapTree()
                .with("/www/x.html", "x")
                .with("/www/.htaccess", "Require expr \"%{QUERY_STRING} == 'hunter2'\"\n");

        Answer answer = apache.answer(request("/x.html"), secret, Set.of());

        assertEquals("Require", answer.refusals().get(0).rule());
        assertFalse(answer.toString().contains("hunter2"), answer::toString);
    }

    @Test
    void a_directive_of_a_module_nobody_knows_makes_the_answer_uncertain() throws Exception {
        Apache apache = load("""
                LoadModule guard_module x
                DocumentRoot /www
                <Directory /www>
                Require all granted
                GuardAgainst evil
                </Directory>
                """);

        Answer answer = apache.answer(request("/a/x.html"), tree, Set.of());

        assertEquals(List.of("/etc/apache2/conf:16: GuardAgainst is not understood"), texts(answer.doubts()));
        assertTrue(texts(apache.notUnderstood()).contains("/etc/apache2/conf:16: GuardAgainst is not known"));
    }

    private static List<String> texts(List<Answer.Doubt> doubts) {
        return doubts.stream().map(Answer.Doubt::toString).toList();
    }

    @Test
    void sites_say_what_is_served_from_where() throws Exception {
        Apache apache = load("""

                                <VirtualHost *:80>
                                ServerName example.org
                                ServerAlias www.example.org
                                DocumentRoot /www
                                Alias /files /store
                                SuexecUserGroup ann anns
                                <Directory /www>
                                Options Indexes SymLinksIfOwnerMatch
                                DirectoryIndex index.php
                                </Directory>
                                </VirtualHost>

                """);

        Site site = apache.sites().get(0);

        assertEquals(List.of("example.org", "www.example.org"), site.names());
        assertEquals(List.of(new Site.Listen(Optional.empty(), 80, Request.Scheme.HTTP)), site.listens());
        assertEquals("ann", site.account().orElseThrow().user());
        assertEquals("web", apache.account().orElseThrow().user());
        Site.Root root = site.roots().get(0);
        assertEquals(PathBytes.of("/www"), root.directory());
        assertEquals(List.of("index.php"), root.index());
        assertEquals(Site.Listing.ON, root.listing());
        assertEquals("SymLinksIfOwnerMatch", root.links());
        assertEquals(PathBytes.of("/store"), site.roots().get(1).directory());
    }

    @Test
    void a_server_is_chosen_by_address_before_name() throws Exception {
        Apache apache = load("""

                                <VirtualHost 127.0.0.1:80>
                                ServerName other.org
                                DocumentRoot /none
                                </VirtualHost>
                                <VirtualHost *:80>
                                ServerName example.org
                                DocumentRoot /www
                                </VirtualHost>
                                <Directory /www>
                                Require all granted
                                </Directory>

                """);

        assertEquals(403, status(apache.answer(request("/a/x.html"), tree, Set.of())));
    }

    @Test
    void what_a_rule_cannot_see_is_told_though_the_visitor_gets_a_page() throws Exception {
        Apache apache = load("""
                DocumentRoot /www
                RewriteEngine On
                RewriteCond %{DOCUMENT_ROOT}%{REQUEST_URI} !-f
                RewriteRule . /a/x.html
                <Directory /www>
                Require all granted
                </Directory>
                """);
        MapTree closed = new MapTree().with("/www/a/x.html", "x").closed("/www/shut/");

        Answer answer = apache.answer(request("/shut/real.html"), closed, Set.of());

        assertEquals(200, status(answer));
        assertEquals(Reason.PERMISSION, answer.refusals().get(0).reason());
    }
}
