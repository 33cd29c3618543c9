package docrootaudit.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What several names, links and odd ways to the same place come to. */
class CountsAndNamesIT {
    private Ground ground;

    @BeforeEach
    void make_a_site() throws Exception {
        ground = Ground.make();
    }

    @AfterEach
    void remove_it() throws Exception {
        ground.close();
    }

    @Test
    void links_count_with_the_one_of_several_files_that_they_lead_to() throws Exception {
        ground.bash("mkdir g; touch g/1 g/2 g/3; chmod 600 g/?; ln -s g/1 first; ln -s g/1 again; ln -s g/3 third");

        Json scan = ground.scan("--each");

        assertEquals("3", cause(scan, "/g/1").text("count"));
        assertEquals("1", cause(scan, "/g/2").text("count"));
        assertEquals("2", cause(scan, "/g/3").text("count"));
        long sum = scan.all("causes")
                .mapToLong(c -> Long.parseLong(c.text("count")))
                .sum();
        assertEquals(scan.list("denied").size(), sum);
    }

    private Json cause(Json scan, String path) {
        return scan.all("causes")
                .filter(c -> c.get("blame").text("path").equals(ground.www() + path))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void what_a_pool_has_to_read_is_no_secret_to_it() throws Exception {
        ground.bash("touch wp-config.php; chmod 600 wp-config.php");
        String config = ground.config(
                "user = 33\n[[root]]\npath = \"" + ground.www() + "\"\nhandlers = [{glob = \"*.php\", as = 61001}]\n");

        Json ofPool = Jar.audit()
                .run("explain", ground.www("wp-config.php"), "--config", config, "--format", "json")
                .ended(1)
                .json();
        Json ofServer = Jar.audit()
                .run("explain", ground.www("wp-config.php"), "--config", config, "--as", "33", "--format", "json")
                .ended(1)
                .json();

        assertEquals("false", ofPool.text("intended"));
        assertEquals(1, ofPool.list("fixes").size());
        assertEquals("true", ofServer.text("intended"));
        assertEquals(List.of(), ofServer.list("fixes"));
    }

    @Test
    void a_root_that_goes_back_on_its_way_is_the_one_it_ends_at() throws Exception {
        ground.bash("mkdir sub; touch no; chmod 600 no");
        String plain = ground.scan().list("causes").get(0).text("id");

        Json back = Jar.audit()
                .run("now", ground.www("sub/.."), "--as", "33", "--store", ground.store(), "--format", "json")
                .json();

        assertEquals(plain, back.list("causes").get(0).text("id"));
        assertEquals("known", back.list("causes").get(0).text("state"));
        assertTrue(back.has("previous"));
    }

    @Test
    void a_relative_path_is_judged_from_the_root_directory() throws Exception {
        ground.bash("mkdir -p closed/in; touch closed/in/f; chmod 700 closed");

        Json answer = Jar.audit()
                .after("cd " + ground.www("closed/in") + ";")
                .run("explain", "f", "--as", "33", "--format", "json")
                .ended(1)
                .json();

        assertEquals("f", answer.text("target"));
        assertEquals(ground.www("closed"), answer.get("blame").text("path"));
    }

    @Test
    void of_a_path_that_no_scan_looked_at_nothing_is_said() throws Exception {
        ground.now();

        assertTrue(ground.history("/nowhere").ended(4).text().contains("not seen by any complete scan"));
        assertTrue(ground.history(ground.www("nothing")).ended(0).text().contains("not refused"));
    }

    @Test
    void history_is_no_table() throws Exception {
        ground.now();

        assertTrue(ground.history("--format", "csv").ended(2).sentence().contains("choose text, json or jsonl"));
    }
}
