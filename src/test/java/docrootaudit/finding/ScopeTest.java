package docrootaudit.finding;

import static docrootaudit.finding.DrawnTree.tree;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.Mount;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.access.Principal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a fix opens beside what it is meant to, counted and in words. */
class ScopeTest {
    private static final Mount WITHOUT_ACLS =
            new Mount("vfat", PathBytes.of("/boot"), false, false, Optional.empty(), false);

    @Test
    void without_acls_a_membership_comes_before_the_world() {
        DrawnTree tree = tree().on(WITHOUT_ACLS).has("/t", "f 0640 0:500");

        assertEquals(
                List.of(
                        new Remedy(
                                "usermod -aG web www-data",
                                "opens everything else that group web may use, there and elsewhere;"
                                        + " it takes effect once the server is restarted or reloaded",
                                1),
                        new Remedy("chmod o+r /t", "lets every local user read this file", 5)),
                Host.remedies(tree, "/t", Need.READ).fixes());
    }

    @Test
    void one_membership_can_mend_a_whole_path() {
        DrawnTree tree = tree().on(WITHOUT_ACLS).has("/d", "d 0750 0:500").has("/d/t", "f 0640 0:500");

        assertEquals(
                List.of("usermod -aG web www-data", "chmod o+x /d && chmod o+r /d/t"),
                Host.remedies(tree, "/d/t", Need.READ).fixes().stream()
                        .map(Remedy::command)
                        .toList());
    }

    @Test
    void a_membership_that_would_grant_write_is_not_offered() {
        DrawnTree tree = tree().on(WITHOUT_ACLS).has("/t", "f 0660 0:500");

        assertEquals(List.of("chmod o+r /t"), commands(tree));
    }

    @Test
    void of_many_names_on_a_path_each_is_told_what_it_opens() {
        DrawnTree tree = tree().has("/d", "d 0700 0:0").has("/d/t", "f 0600 0:0 user:33:r-- user:1002:rw-");

        assertEquals(
                List.of(new Remedy(
                        "setfacl -m u:www-data:x /d && setfacl -m m::r /d/t",
                        "what lies below /d becomes reachable where its own permissions allow it;"
                                + " makes user:deploy:rw- effective again for reading /d/t",
                        3)),
                Host.remedies(tree, "/d/t", Need.READ).fixes());
    }

    @Test
    void thousands_of_accounts_are_no_matter() {
        List<Account> many = new java.util.ArrayList<>(Host.ACCOUNTS);
        for (int uid = 100_000; uid < 120_000; uid++) {
            many.add(new Account("u" + uid, docrootaudit.access.Principal.of(uid, uid, 600)));
        }
        DrawnTree tree = tree().on(WITHOUT_ACLS).has("/t", "f 0600 0:0");
        var check = Host.search(Host.WWW_DATA).check();
        var search = new RemedySearch(check, Optional.of("www-data"), many, Host.NAMES, ShellQuote.ASCII);

        assertEquals(
                20_007,
                search.forPath(check.judge(tree.trace("/t"), Need.READ))
                        .fixes()
                        .get(0)
                        .scope());
    }

    @Test
    void nobody_is_told_to_join_a_powerful_or_nameless_group() {
        for (String group : List.of("0", "42", "61234")) {
            DrawnTree tree = tree().on(WITHOUT_ACLS).has("/t", "f 0640 0:" + group);

            assertEquals(List.of("chmod o+r /t"), commands(tree));
        }
    }

    @Test
    void where_the_world_would_search_a_directory_it_is_said() {
        DrawnTree tree = tree().on(WITHOUT_ACLS).has("/d", "d 0750 0:0").has("/d/t", "f 0644 0:0");

        assertEquals(
                "lets every local user search this directory;"
                        + " what lies below it becomes reachable where its own permissions allow it",
                Host.remedies(tree, "/d/t", Need.READ).fixes().get(0).alsoAllows());
    }

    @Test
    void a_mask_that_is_lifted_names_whom_it_lets_in() {
        DrawnTree tree = tree().has("/t", "f 0600 0:0 user:33:r-- user:1002:rw- group:500:r-- group::---");

        assertEquals(
                List.of(new Remedy(
                        "setfacl -m m::r /t",
                        "makes user:deploy:rw- effective again for reading;"
                                + " makes group:web:r-- effective again for reading",
                        4)),
                Host.remedies(tree, "/t", Need.READ).fixes());
    }

    /** With an empty mask the kernel asks no ACL: whom an entry names is then among all others. */
    @Test
    void no_entry_becomes_effective_while_the_mask_stays_empty() {
        DrawnTree tree = tree().has("/t", "f 0602 0:0 user:1002:rw- group:1000:rwx group::r--");

        assertEquals(
                List.of(new Remedy("chmod o+r /t", "lets every local user read this file", 7)),
                Host.remedies(tree, "/t", Need.READ).fixes());
    }

    @Test
    void a_named_user_of_the_owning_group_is_told_of_as_the_mask_lets_him_in() {
        DrawnTree tree = tree().has("/t", "f 0604 0:1002 user:1002:r--");

        assertEquals(
                "makes user:deploy:r-- effective again for reading",
                fixes(tree, Principal.of(33, 33, 1002)).get(0).alsoAllows());
    }

    @Test
    void an_explicit_mask_hands_write_back_to_nobody() {
        DrawnTree tree = tree().has("/t", "f 0640 0:0 user:1002:rw- group::r--");

        assertEquals(List.of("setfacl -m u:www-data:r,m::r /t"), commands(tree));
    }

    @Test
    void lifting_a_mask_is_not_offered_where_it_would_shut_somebody_out() {
        DrawnTree tree = tree().has("/t", "f 0601 0:0 user:33:r-- user:1002:--- group::---");

        assertTrue(
                commands(tree).stream().noneMatch(c -> c.contains("setfacl")),
                () -> commands(tree).toString());
    }

    @Test
    void a_named_entry_keeps_what_other_gave() {
        assertEquals(List.of("setfacl -m u:www-data:rx /d"), commands(tree().has("/d", "d 0744 0:0"), Need.SEARCH));
        assertEquals(List.of("setfacl -m u:www-data:rw /t"), commands(tree().has("/t", "f 0602 0:0")));
    }

    @Test
    void a_group_bit_is_not_offered_where_it_lets_in_more_than_an_entry() {
        DrawnTree tree = tree().has("/t", "f 0604 0:500");

        assertEquals(
                List.of("setfacl -m u:www-data:r /t"),
                fixes(tree, Principal.of(33, 33, 500)).stream()
                        .map(Remedy::command)
                        .toList());
    }

    @Test
    void what_no_permission_mends_is_said_in_words() {
        Mount noexec = new Mount("tmpfs", PathBytes.of("/run"), true, false, Optional.empty());
        DrawnTree tree = tree().on(noexec).has("/t", "f 0600 0:0");

        Remedies script = Host.remedies(tree, "/t", Need.EXECUTE);
        Remedies missing = Host.remedies(tree().has("/d", "d 0700 0:0"), "/d/none", Need.READ);

        assertEquals(List.of(), script.fixes());
        assertTrue(script.advice().orElseThrow().contains("/run has the option noexec"));
        assertEquals(
                "There is nothing named /d/none: create it or correct the name.",
                missing.advice().orElseThrow());
    }

    @Test
    void where_nothing_can_be_changed_a_command_would_only_fail() {
        DrawnTree tree =
                tree().has("/d", "d 0750 0:500").has("/d/t", "f 0640 0:500").fixed("/d/t", "it is immutable");
        DrawnTree own = tree().has("/t", "f 0600 0:0").fixed("/t", "the mount / is read-only");

        assertEquals(
                List.of("usermod -aG web www-data"),
                Host.remedies(tree, "/d/t", Need.READ).fixes().stream()
                        .map(Remedy::command)
                        .toList());
        assertEquals(
                Remedies.advice("Nothing can be changed at /t as it is: the mount / is read-only."
                        + " Once that is lifted, give www-data r-- there."),
                Host.remedies(own, "/t", Need.READ));
    }

    private static List<Remedy> fixes(DrawnTree tree, Principal who) {
        RemedySearch search = Host.search(who);
        return search.forPath(search.check().judge(tree.trace("/t"), Need.READ)).fixes();
    }

    private static List<String> commands(DrawnTree tree) {
        return commands(tree, Need.READ);
    }

    private static List<String> commands(DrawnTree tree, Need need) {
        String path = need == Need.READ ? "/t" : "/d";
        return Host.remedies(tree, path, need).fixes().stream()
                .map(Remedy::command)
                .toList();
    }
}
