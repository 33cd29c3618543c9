package docrootaudit.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stores that cannot be used, or that are another's: one sentence, exit status 4, and the report all the same. */
class StoreTroubleIT {
    private Ground ground;

    @BeforeEach
    void make_a_site() throws Exception {
        ground = Ground.make();
        ground.bash("touch index.html; chmod 600 index.html");
    }

    @AfterEach
    void remove_it() throws Exception {
        ground.close();
    }

    /** A scan whose report is there and which says this of the store. */
    private void reportedWith(String words) throws Exception {
        Json scan = ground.now("--format", "json").ended(4).json();
        assertEquals(1, scan.list("causes").size(), scan::toString);
        assertEquals(1, scan.list("failures").size(), scan::toString);
        String failure = scan.list("failures").get(0).toString();
        assertTrue(failure.contains(words), failure);
        assertTrue(failure.lines().count() == 1 && failure.contains(":"), failure);
    }

    @Test
    void a_store_is_for_its_owner_alone() throws Exception {
        ground.now().ended(1);

        assertEquals("700 0\n600 0", Shell.bash("stat -c '%a %u' " + ground.store() + " " + ground.store() + "/*"));
    }

    @Test
    void root_becomes_the_owner_of_the_store() throws Exception {
        Shell.bash("install -d -o 61001 -g 61001 -m 700 " + ground.store());

        ground.now().ended(1);
        ground.now().ended(1);

        assertEquals("600 61001 61001", Shell.bash("stat -c '%a %u %g' " + ground.store() + "/*"));
    }

    @Test
    void also_where_the_owner_may_not_read_the_program() throws Exception {
        Shell.bash("install -d -o 61001 -g 61001 -m 700 " + ground.store());
        Shell.bash("install -d -m 700 " + ground.path() + "/own");
        Path jar = Files.copy(
                Path.of(System.getProperty("audit.jar")), ground.path().resolve("own/audit.jar"));

        ground.now(Jar.audit().at(jar)).ended(1);

        assertEquals(1, ground.history("--format", "json").json().list("scans").size());
    }

    @Test
    void root_lists_raw_paths_and_finds_remedies_though_the_store_is_another_s() throws Exception {
        Shell.bash("install -d -o 61001 -g 61001 -m 700 " + ground.store());
        ground.bash("mkdir -m 700 closed; touch closed/f; chmod 600 closed/f");

        Answer each = ground.now("--each", "-0").ended(1);
        Json scan = ground.scan();

        assertEquals(3, each.names().size());
        assertTrue(scan.all("causes").noneMatch(c -> c.list("fixes").isEmpty()), scan::toString);
    }

    @Test
    void a_read_only_store_still_answers_questions() throws Exception {
        Shell.bash("mkdir -m 700 " + ground.store() + "; mount -t tmpfs none " + ground.store() + "; chmod 700 "
                + ground.store());
        ground.now().ended(1);
        Shell.bash("mount -o remount,ro " + ground.store());

        reportedWith("cannot be written");
        ground.history(ground.www("index.html")).ended(1);
    }

    @Test
    void a_link_to_a_store_is_refused() throws Exception {
        Shell.bash("mkdir -m 700 " + ground.path() + "/real; ln -s real " + ground.store());

        reportedWith("symbolic link");
        assertTrue(ground.history().ended(4).sentence().contains("symbolic link"));
    }

    @Test
    void a_store_that_others_may_write_is_refused() throws Exception {
        Shell.bash("mkdir " + ground.store() + "; chmod 777 " + ground.store());

        reportedWith("chmod 700");
    }

    @Test
    void a_damaged_store_is_told() throws Exception {
        ground.now().ended(1);
        Shell.bash("head -c 40000 /dev/urandom > " + ground.store() + "/history.mv.db");

        reportedWith("damaged");
        assertTrue(ground.history().ended(4).sentence().contains("damaged"));
    }

    @Test
    void a_file_in_place_of_a_store_is_told() throws Exception {
        Shell.bash("touch " + ground.store());

        reportedWith("not a directory");
    }

    @Test
    void a_store_where_there_can_be_none_is_told() throws Exception {
        Answer answer = Jar.audit()
                .run("now", ground.www(), "--as", "33", "--store", "/proc/1/nothing", "--format", "json")
                .ended(4);

        assertEquals(1, answer.json().list("causes").size());
        assertEquals(1, answer.json().list("failures").size());
    }

    @Test
    void a_semicolon_is_refused() throws Exception {
        Json scan = Jar.audit()
                .run("now", ground.www(), "--as", "33", "--store", ground.store() + ";MODE=MySQL", "--format", "json")
                .ended(4)
                .json();

        assertTrue(scan.list("failures").get(0).toString().contains(";"), scan::toString);
        assertEquals("", Shell.bash("ls " + ground.path() + " | grep -v www || true"));
    }

    @Test
    void no_store_is_made_to_be_read() throws Exception {
        ground.history().ended(4);

        assertEquals("www", Shell.bash("ls " + ground.path()));
    }

    @Test
    void no_store_means_none() throws Exception {
        Jar.audit().run("now", ground.www(), "--as", "33", "--no-store").ended(1);

        assertEquals("www", Shell.bash("ls " + ground.path()));
    }
}
