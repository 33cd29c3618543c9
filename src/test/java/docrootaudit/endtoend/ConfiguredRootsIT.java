package docrootaudit.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the configuration wants of a root. */
class ConfiguredRootsIT {
    private Ground ground;

    @BeforeEach
    void make_a_place() throws Exception {
        ground = Ground.make();
    }

    @AfterEach
    void remove_it() throws Exception {
        ground.close();
    }

    private Answer now(String toml, String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of("now", "--no-store", "--config", ground.config(toml)));
        all.addAll(Arrays.asList(options));
        return Jar.audit().run(all.toArray(String[]::new)).clean();
    }

    private List<String> refused(String toml, String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of("--each", "-0"));
        all.addAll(Arrays.asList(options));
        return now(toml, all.toArray(String[]::new)).names().stream()
                .map(n -> n.substring(n.indexOf("/www") + 4))
                .sorted()
                .toList();
    }

    @Test
    void roots_below_one_closed_directory_share_a_cause() throws Exception {
        ground.bash("mkdir -p home/a home/b; touch home/a/f home/b/f; chmod 700 home");

        Json scan = now(
                        "user = 33\n[[root]]\npath = \"$WWW/home/a\"\n[[root]]\npath = \"$WWW/home/b\"\n",
                        "--format",
                        "json")
                .ended(1)
                .json();

        Json cause = scan.list("causes").get(0);
        assertEquals(1, scan.list("causes").size());
        assertEquals(ground.www("home"), cause.get("blame").text("path"));
        assertEquals("4", cause.text("count"));
        assertEquals(
                List.of(ground.www("home/a") + " 2", ground.www("home/b") + " 2"),
                cause.all("roots")
                        .map(r -> r.text("root") + " " + r.text("count"))
                        .toList());
    }

    @Test
    void each_root_has_its_own_user() throws Exception {
        ground.bash("mkdir a b; touch a/f b/f; chown 61001 a/f; chown 61002 b/f; chmod 600 a/f b/f");

        List<String> right =
                refused("[[root]]\npath = \"$WWW/a\"\nuser = 61001\n[[root]]\npath = \"$WWW/b\"\nuser = 61002\n");
        List<String> crossed =
                refused("[[root]]\npath = \"$WWW/a\"\nuser = 61002\n[[root]]\npath = \"$WWW/b\"\nuser = 61001\n");

        assertEquals(List.of(), right);
        assertEquals(List.of("/a/f", "/b/f"), crossed);
    }

    @Test
    void a_pool_reads_its_own_scripts() throws Exception {
        ground.bash("touch a.php b.php index.html; chown 61001 a.php b.php; chmod 600 a.php; chmod 0 b.php;"
                + " chmod 600 index.html");

        List<String> refused =
                refused("user = 33\n[[root]]\npath = \"$WWW\"\nhandlers = [{glob = \"*.php\", as = 61001}]\n");

        assertEquals(List.of("/b.php", "/index.html"), refused);
    }

    @Test
    void a_pool_cannot_read_behind_what_is_closed_to_it() throws Exception {
        ground.bash("mkdir inc; touch inc/a.php inc/i.html; chown 33:33 inc; chmod 700 inc");

        Json scan = now(
                        "user = 33\n[[root]]\npath = \"$WWW\"\nhandlers = [{glob = \"*.php\", as = 61001}]\n",
                        "--format",
                        "json")
                .ended(1)
                .json();

        Json cause = scan.list("causes").get(0);
        assertEquals(1, scan.list("causes").size());
        assertEquals("1", cause.text("count"));
        assertEquals("search", cause.text("cause"));
    }

    @Test
    void a_secret_is_listed_but_neither_mended_nor_an_alarm() throws Exception {
        ground.bash("touch .env index.html; chmod 600 .env");

        Json scan = now("user = 33\n[[root]]\npath = \"$WWW\"\n", "--format", "json")
                .ended(0)
                .json();
        Answer text = now("user = 33\n[[root]]\npath = \"$WWW\"\n").ended(0);

        assertEquals("true", scan.list("causes").get(0).text("intended"));
        assertEquals(List.of(), scan.list("causes").get(0).list("fixes"));
        assertFalse(text.text().contains("setfacl"), text::toString);
        assertEquals(List.of("/.env"), refused("user = 33\n[[root]]\npath = \"$WWW\"\n"));
    }

    @Test
    void a_secret_beside_others_is_not_in_their_group() throws Exception {
        ground.bash("touch server.key a b; chmod 600 *");
        String toml = "user = 33\n[[root]]\npath = \"$WWW\"\n";

        Json group = now(toml, "--format", "json")
                .ended(1)
                .json()
                .all("causes")
                .filter(c -> c.text("intended").equals("false"))
                .findFirst()
                .orElseThrow();
        String text = now(toml).ended(1).text();
        String id = text.replaceAll("(?s).*cause ([0-9a-f]{16}).*setfacl.*", "$1");

        assertEquals("1", group.text("count"));
        assertEquals(List.of("/a", "/b"), refused(toml, "--cause", id));
    }

    @Test
    void what_is_private_may_be_configured() throws Exception {
        ground.bash("touch .env plan.txt; chmod 600 .env plan.txt");

        now("user = 33\n[[root]]\npath = \"$WWW\"\nprivate-add = [\"plan.txt\"]\n")
                .ended(0);
        now("user = 33\n[[root]]\npath = \"$WWW\"\nprivate = [\"plan.txt\"]\n").ended(1);
    }

    @Test
    void a_script_has_to_be_executable() throws Exception {
        ground.bash("mkdir cgi-bin; touch cgi-bin/a cgi-bin/b c; chmod 755 cgi-bin/a");

        assertEquals(
                List.of("/cgi-bin/b"), refused("user = 33\n[[root]]\npath = \"$WWW\"\nscripts = [\"cgi-bin/**\"]\n"));
    }

    @Test
    void nothing_on_a_noexec_mount_is_executable() throws Exception {
        ground.bash(
                "mkdir cgi-bin; mount -t tmpfs -o noexec,mode=755 none cgi-bin; touch cgi-bin/a; chmod 755 cgi-bin/a");
        String toml = "user = 33\n[[root]]\npath = \"$WWW\"\nscripts = [\"cgi-bin/**\"]\n";

        Json cause =
                now(toml, "--format", "json").ended(1).json().list("causes").get(0);

        assertEquals("mount", cause.text("cause"));
        assertEquals(List.of(), cause.list("fixes"));
        assertTrue(now(toml).prose().contains("noexec"));
    }

    @Test
    void listed_directories_have_to_be_readable() throws Exception {
        ground.bash("mkdir d; chmod 711 d");

        assertEquals(List.of(), refused("user = 33\n[[root]]\npath = \"$WWW\"\n"));
        assertEquals(List.of("/d"), refused("user = 33\n[[root]]\npath = \"$WWW\"\nlisting = true\n"));
    }

    @Test
    void what_is_excluded_is_not_judged() throws Exception {
        ground.bash("mkdir -p cache/x; touch cache/x/f a.tmp b; chmod 600 cache/x/f a.tmp b");

        assertEquals(
                List.of("/b"), refused("user = 33\n[[root]]\npath = \"$WWW\"\nexclude = [\"cache\", \"*.tmp\"]\n"));
    }

    @Test
    void the_rules_of_a_root_hold_however_it_is_named() throws Exception {
        ground.bash("touch a.tmp; chmod 600 a.tmp");
        String config = ground.config("user = 33\n[[root]]\npath = \"$WWW\"\nexclude = [\"*.tmp\"]\n");

        for (String name :
                List.of(ground.www(), ground.www() + "/", ground.path() + "/./www", ground.path() + "//www")) {
            Jar.audit().run("now", name, "--no-store", "--config", config).ended(0);
        }
        Jar.audit()
                .after("cd " + ground.www() + ";")
                .run("now", ".", "--no-store", "--config", config)
                .ended(0);
        Jar.audit()
                .after("cd " + ground.path() + ";")
                .run("now", "./www", "--no-store", "--config", config)
                .ended(0);
    }

    @Test
    void a_root_that_is_named_twice_is_scanned_once() throws Exception {
        ground.bash("touch f; chmod 600 f");

        assertEquals(
                List.of(ground.www("f")),
                Jar.audit()
                        .run("now", ground.www(), ground.www() + "/", "--as", "33", "--no-store", "--each", "-0")
                        .ended(1)
                        .names());
    }
}
