package docrootaudit.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An auditor who is not root, and cannot look everywhere. */
class NotRootIT {
    private static final Jar KIM = Jar.audit().through("setpriv --reuid 61001 --regid 61001 --clear-groups");

    private Ground ground;

    @BeforeEach
    void make_a_site_with_a_part_that_kim_may_not_list() throws Exception {
        ground = Ground.make();
        ground.bash("mkdir part; touch part/f index.html; chmod 600 index.html; chown 61001 .");
        Shell.bash("install -d -o 61001 -g 61001 -m 700 " + ground.store());
    }

    @AfterEach
    void remove_it() throws Exception {
        ground.close();
    }

    private Answer now(String... options) throws Exception {
        return ground.now(KIM, options);
    }

    @Test
    void an_owner_is_given_commands_that_he_can_run_himself() throws Exception {
        ground.bash("mkdir own; touch own/f; chmod 600 own/f; chown -R 61001:61001 own");

        String fix = now("--format", "json")
                .json()
                .all("causes")
                .filter(c -> c.get("blame").text("path").equals(ground.www("own/f")))
                .map(c -> c.list("fixes").get(0).text("command"))
                .findFirst()
                .orElseThrow();
        ground.bash("setpriv --reuid 61001 --regid 61001 --clear-groups bash -c "
                + Shell.quote(fix.getBytes(java.nio.charset.StandardCharsets.UTF_8)));

        assertEquals("setfacl -m u:33:r " + ground.www("own/f"), fix.replace("u:www-data:", "u:33:"));
        assertEquals(
                0,
                now("--format", "json")
                        .json()
                        .all("causes")
                        .filter(c -> c.get("blame").text("path").equals(ground.www("own/f")))
                        .count());
    }

    @Test
    void what_cannot_be_listed_is_unvisited() throws Exception {
        ground.bash("chmod 711 part");

        Json scan = now("--format", "json").ended(4).json();

        assertEquals(
                List.of(ground.www("part")),
                scan.all("unvisited").map(u -> u.text("path")).toList());
        assertEquals("false", scan.text("complete"));
    }

    @Test
    void and_has_not_recovered() throws Exception {
        ground.bash("chmod 600 part/f");
        now().ended(1);
        ground.bash("chmod 711 part");

        Json hidden = now("--format", "json").ended(4).json();
        ground.bash("chmod 755 part");
        Json again = now("--format", "json", "--only-new").ended(1).json();

        assertEquals(List.of(), hidden.list("recovered"));
        assertEquals(List.of(), again.list("causes"));
    }

    @Test
    void a_closed_directory_is_judged_all_the_same() throws Exception {
        ground.bash("chmod 700 part");

        Json scan = now("--format", "json").ended(4).json();

        assertTrue(
                scan.all("causes").anyMatch(c -> c.get("blame").text("path").equals(ground.www("part"))),
                scan::toString);
    }

    @Test
    void explain_needs_no_rights_of_its_own() throws Exception {
        KIM.run("explain", ground.www("index.html"), "--as", "33").ended(1);
        KIM.run("explain", ground.www("part/f"), "--as", "33").ended(0);
    }

    @Test
    void explain_says_where_it_cannot_look() throws Exception {
        ground.bash("chown 33:33 part; chmod 700 part");

        Answer answer = KIM.run("explain", ground.www("part/f"), "--as", "33").ended(4);

        assertTrue(answer.prose().contains(ground.www("part")), answer::toString);
    }

    @Test
    void the_history_of_another_is_out_of_reach() throws Exception {
        Shell.bash("chown 0:0 " + ground.store());

        Json scan = now("--format", "json").ended(4).json();

        assertEquals(1, scan.list("failures").size());
        assertEquals(1, scan.list("causes").size());
    }

    @Test
    void the_default_place_of_the_history_is_the_user_s() throws Exception {
        KIM.after("export XDG_STATE_HOME=" + ground.store() + ";")
                .run("now", ground.www(), "--as", "33")
                .ended(1);

        assertEquals("700", Shell.bash("stat -c %a " + ground.store() + "/docroot-audit"));
    }
}
