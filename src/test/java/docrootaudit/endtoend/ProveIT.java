package docrootaudit.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code audit prove}: silent where all agree, and finds what is planted. */
class ProveIT {
    private Ground ground;

    @BeforeEach
    void make_a_site() throws Exception {
        ground = Ground.make();
        ground.bash("mkdir -p home/kim closed; touch home/kim/index.html home/kim/team.html closed/f;"
                + " chown 0:61009 home/kim/team.html; chmod 640 home/kim/team.html; chmod 700 closed;"
                + " ln -s closed/f link; ln -s nowhere dangling");
    }

    @AfterEach
    void remove_it() throws Exception {
        ground.close();
    }

    private Answer prove(String... options) throws Exception {
        return Jar.audit()
                .run(Stream.concat(
                                Stream.of("prove", ground.www(), "--sample", "all", "--format", "json"),
                                Stream.of(options))
                        .toArray(String[]::new));
    }

    private List<String> disagreements(Answer answer) {
        return answer.json()
                .all("disagreements")
                .map(d -> d.text("path").substring(ground.www().length()) + " " + d.text("verdict") + " "
                        + d.text("kernel"))
                .sorted()
                .toList();
    }

    @Test
    void nothing_is_found_where_nothing_is_planted() throws Exception {
        Json proof = prove("--as", "33").ended(0).json();

        assertEquals(List.of(), proof.list("disagreements"));
        assertEquals("8", proof.text("asked"));
    }

    @Test
    void a_process_that_lacks_a_group_of_its_account_is_found() throws Exception {
        try (Running worker = Running.start("exec setpriv --reuid 61001 --regid 61001 --clear-groups sleep 600")) {
            worker.becomes("sleep");
            Answer answer = prove("--as", "61001", "--groups", "61009", "--against-pid", "" + worker.pid())
                    .ended(1);

            assertEquals(List.of("/home/kim/team.html allowed EACCES"), disagreements(answer));
            worker.signal("KILL");
        }
    }

    @Test
    void a_mount_that_only_the_process_sees_is_found() throws Exception {
        String script = "exec unshare -m --propagation private sh -c 'mount -t tmpfs -o mode=000,size=4k tmpfs "
                + ground.www("home") + " && exec setpriv --reuid 33 --regid 33 --clear-groups sleep 600'";
        try (Running worker = Running.start(script)) {
            worker.becomes("sleep");
            Answer answer =
                    prove("--as", "33", "--against-pid", "" + worker.pid()).ended(1);

            assertEquals(
                    List.of("/home allowed EACCES", "/home/kim allowed EACCES", "/home/kim/index.html allowed EACCES"),
                    disagreements(answer));
            assertEquals(
                    List.of(),
                    disagreements(prove("--as-pid", "" + worker.pid()).ended(0)));
            worker.signal("KILL");
        }
    }

    @Test
    void a_wrong_identity_is_found() throws Exception {
        ground.bash("chown 33:33 closed");
        try (Running worker = Running.start("exec setpriv --reuid 61002 --regid 61002 --clear-groups sleep 600")) {
            worker.becomes("sleep");
            Answer answer =
                    prove("--as", "33", "--against-pid", "" + worker.pid()).ended(1);

            assertEquals(
                    List.of("/closed allowed EACCES", "/closed/f allowed EACCES", "/link allowed EACCES"),
                    disagreements(answer));
            worker.signal("KILL");
        }
    }

    @Test
    void it_says_that_it_needs_root() throws Exception {
        Answer answer = Jar.audit()
                .through("setpriv --reuid 61001 --regid 61001 --clear-groups")
                .run("prove", "/usr/share/doc/acl", "--as", "33");

        assertTrue(answer.ended(4).sentence().contains("needs root"), answer::toString);
    }
}
