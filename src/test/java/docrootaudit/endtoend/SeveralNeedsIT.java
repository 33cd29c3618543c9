package docrootaudit.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where an inode is needed for two things, one command mends both. */
class SeveralNeedsIT {
    private Ground ground;
    private String config;

    @BeforeEach
    void make_a_site() throws Exception {
        ground = Ground.make();
        ground.bash("mkdir closed; touch a.cgi closed/f; chmod 600 a.cgi; chmod 0 closed");
        config = ground.config(
                "user = 33\n[[root]]\npath = \"" + ground.www() + "\"\nlisting = true\nscripts = [\"*.cgi\"]\n");
    }

    @AfterEach
    void remove_it() throws Exception {
        ground.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"closed", "a.cgi"})
    void explain_mends_all(String name) throws Exception {
        String[] question = {"explain", ground.www(name), "--config", config, "--format", "json"};

        Json before = Jar.audit().run(question).ended(1).json();
        assertEquals(1, before.list("then").size());
        Shell.bash(before.list("fixes").get(0).text("command"));

        Jar.audit().run(question).ended(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"closed", "a.cgi"})
    void a_scan_mends_all(String name) throws Exception {
        String[] question = {"now", "--config", config, "--no-store", "--format", "json"};

        String fix = Jar.audit()
                .run(question)
                .ended(1)
                .json()
                .all("causes")
                .filter(c -> c.get("blame").text("path").equals(ground.www(name)))
                .map(c -> c.list("fixes").get(0).text("command"))
                .findFirst()
                .orElseThrow();
        Shell.bash(fix);
        List<String> left = Jar.audit()
                .run(question)
                .json()
                .all("causes")
                .map(c -> c.get("blame").text("path"))
                .toList();

        assertEquals(1, left.size(), left::toString);
    }

    @Test
    void a_proof_asks_for_all_as_the_scan_does() throws Exception {
        ground.bash("mkdir -m 711 searched; ln -s searched link");

        Json proof = Jar.audit()
                .run("prove", "--config", config, "--sample", "all", "--format", "json")
                .ended(0)
                .json();

        assertEquals(List.of(), proof.list("disagreements"));
    }

    @Test
    void patterns_are_read_from_the_root_as_it_was_given() throws Exception {
        ground.bash("mkdir cgi; touch cgi/run; chmod 600 cgi/run; ln -s www ../given");
        String given = ground.path() + "/given";
        String through = ground.config("user = 33\n[[root]]\npath = \"" + given + "\"\nscripts = [\"./cgi\"]\n");

        String fix = Jar.audit()
                .run("now", "--config", through, "--no-store", "--format", "json")
                .json()
                .all("causes")
                .filter(c -> c.get("blame").text("path").equals(given + "/cgi/run"))
                .map(c -> c.list("fixes").get(0).text("command"))
                .findFirst()
                .orElseThrow();

        assertTrue(fix.contains(":rx "), fix);
    }
}
