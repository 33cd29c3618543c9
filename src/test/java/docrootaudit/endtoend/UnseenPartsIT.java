package docrootaudit.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a scan does not look at is not taken for mended. */
class UnseenPartsIT {
    private Ground ground;

    @BeforeEach
    void make_a_site_with_a_refused_file_in_a_part() throws Exception {
        ground = Ground.make();
        ground.bash("mkdir part; echo x | tee part/f index.html >/dev/null; chmod 600 part/f");
    }

    @AfterEach
    void remove_it() throws Exception {
        ground.close();
    }

    private void mount() throws Exception {
        ground.bash("mkdir -p ../other; touch ../other/k; chmod 600 ../other/k;"
                + " bindfs -o nonempty ../other part 2>/dev/null || bindfs ../other part");
    }

    private static List<String> blamed(Json scan, String key) {
        return scan.all(key).map(c -> c.get("blame").text("path")).toList();
    }

    @Test
    void a_fuse_mount_over_findings_is_unvisited_and_recovers_nothing() throws Exception {
        ground.now().ended(1);
        mount();

        Json scan = ground.now("--format", "json").ended(4).json();

        assertEquals(
                List.of(ground.www("part")),
                scan.all("unvisited").map(u -> u.text("path")).toList());
        assertEquals("false", scan.text("complete"));
        assertEquals(List.of(), blamed(scan, "recovered"));
    }

    @Test
    void what_it_covered_is_known_when_it_is_gone() throws Exception {
        ground.now().ended(1);
        mount();
        ground.now().ended(4);
        ground.bash("umount part");

        Json scan = ground.now("--format", "json", "--only-new").ended(1).json();

        assertEquals(List.of(), blamed(scan, "causes"));
    }

    @Test
    void what_was_mended_meanwhile_recovers_when_it_is_gone() throws Exception {
        ground.now().ended(1);
        mount();
        ground.now().ended(4);
        ground.bash("umount part; chmod 644 part/f");

        assertEquals(
                List.of(ground.www("part/f")),
                blamed(ground.now("--format", "json").ended(0).json(), "recovered"));
    }

    @Test
    void only_the_unvisited_part_keeps_its_findings() throws Exception {
        ground.bash("chmod 600 index.html");
        ground.now().ended(1);
        mount();
        ground.bash("chmod 644 index.html");

        Json scan = ground.now("--format", "json").ended(4).json();

        assertEquals(List.of(ground.www("index.html")), blamed(scan, "recovered"));
    }

    @Test
    void a_root_whose_file_system_is_gone_keeps_its_findings() throws Exception {
        ground.bash("rm -r *; mount -t tmpfs -o size=64k,mode=755 none $PWD; cd $PWD; touch f; chmod 600 f");
        ground.now().ended(1);
        ground.bash("cd ..; umount www");

        Json unmounted = ground.now("--format", "json").ended(4).json();

        assertEquals(List.of(), blamed(unmounted, "recovered"));
        assertTrue(
                unmounted.list("unvisited").get(0).text("why").contains("is not mounted at " + ground.www()),
                unmounted::toString);
        ground.now().ended(4);
        ground.bash("mount -t tmpfs -o size=64k,mode=755 none $PWD; cd $PWD; touch f; chmod 600 f");
        ground.now("--only-new").ended(1);
    }

    @Test
    void a_root_that_is_emptied_has_recovered() throws Exception {
        ground.now().ended(1);
        ground.bash("rm -r *");

        assertEquals(
                List.of(ground.www("part/f")),
                blamed(ground.now("--format", "json").ended(0).json(), "recovered"));
    }

    @Test
    void list_of_raw_paths_tells_the_unvisited_aside() throws Exception {
        mount();

        Answer answer = ground.now("--each", "-0").ended(4);

        assertEquals(List.of(), answer.names());
        assertTrue(answer.sentence().contains(ground.www("part")), answer::toString);
    }

    @Test
    void a_directory_that_is_newly_excluded_has_not_recovered() throws Exception {
        ground.now().ended(1);
        String config = ground.config("[[root]]\npath = \"$WWW\"\nexclude = [\"part\"]\n");

        Json scan = ground.now("--config", config, "--format", "json").ended(0).json();

        assertEquals(List.of(), blamed(scan, "recovered"));
        ground.now("--only-new").ended(1);
    }

    @Test
    void a_file_that_is_newly_excluded_has_not_recovered() throws Exception {
        ground.now().ended(1);
        String config = ground.config("[[root]]\npath = \"$WWW\"\nexclude = [\"f\"]\n");

        Json scan = ground.now("--config", config, "--format", "json").ended(0).json();

        assertEquals(List.of(), blamed(scan, "recovered"));
        ground.now("--only-new").ended(1);
    }

    @Test
    void a_root_that_is_missing_is_one_sentence_and_recovers_nothing() throws Exception {
        ground.now().ended(1);
        ground.bash("cd ..; mv www elsewhere");

        Json scan = ground.now("--format", "json").ended(4).json();

        assertEquals(1, scan.list("failures").size());
        assertEquals(List.of(), scan.list("recovered"));
    }

    @Test
    void a_missing_root_does_not_keep_the_others_from_being_scanned() throws Exception {
        Answer answer = Jar.audit()
                .run("now", ground.www("gone"), ground.www(), "--as", "33", "--no-store", "--format", "json")
                .ended(4);

        assertEquals(List.of(ground.www("part/f")), blamed(answer.json(), "causes"));
    }
}
