package docrootaudit.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one scan after the other says of a tree that changes between them. */
class HistoryOnAChangingTreeIT {
    private Ground ground;

    @BeforeEach
    void make_a_site() throws Exception {
        ground = Ground.make();
        ground.bash("mkdir -p blog/img; echo x | tee index.html blog/index.html blog/img/a blog/img/b >/dev/null");
    }

    @AfterEach
    void remove_it() throws Exception {
        ground.close();
    }

    private static List<String> states(Json scan) {
        return scan.all("causes")
                .map(c -> blamed(c) + " " + c.text("state"))
                .sorted()
                .toList();
    }

    private static List<String> recovered(Json scan) {
        return scan.all("recovered")
                .map(HistoryOnAChangingTreeIT::blamed)
                .sorted()
                .toList();
    }

    private static String blamed(Json cause) {
        String path = cause.get("blame").text("path");
        return path.substring(path.indexOf("/www") + 1);
    }

    @Test
    void the_first_scan_is_the_baseline() throws Exception {
        ground.bash("chmod 600 index.html");

        Json scan = Json.of(ground.now("--format", "json").ended(1).out());

        assertEquals(List.of("www/index.html known"), states(scan));
    }

    @Test
    void nothing_of_the_baseline_is_new() throws Exception {
        ground.bash("chmod 600 index.html");

        ground.now("--only-new").ended(1);
    }

    @Test
    void a_file_that_closed_is_new_once() throws Exception {
        ground.now().ended(0);
        ground.bash("chmod 600 blog/index.html");

        Answer first = ground.now("--only-new", "--format", "json").ended(3);
        Json second = ground.now("--format", "json").ended(1).json();

        assertEquals(List.of("www/blog/index.html new"), states(first.json()));
        assertEquals(List.of("www/blog/index.html known"), states(second));
        ground.now("--only-new").ended(1);
    }

    @Test
    void without_only_new_the_state_tells_it() throws Exception {
        ground.now().ended(0);
        ground.bash("chmod 600 blog/index.html");

        Answer answer = ground.now("--format", "json").ended(1);

        assertEquals(List.of("www/blog/index.html new"), states(answer.json()));
    }

    @Test
    void a_file_that_opened_has_recovered_once() throws Exception {
        ground.bash("chmod 600 index.html");
        ground.now().ended(1);
        ground.bash("chmod 644 index.html");

        Answer first = ground.now("--format", "json").ended(0);

        assertEquals(List.of("www/index.html"), recovered(first.json()));
        assertEquals(
                List.of(), recovered(ground.now("--format", "json").ended(0).json()));
    }

    @Test
    void a_file_that_is_gone_has_recovered() throws Exception {
        ground.bash("chmod 600 index.html");
        ground.now().ended(1);
        ground.bash("rm index.html");

        assertEquals(
                List.of("www/index.html"),
                recovered(ground.now("--format", "json").ended(0).json()));
    }

    @Test
    void a_file_that_closes_again_is_new_again() throws Exception {
        ground.bash("chmod 600 index.html");
        ground.now().ended(1);
        ground.bash("chmod 644 index.html");
        ground.now().ended(0);
        ground.bash("chmod 600 index.html");

        assertEquals(
                List.of("www/index.html new"),
                states(ground.now("--only-new", "--format", "json").ended(3).json()));
    }

    @Test
    void what_a_closed_directory_hid_is_known_when_it_opens() throws Exception {
        ground.bash("chmod 600 blog/img/a; chmod 700 blog");
        ground.now().ended(1);
        ground.bash("chmod 755 blog");

        Json scan = ground.now("--only-new", "--format", "json").ended(1).json();
        Json whole = ground.scan();

        assertEquals(List.of(), states(scan));
        assertEquals(List.of("www/blog/img/a known"), states(whole));
    }

    @Test
    void a_file_that_closes_behind_a_closed_directory_is_told_when_that_opens() throws Exception {
        ground.bash("chmod 700 blog");
        ground.now().ended(1);
        ground.bash("chmod 600 blog/img/a");
        ground.now("--only-new").ended(1);
        ground.bash("chmod 755 blog");

        Json scan = ground.scan();

        assertEquals(List.of("www/blog/img/a known"), states(scan));
        assertEquals(List.of("www/blog"), recovered(scan));
    }

    @Test
    void a_directory_that_closes_over_a_refused_file_is_the_only_thing_new() throws Exception {
        ground.bash("chmod 600 blog/img/a");
        ground.now().ended(1);
        ground.bash("chmod 700 blog");

        Json scan = ground.now("--only-new", "--format", "json").ended(3).json();

        assertEquals(List.of("www/blog new"), states(scan));
        assertEquals(List.of(), recovered(scan));
    }

    @Test
    void another_rule_is_the_same_cause() throws Exception {
        ground.bash("chmod 600 index.html");
        Json before = ground.scan().list("causes").get(0);
        ground.bash("chmod 644 index.html; setfacl -m u:33:--- index.html");

        Json after = ground.scan().list("causes").get(0);

        assertEquals("acl-entry", after.text("cause"));
        assertEquals("user:www-data:---", after.get("blame").text("rule"));
        assertEquals("known", after.text("state"));
        assertEquals(before.text("id"), after.text("id"));
        assertEquals(before.text("first_seen"), after.text("first_seen"));
    }

    @Test
    void a_replaced_inode_is_the_same_cause() throws Exception {
        ground.bash("chmod 600 index.html");
        String before = ground.scan().list("causes").get(0).text("id");
        ground.bash("cp -p index.html new; mv new index.html");

        Json after = ground.scan().list("causes").get(0);

        assertEquals("known", after.text("state"));
        assertEquals(before, after.text("id"));
    }

    @Test
    void one_more_file_of_a_group_is_new_and_the_others_are_not() throws Exception {
        ground.bash("chmod 600 blog/img/a");
        ground.now().ended(1);
        ground.bash("chmod 600 blog/img/b");

        Answer answer = ground.now("--only-new", "--each", "-0").ended(3);

        assertEquals(List.of(ground.www("blog/img/b")), answer.names());
    }

    @Test
    void each_reader_has_a_history_of_its_own() throws Exception {
        ground.bash("chmod 600 index.html");
        ground.now().ended(1);
        ground.bash("chmod 600 blog/index.html");

        Jar.audit()
                .run("now", ground.www(), "--as", "61001", "--store", ground.store(), "--only-new")
                .ended(1);
        ground.now("--only-new").ended(3);
    }

    @Test
    void the_root_itself_closed_by_its_parent_is_new_and_recovers() throws Exception {
        ground.now().ended(0);
        Shell.bash("chmod 700 " + ground.path());
        ground.now("--only-new").ended(3);
        Shell.bash("chmod 755 " + ground.path());

        Json scan = ground.now("--format", "json").ended(0).json();

        assertEquals(1, recovered(scan).size());
    }

    @Test
    void a_path_has_a_history() throws Exception {
        ground.now().ended(0);
        ground.bash("chmod 600 index.html");
        ground.now().ended(1);
        Answer refused = ground.history(ground.www("index.html")).ended(1);
        ground.bash("chmod 644 index.html");
        ground.now().ended(0);
        Answer open = ground.history(ground.www("index.html")).ended(0);

        assertTrue(refused.text().contains("mode (other::---)"), refused::toString);
        assertTrue(open.text().contains("recovered"), open::toString);
    }

    @Test
    void a_path_behind_a_closed_directory_has_its_history() throws Exception {
        ground.bash("chmod 700 blog");
        ground.now().ended(1);

        Answer answer = ground.history(ground.www("blog/img/a")).ended(1);

        assertTrue(answer.text().contains(ground.www("blog") + "\n"), answer::toString);
    }

    @Test
    void a_time_has_its_answer() throws Exception {
        String before = now();
        ground.bash("chmod 600 index.html");
        ground.now().ended(1);
        String refused = now();
        ground.bash("chmod 644 index.html");
        ground.now().ended(0);
        String after = now();

        ground.history(ground.www("index.html"), "--at", before).ended(4);
        ground.history(ground.www("index.html"), "--at", refused).ended(1);
        ground.history(ground.www("index.html"), "--at", after).ended(0);
        ground.history("/nowhere/near", "--at", after).ended(4);
    }

    private static String now() throws Exception {
        return Shell.bash("sleep 0.1; date -u +%Y-%m-%dT%H:%M:%S.%6NZ; sleep 0.1");
    }

    @Test
    void scans_and_status_are_listed() throws Exception {
        ground.bash("chmod 600 index.html");
        ground.now().ended(1);
        ground.bash("chmod 644 index.html");
        ground.now().ended(0);

        Json scans = ground.history("--format", "json").ended(0).json();
        Answer status = Jar.audit()
                .run("status", "--store", ground.store(), "--format", "json")
                .ended(0);

        assertEquals(
                List.of("0 1 true", "1 0 true"),
                scans.all("scans")
                        .map(s -> s.text("opened") + " " + s.text("closed") + " " + s.text("complete"))
                        .toList());
        assertEquals("0", status.json().list("roots").get(0).text("refused"));
    }

    @Test
    void a_root_is_the_same_however_it_is_named() throws Exception {
        ground.now().ended(0);
        ground.bash("chmod 600 index.html");
        Jar there = Jar.audit().after("cd " + ground.path() + ";");

        there.run("now", "./www/.", "--as", "33", "--store", ground.store(), "--only-new")
                .ended(3);
        ground.now("--only-new").ended(1);
        there.run("history", "--store", ground.store(), "./www//index.html").ended(1);
    }
}
