package docrootaudit.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the kernel is asked instead of being simulated: the same lists, and one answer more. */
class KernelAskedIT {
    private Ground ground;

    @BeforeEach
    void make_a_site() throws Exception {
        ground = Ground.make();
        ground.bash("mkdir many closed listed; cd many; seq 5000 | xargs touch; seq 1 7 5000 | xargs chmod 600;"
                + " seq 2 11 5000 | xargs chmod 640; seq 3 13 5000 | xargs setfacl -m u:33:-;"
                + " seq 2 22 5000 | xargs setfacl -m g:33:r; seq 2 33 5000 | xargs chown 61001:33;"
                + " ln -s 1 link; mkfifo pipe; mkdir sub; touch sub/f;"
                + " cd ..; touch closed/f listed/f; chmod 700 closed; chmod 744 listed");
    }

    @AfterEach
    void remove_it() throws Exception {
        ground.close();
    }

    private List<String> listed(Jar jar, String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of("now", ground.www(), "--as", "33", "--no-store", "--each", "-0"));
        all.addAll(Arrays.asList(options));
        return jar.run(all.toArray(String[]::new)).ended(1).names().stream()
                .sorted()
                .toList();
    }

    @Test
    void it_refuses_what_the_simulation_refuses() throws Exception {
        List<String> simulated = listed(Jar.audit(), "--simulate");

        assertTrue(simulated.size() > 1000, () -> "only " + simulated.size());
        assertEquals(simulated, listed(Jar.audit()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--bounding-set=-setuid",
                "--bounding-set=-setgid",
                "--securebits=+no_setuid_fixup",
                "--reuid 33 --regid 33 --clear-groups --inh-caps=+dac_read_search --ambient-caps=+dac_read_search"
            })
    void the_simulation_decides_where_the_identity_cannot_be_taken(String limits) throws Exception {
        assertEquals(listed(Jar.audit(), "--simulate"), listed(Jar.audit().through("setpriv " + limits)));
    }

    /** Root's command asks the kernel, the service has no right to: both write one history. */
    @Test
    void in_a_history_nothing_is_new_and_nothing_recovers_by_who_answers() throws Exception {
        Json asked = ground.scan();
        List<String> causes = causes(asked);
        assertTrue(causes.size() > 3, causes::toString);
        Jar service = Jar.audit().through("setpriv --bounding-set=-setuid,-setgid");

        for (Json next : List.of(
                ground.scan("--simulate"),
                ground.now(service, "--format", "json").json(),
                ground.scan(),
                ground.scan("--simulate"))) {
            assertEquals(causes, causes(next));
            assertEquals(List.of(), next.list("recovered"));
            assertTrue(next.all("causes").allMatch(c -> c.text("state").equals("known")), next::toString);
        }
    }

    private static List<String> causes(Json scan) {
        return scan.all("causes")
                .map(c -> c.text("id") + " " + c.text("cause") + " " + c.text("count"))
                .sorted()
                .toList();
    }

    /** An overlay asks twice: the caller as usual, then whoever mounted it ({@code ovl_permission()}). */
    @Test
    void a_refusal_that_no_attribute_explains_is_told() throws Exception {
        ground.bash("mkdir ../low ../lower over; touch ../low/f; chown 5:0 ../low/f; chmod 604 ../low/f;"
                + " setpriv --bounding-set=-dac_override,-dac_read_search mount -t overlay overlay -o"
                + " lowerdir=$PWD/../low:$PWD/../lower over");
        List<String> command = List.of("now", ground.www("over"), "--as", "33", "--no-store");

        Answer asked = Jar.audit().run(command.toArray(String[]::new)).ended(4);
        assertTrue(
                asked.prose().contains("cannot tell for 1 entry: the kernel refuses what mode, owner and ACL grant"),
                asked::toString);
        Answer listed = Jar.audit()
                .run("now", ground.www("over"), "--as", "33", "--no-store", "--each", "-0")
                .ended(4);
        assertTrue(listed.err().startsWith("audit: cannot tell for 1 entry: the kernel refuses"), listed::toString);
        Jar.audit()
                .run("now", ground.www("over"), "--as", "33", "--no-store", "--simulate")
                .ended(0);
        Jar.audit()
                .run("prove", ground.www("over"), "--as", "33", "--sample", "all")
                .ended(1);
    }
}
