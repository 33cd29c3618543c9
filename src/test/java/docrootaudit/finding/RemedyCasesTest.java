package docrootaudit.finding;

import static docrootaudit.finding.DrawnTree.tree;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.access.PathCheck;
import docrootaudit.access.Principal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Situations met on real web hosts, each with the command that mends it best. */
class RemedyCasesTest {
    private static final List<String> NEVER = List.of(
            "chmod 777", "chmod -R", "chmod o+w", "chmod g+w", "chmod 755", "chmod 644", "chmod -h", "chown -R");

    /** A tree, what is asked of it, what mends it, and what must not be offered. */
    record Case(String title, DrawnTree tree, String path, Need need, String fix, List<String> never) {
        @Override
        public String toString() {
            return title;
        }
    }

    static Stream<Case> cases() {
        DrawnTree deep = tree();
        StringBuilder path = new StringBuilder();
        String closed = "";
        for (int i = 1; i <= 60; i++) {
            path.append("/d").append(i);
            deep.has(path.toString(), i == 37 ? "d 0700 0:0" : "d 0755 0:0");
            closed = i == 37 ? path.toString() : closed;
        }
        deep.has(path + "/leaf", "f 0644 0:0");
        return Stream.of(
                read(
                        "default ACL is not access",
                        "setfacl -m u:www-data:x /site/media",
                        tree().has("/site", "d 0755 0:0")
                                .has("/site/media", "d 0700 0:0 default:user:33:r-x")
                                .has("/site/media/t", "f 0644 0:0"),
                        "/site/media/t"),
                read(
                        "default ACL, empty mask",
                        "setfacl -m m::r /t",
                        tree().has("/t", "f 0600 0:0 user:33:r-x"),
                        "/t",
                        "setfacl -d",
                        "chmod o+r"),
                read(
                        "named user denies",
                        "setfacl -n -x u:www-data /t",
                        tree().has("/t", "f 0644 0:0 user:33:--- group::r--"),
                        "/t",
                        "chmod o+r"),
                read(
                        "mask after chmod 600",
                        "setfacl -m m::r /t",
                        tree().has("/t", "f 0600 0:0 user:33:r-- group::r--"),
                        "/t",
                        "chmod o+r"),
                read(
                        "parent's mask after chmod 700",
                        "setfacl -m m::x /web",
                        tree().has("/web", "d 0700 0:0 user:33:r-x group::r-x").has("/web/t", "f 0644 0:0"),
                        "/web/t"),
                read(
                        "bind mount",
                        "setfacl -m u:www-data:x /media",
                        tree().has("/media", "d 0700 0:0").has("/media/t", "f 0644 0:0"),
                        "/media/t"),
                read("closed at depth 37", "setfacl -m u:www-data:x " + closed, deep, path + "/leaf"),
                read(
                        "read without search",
                        "setfacl -m u:www-data:rx /css",
                        tree().has("/css", "d 0744 0:0").has("/css/t", "f 0644 0:0"),
                        "/css/t"),
                read("closed FIFO", "setfacl -m u:www-data:r /p", tree().has("/p", "p 0600 0:0"), "/p"),
                read(
                        "foreign uid",
                        "setfacl -m u:www-data:x /v/html"
                                + " && setpriv --reuid 61234 --regid 61234 --clear-groups"
                                + " setfacl -m u:www-data:r /v/html/t",
                        tree().has("/v", "d 0755 0:0")
                                .has("/v/html", "d 0750 61234:61234")
                                .has("/v/html/t", "f 0640 61234:61234"),
                        "/v/html/t",
                        "usermod",
                        "chown"),
                read(
                        "group class shadows other",
                        "chmod g+r /logo",
                        tree().has("/logo", "f 0604 0:33"),
                        "/logo",
                        "chmod o+r"),
                read(
                        "home 0750",
                        "setfacl -m u:www-data:x /home/alice",
                        tree().has("/home", "d 0755 0:0")
                                .has("/home/alice", "d 0750 61001:61001")
                                .has("/home/alice/www", "d 0755 61001:61001")
                                .has("/home/alice/www/t", "f 0644 61001:61001"),
                        "/home/alice/www/t",
                        "usermod"),
                read("file 0640", "setfacl -m u:www-data:r /t", tree().has("/t", "f 0640 0:0"), "/t", "chmod o"),
                read("file 0600", "setfacl -m u:www-data:r /t", tree().has("/t", "f 0600 0:0"), "/t", "chmod o"),
                read(
                        "name with newline",
                        "setfacl -m u:www-data:r $'/it\\'s a\\nbreak'",
                        tree().has("/it's a\nbreak", "f 0600 0:0"),
                        "/it's a\nbreak"),
                read(
                        "protected link",
                        "ln -sfT -- ../pub/x /drop/theirs",
                        tree().has("/pub", "d 0755 0:0")
                                .has("/pub/x", "f 0644 0:0")
                                .has("/drop", "d 1777 0:0")
                                .link("/drop/theirs", "61044:61044", "../pub/x"),
                        "/drop/theirs"),
                read(
                        "link into closed directory",
                        "setfacl -m u:www-data:x /vault",
                        tree().has("/site", "d 0755 0:0")
                                .link("/site/dl", "0:0", "../vault/files")
                                .has("/vault", "d 0700 0:0")
                                .has("/vault/files", "d 0755 0:0")
                                .has("/vault/files/t", "f 0644 0:0"),
                        "/site/dl/t",
                        "/site/dl"),
                read("owner's own bits", "chmod u+r /owned", tree().has("/owned", "f 0044 33:33"), "/owned"),
                new Case(
                        "listing",
                        tree().has("/pool", "d 0711 0:0"),
                        "/pool",
                        Need.LIST,
                        "setfacl -m u:www-data:rx /pool",
                        List.of("chmod o")),
                new Case(
                        "script",
                        tree().has("/cgi", "f 0644 0:0"),
                        "/cgi",
                        Need.EXECUTE,
                        "setfacl -m u:www-data:rx /cgi",
                        List.of("chmod o")),
                new Case(
                        "socket of an upstream",
                        tree().has("/run", "d 0755 0:0").has("/run/app", "s 0600 0:0"),
                        "/run/app",
                        Need.WRITE,
                        "setfacl -m u:www-data:w /run/app",
                        List.of("chmod o", "usermod")));
    }

    private static Case read(String title, String fix, DrawnTree tree, String path, String... never) {
        return new Case(title, tree, path, Need.READ, fix, List.of(never));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void the_least_fix_comes_first(Case one) {
        assertEquals(one.fix(), remedies(one).fixes().get(0).command());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void nothing_dangerous_or_useless_is_offered(Case one) {
        for (Remedy fix : remedies(one).fixes()) {
            Stream.concat(NEVER.stream(), one.never().stream())
                    .forEach(never -> assertFalse(fix.command().contains(never), fix::command));
        }
    }

    @Test
    void a_link_in_a_circle_is_answered_in_words() {
        DrawnTree tree = tree().link("/a", "0:0", "b").link("/b", "0:0", "a");

        Remedies remedies = Host.remedies(tree, "/a", Need.READ);

        assertTrue(remedies.fixes().isEmpty());
        assertTrue(remedies.advice().orElseThrow().startsWith("Links lead in a circle"));
    }

    @Test
    void a_granted_path_needs_nothing() {
        assertEquals(Remedies.NONE, Host.remedies(tree().has("/t", "f 0644 0:0"), "/t", Need.READ));
    }

    @Test
    void another_account_and_a_bare_uid_are_named_as_they_are() {
        DrawnTree tree = tree().has("/site", "d 0750 0:33").has("/site/t", "f 0640 0:33");
        String nobody = "setfacl -m u:nobody:x /site && setfacl -m u:nobody:r /site/t";

        assertEquals(List.of(nobody), commands(tree, Principal.of(65534, 65534)));
        assertEquals(List.of(nobody.replace("nobody", "4000000001")), commands(tree, Principal.of(-294967295, 7)));
    }

    private static List<String> commands(DrawnTree tree, Principal who) {
        PathCheck check = new PathCheck(who, true);
        Optional<String> user = Host.NAMES.user(who.uid());
        RemedySearch search = new RemedySearch(check, user, Host.ACCOUNTS, Host.NAMES, ShellQuote.ASCII);
        return search.forPath(check.judge(tree.trace("/site/t"), Need.READ)).fixes().stream()
                .map(Remedy::command)
                .toList();
    }

    @Test
    void an_account_loses_nothing_where_its_process_has_fewer_groups() {
        DrawnTree tree = tree().has("/site", "d 0750 0:33").has("/site/f", "f 0644 0:0");
        Principal nogroup = Principal.of(33, 65534);
        RemedySearch search = Host.search(nogroup);

        Remedies remedies = search.forPath(search.check().judge(tree.trace("/site/f"), Need.READ));

        assertEquals("setfacl -m u:www-data:rx /site", remedies.fixes().get(0).command());
    }

    @Test
    void one_step_alone_can_be_mended_while_others_refuse_still() {
        DrawnTree tree = tree().has("/closed", "d 0750 0:0").has("/closed/x", "f 0600 0:0");
        var verdict = Host.verdict(tree, "/closed/x", Need.READ);

        Remedies remedies =
                Host.search(Host.WWW_DATA).forStep(verdict, verdict.refusals().get(0));

        assertEquals(
                List.of(new Remedy(
                        "setfacl -m u:www-data:x /closed",
                        "what lies below it becomes reachable where its own permissions allow it",
                        1)),
                remedies.fixes());
        assertEquals(PathBytes.of("/closed/x"), verdict.refusals().get(1).step().path());
    }

    private static Remedies remedies(Case one) {
        return Host.remedies(one.tree(), one.path(), one.need());
    }
}
