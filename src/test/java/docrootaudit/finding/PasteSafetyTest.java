package docrootaudit.finding;

import static docrootaudit.finding.DrawnTree.tree;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.Need;
import docrootaudit.access.PathVerdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may be trusted with a path while a command runs. */
class PasteSafetyTest {
    @Test
    void root_runs_it_where_only_root_can_replace_a_name() {
        assertEquals(
                "setfacl -m u:www-data:r /srv/t",
                fix(tree().has("/srv", "d 0775 0:0").has("/srv/t", "f 0600 1000:1000")));
    }

    @Test
    void the_owner_runs_it_below_a_directory_of_his() {
        assertEquals(
                "runuser -u kim -- setfacl -m u:www-data:r /srv/t",
                fix(tree().has("/srv", "d 0755 1000:1000").has("/srv/t", "f 0600 1000:1000")));
    }

    @Test
    void a_private_group_is_its_only_member() {
        assertEquals(
                "runuser -u kim -- setfacl -m u:www-data:r /srv/t",
                fix(tree().has("/srv", "d 0775 1000:1000").has("/srv/t", "f 0600 1000:1000")));
        assertEquals(
                "setpriv --reuid 61234 --regid 61234 --clear-groups setfacl -m u:www-data:r /srv/t",
                fix(tree().has("/srv", "d 0775 0:61234").has("/srv/t", "f 0600 61234:61234")));
    }

    @Test
    void a_name_that_a_command_line_would_misread_becomes_a_number() {
        assertEquals(
                "setpriv --reuid 1003 --regid 1003 --clear-groups setfacl -m u:www-data:r /srv/t",
                fix(tree().has("/srv", "d 0755 1003:1003").has("/srv/t", "f 0600 1003:1003")));
    }

    @Test
    void the_owner_keeps_the_setgid_bit_by_taking_the_group() {
        assertEquals(
                "setpriv --reuid 1000 --regid 1002 --clear-groups setfacl -m u:www-data:x /srv/t",
                fix(tree().has("/srv", "d 0755 1000:1000").has("/srv/t", "d 02750 1000:1002"), Need.SEARCH));
    }

    @Test
    void what_root_owns_below_a_tenants_directory_is_answered_in_words() {
        String words = words(tree().has("/srv", "d 0755 1000:1000").has("/srv/t", "f 0600 0:0"));

        assertTrue(words.contains("user kim, the owner of /srv, can replace /srv/t"), words);
        assertTrue(words.contains("belongs to root"), words);
    }

    @Test
    void what_a_group_can_replace_is_answered_in_words() {
        String words = words(tree().has("/srv", "d 0775 0:500").has("/srv/t", "f 0600 1000:500"));

        assertTrue(words.contains("a member of group web, who may write in /srv, can replace /srv/t"), words);
    }

    @Test
    void named_entries_count_as_far_as_the_mask_lets_them() {
        String acl = " user:1001:rwx group::r-x";
        assertTrue(words(tree().has("/srv", "d 0775 0:0" + acl).has("/srv/t", "f 0600 1000:1000"))
                .contains("user ana, who may write in /srv, can replace"));
        assertEquals(
                "setfacl -m u:www-data:r /srv/t",
                fix(tree().has("/srv", "d 0755 0:0" + acl).has("/srv/t", "f 0600 1000:1000")));
    }

    @Test
    void in_a_sticky_directory_a_name_is_its_owners() {
        assertEquals(
                "runuser -u kim -- setfacl -m u:www-data:r /tmp/t",
                fix("/tmp/t", tree().has("/tmp", "d 1777 0:0").has("/tmp/t", "f 0600 1000:1000")));
        assertEquals(
                "setfacl -m u:www-data:r /tmp/t",
                fix("/tmp/t", tree().has("/tmp", "d 1777 0:0").has("/tmp/t", "f 0600 0:0")));
        assertTrue(
                Host.remedies(tree().has("/tmp", "d 0777 0:0").has("/tmp/t", "f 0600 1000:1000"), "/tmp/t", Need.READ)
                        .fixes()
                        .isEmpty());
    }

    @Test
    void an_owner_who_cannot_get_there_runs_nothing() {
        String words = words(tree().has("/srv", "d 0770 1001:1002").has("/srv/t", "f 0600 1000:1000"));
        DrawnTree closed = tree().has("/shut", "d 0700 0:0")
                .has("/shut/his", "d 0755 1000:1000")
                .has("/shut/his/t", "f 0600 1000:1000");

        assertTrue(words.contains("user ana, the owner of /srv, can replace"), words);
        assertTrue(Host.remedies(closed, "/shut/his/t", Need.READ)
                .advice()
                .orElseThrow()
                .contains("its owner kim may not search /shut"));
    }

    @Test
    void a_link_is_made_anew_by_the_directorys_owner() {
        DrawnTree tree =
                tree().has("/x", "f 0644 0:0").has("/drop", "d 1777 1000:1000").link("/drop/t", "61044:1", "/x");

        assertEquals("runuser -u kim -- ln -sfT -- /x /drop/t", fix("/drop/t", tree));
    }

    @Test
    void a_list_is_walked_as_given_also_through_a_tenants_link() {
        DrawnTree tree = tree().has("/real", "d 0755 0:0")
                .has("/real/t", "f 0600 0:0")
                .has("/home", "d 0755 1000:1000")
                .link("/home/site", "1000:1000", "/real");
        PathVerdict verdict = Host.verdict(tree, "/home/site/t", Need.READ);
        RemedySearch search = Host.search(Host.WWW_DATA);

        assertEquals(
                1, search.forStep(verdict, verdict.refusals().get(0)).fixes().size());
        assertEquals(
                List.of(),
                search.forGroup(verdict, verdict.refusals().get(0), "list").fixes());
    }

    @Test
    void many_files_are_one_pipeline() {
        DrawnTree tree = tree().has("/srv", "d 0755 1000:1000").has("/srv/t", "f 0600 1000:1000");
        PathVerdict verdict = Host.verdict(tree, "/srv/t", Need.READ);
        Remedies remedies = Host.search(Host.WWW_DATA)
                .forGroup(verdict, verdict.refusals().get(0), "audit now /srv --as www-data --cause 12 --each -0");

        assertEquals(
                "audit now /srv --as www-data --cause 12 --each -0"
                        + " | runuser -u kim -- xargs -0 -r setfacl -m u:www-data:r --",
                remedies.fixes().get(0).command());
        assertTrue(remedies.advice().orElseThrow().contains("a default ACL on it"));
    }

    private static String fix(DrawnTree tree) {
        return fix("/srv/t", tree);
    }

    private static String fix(String path, DrawnTree tree) {
        return Host.remedies(tree, path, Need.READ).fixes().get(0).command();
    }

    private static String fix(DrawnTree tree, Need need) {
        return Host.remedies(tree, "/srv/t", need).fixes().get(0).command();
    }

    private static String words(DrawnTree tree) {
        Remedies remedies = Host.remedies(tree, "/srv/t", Need.READ);
        assertEquals(List.of(), remedies.fixes());
        return remedies.advice().orElseThrow();
    }
}
