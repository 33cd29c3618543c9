package docrootaudit.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people say about alerts, and what they are told of them, on the command line. */
class AlertCommandsIT {
    private Ground ground;
    private String config;

    @BeforeEach
    void make() throws Exception {
        ground = Ground.make();
        ground.bash("mkdir css js; touch index.html css/a js/b");
        config = ground.config("""
                user = 33
                [alerts]
                to = ["ops@example.org"]
                hold = "0 s"
                [[root]]
                path = "$WWW"
                to = ["kim@example.org"]
                """);
        audit("now").ended(0);
    }

    @AfterEach
    void remove() throws Exception {
        ground.close();
    }

    private Answer audit(String... words) throws Exception {
        List<String> all = new ArrayList<>(Arrays.asList(words));
        all.addAll(List.of("--config", config, "--store", ground.store()));
        return Jar.audit().run(all.toArray(String[]::new)).clean();
    }

    private String causeOfClosed(String name) throws Exception {
        ground.bash("chmod 700 " + name);
        return audit("now", "--format", "json")
                .ended(1)
                .json()
                .list("causes")
                .get(0)
                .text("id");
    }

    private long waiting() throws Exception {
        return Long.parseLong(
                audit("status", "--format", "json").json().get("alerts").text("waiting"));
    }

    @Test
    void a_scan_that_finds_something_new_queues_it_and_one_that_does_not_queues_nothing() throws Exception {
        assertEquals(0, waiting());
        causeOfClosed("css");
        assertEquals(1, waiting());
        audit("now").ended(1);

        assertEquals(1, waiting());
    }

    @Test
    void the_next_mails_are_shown_to_each_recipient_and_not_sent() throws Exception {
        String cause = causeOfClosed("css");

        String mails = audit("mail", "preview").ended(1).text();

        assertTrue(mails.contains("To: ops@example.org\n"), mails);
        assertTrue(mails.contains("To: kim@example.org\n"), mails);
        assertTrue(mails.contains(cause), mails);
        assertEquals(mails, audit("mail", "preview").ended(1).text());
    }

    @Test
    void an_acknowledged_cause_is_not_told() throws Exception {
        String cause = causeOfClosed("css");
        audit("ack", cause).ended(0);

        audit("mail", "preview").ended(0);
        assertTrue(audit("status").text().contains("cause " + cause + " until it is over"));

        audit("ack", cause, "--undo").ended(0);
        audit("mail", "preview").ended(1);
    }

    @Test
    void a_quiet_root_is_not_told_of() throws Exception {
        audit("quiet", ground.www(), "--for", "2h").ended(0);
        causeOfClosed("css");

        audit("mail", "preview").ended(0);

        audit("quiet", ground.www(), "--end").ended(0);
        audit("mail", "preview").ended(1);
    }

    @Test
    void nonsense_is_refused_with_a_sentence() throws Exception {
        for (String[] words : new String[][] {
            {"ack", "css"},
            {"ack", "0123456789abcdef", "--until", "2001-01-01"},
            {"ack", "0123456789abcdef", "--until", "soon"},
            {"quiet", ground.www()},
            {"quiet", ground.www(), "--for", "soon"},
            {"quiet", ground.www(), "--for", "0 s"},
            {"quiet", ground.www(), "--for", "2h", "--end"},
            {"quiet", "/nowhere", "--for", "2h"},
            {"mail"},
        }) {
            audit(words).ended(2).sentence();
        }
    }

    @Test
    void a_part_that_cannot_be_seen_is_told_once_and_shown_by_status_until_it_is_seen_again() throws Exception {
        ground.bash("mkdir ../other; bindfs -o nonempty ../other css 2>/dev/null || bindfs ../other css");
        audit("now").ended(4);
        audit("now").ended(4);

        assertEquals(1, waiting());
        Answer status = audit("status").ended(1);
        assertTrue(status.text().contains("not seen   " + ground.www("css") + " since "), status.text());

        ground.bash("umount css");
        audit("now").ended(0);
        audit("status").ended(0);
        assertEquals(2, waiting());
    }

    @Test
    void without_recipients_nothing_is_queued_and_status_says_so() throws Exception {
        config = ground.config("user = 33\n[[root]]\npath = \"$WWW\"\n");
        causeOfClosed("css");

        assertEquals(0, waiting());
        assertTrue(audit("status").prose().contains("nobody is told: name somebody in \"to\" of [alerts]"));
    }
}
