package docrootaudit.endtoend;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose access is judged. */
class IdentitiesIT {
    /** Called nginx, and root no more. */
    private static final String WORKER = " setpriv --reuid 61007 --regid 61007 --clear-groups ../nginx 600";

    private Ground ground;

    @BeforeEach
    void make_a_site() throws Exception {
        ground = Ground.make();
        ground.bash("touch mine ours theirs; chown 61001:61002 mine ours theirs;"
                + " chmod 400 mine; chmod 040 ours; chmod 004 theirs");
    }

    @AfterEach
    void remove_it() throws Exception {
        // unshare --kill-child kills none that has changed its user since (PR_SET_PDEATHSIG in prctl(2))
        Shell.run("pkill -KILL -x nginx -u 61007");
        ground.close();
    }

    private List<String> refused(String... identity) throws Exception {
        List<String> all = new java.util.ArrayList<>(List.of("now", ground.www(), "--no-store", "--each", "-0"));
        all.addAll(List.of(identity));
        return Jar.audit().run(all.toArray(String[]::new)).clean().names().stream()
                .map(n -> n.substring(n.lastIndexOf('/') + 1))
                .sorted()
                .toList();
    }

    @Test
    void a_number_without_an_account_has_the_same_group_and_no_others() throws Exception {
        assertEquals(List.of("ours", "theirs"), refused("--as", "61001"));
        assertEquals(List.of("mine", "theirs"), refused("--as", "61002"));
    }

    @Test
    void a_group_replaces_the_own_one() throws Exception {
        assertEquals(List.of("mine", "ours"), refused("--as", "61002", "--group", "61003"));
    }

    @Test
    void groups_replace_the_supplementary_ones() throws Exception {
        assertEquals(List.of("mine", "theirs"), refused("--as", "33", "--groups", "61003,61002"));
    }

    @Test
    void a_name_has_its_groups_from_the_name_service() throws Exception {
        Json as = Jar.audit()
                .run("now", ground.www(), "--as", "www-data", "--no-store", "--format", "json")
                .json()
                .get("as");

        assertEquals("www-data", as.text("user"));
        assertEquals("33", as.text("uid"));
    }

    @Test
    void the_largest_id_is_one() throws Exception {
        assertEquals(
                "4294967294",
                Jar.audit()
                        .run("now", ground.www(), "--as", "4294967294", "--no-store", "--format", "json")
                        .json()
                        .get("as")
                        .text("uid"));
    }

    @ParameterizedTest
    @CsvSource({
        "--as nobody-of-that-name, there is no user nobody-of-that-name",
        "--as 4294967295, there is no user 4294967295",
        "--as 33 --group no-such-group, there is no group no-such-group",
        "--as 33 --groups 0;9, there is no group 0;9",
        "--as-pid 1 --as 33, --as-pid takes the whole identity",
    })
    void an_identity_that_cannot_be_is_one_line(String options, String words) throws Exception {
        List<String> all = new java.util.ArrayList<>(List.of("now", ground.www(), "--no-store"));
        all.addAll(List.of(options.split(" ")));

        String sentence = Jar.audit().run(all.toArray(String[]::new)).ended(2).sentence();

        assertTrue(sentence.contains(words), sentence);
    }

    @Test
    void a_running_process_has_the_groups_it_was_started_with() throws Exception {
        try (Running process = Running.start("exec setpriv --reuid 33 --regid 33 --groups 61002 sleep 600")) {
            process.becomes("sleep");

            assertEquals(List.of("mine", "theirs"), refused("--as-pid", Long.toString(process.pid())));
        }
    }

    @Test
    void a_running_process_keeps_what_capabilities_it_has() throws Exception {
        try (Running process = Running.start("exec setpriv --reuid 33 --regid 33 --clear-groups"
                + " --inh-caps +dac_read_search --ambient-caps +dac_read_search sleep 600")) {
            process.becomes("sleep");

            assertEquals(List.of(), refused("--as-pid", Long.toString(process.pid())));
        }
    }

    @Test
    void a_process_that_is_not_there_is_one_sentence() throws Exception {
        Answer answer = Jar.audit().run("now", ground.www(), "--as-pid", "2147483647", "--no-store");

        assertTrue(answer.ended(2).sentence().contains("no process 2147483647"), answer::toString);
    }

    @Test
    void explain_says_the_same() throws Exception {
        Jar.audit()
                .run("explain", ground.www("ours"), "--as", "61005", "--groups", "61002")
                .ended(0);
        Jar.audit().run("explain", ground.www("ours"), "--as", "61001").ended(1);
    }

    private String judged() throws Exception {
        return Jar.audit()
                .run("now", ground.www(), "--no-store", "--format", "json")
                .json()
                .get("as")
                .text("uid");
    }

    @Test
    void the_running_web_server_says_who_is_meant() throws Exception {
        ground.bash("cp /usr/bin/sleep ../nginx");
        try (Running worker = Running.start("cd " + ground.www() + "; exec" + WORKER)) {
            worker.becomes("nginx");

            assertEquals("61007", judged());
            worker.signal("KILL");
        }
    }

    @Test
    void groups_that_are_named_are_proved_though_a_worker_has_others() throws Exception {
        ground.bash("cp /usr/bin/sleep ../nginx");
        try (Running worker = Running.start("cd " + ground.www() + "; exec" + WORKER)) {
            worker.becomes("nginx");

            Jar.audit()
                    .run("prove", ground.www(), "--as", "61007", "--groups", "61002")
                    .ended(0);
            worker.signal("KILL");
        }
    }

    @Test
    void a_web_server_in_a_container_does_not() throws Exception {
        ground.bash("cp /usr/bin/sleep ../nginx");
        try (Running container =
                Running.start("cd " + ground.www() + "; exec unshare --pid --fork --kill-child" + WORKER)) {
            await().until(() -> Shell.run("pgrep -x nginx -u 61007").text(), text -> !text.isEmpty());

            assertNotEquals("61007", judged());
            container.signal("KILL");
        }
    }
}
