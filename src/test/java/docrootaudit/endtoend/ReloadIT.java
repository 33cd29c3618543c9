package docrootaudit.endtoend;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Configurations that change while the service runs, and what people are told of that. */
class ReloadIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Ground ground;
    private PostOffice post;
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void make_a_site() throws Exception {
        ground = Ground.make();
        post = new PostOffice();
        ground.bash("mkdir blog shop ../other ../other/x; touch index.html blog/a shop/a ../other/x/a; chmod 700 shop"
                + " ../other/x");
        configure("");
    }

    @AfterEach
    void remove_it() throws Exception {
        post.close();
        ground.close();
    }

    /** The root with that in its table, and what comes after it. */
    private void configure(String more) throws Exception {
        ground.config(Service.configuration(ground, "every = \"1 s\"\n", post.configuration()) + more);
    }

    private void reload(Service service, String more) throws Exception {
        int before = Math.toIntExact(service.logged("the configuration was read anew"));
        configure(more);
        service.process().signal("HUP");
        service.logs("the configuration was read anew", before + 1);
    }

    private Path other() {
        return ground.path().resolve("other");
    }

    /** Waits until this is told besides what was before, and nothing else. */
    private void tells(String event) {
        told.add(event);
        await(told.toString()).atMost(PATIENCE).until(() -> post.told().size() >= told.size());
        assertEquals(told, post.told());
    }

    @Test
    void roots_come_and_go() throws Exception {
        String second = "[[root]]\npath = \"" + other() + "\"\n";
        try (Service service = Service.start(ground)) {
            tells("BASELINE " + ground.www("shop"));
            reload(service, second);
            tells("BASELINE " + other() + "/x");
            reload(service, "");
            service.logs(other() + " is no longer scanned");
            ground.bash("chmod 755 ../other/x; mkdir -m 700 ../other/y");
            service.scans(3);
            reload(service, second);
            // all there is, and nothing of what nobody looked at
            tells("BASELINE " + other() + "/y");
            ground.bash("chmod 755 ../other/y");
            tells("RECOVERED " + other() + "/y");
            service.stop().ended(0);
            service.isClean();
        }
    }

    @Test
    void what_is_excluded_is_over_in_silence_and_told_when_it_is_looked_at_again() throws Exception {
        try (Service service = Service.start(ground)) {
            tells("BASELINE " + ground.www("shop"));
            reload(service, "exclude = [\"shop\"]\n");
            service.scans(3);
            reload(service, "");
            tells("OPENED " + ground.www("shop"));
            ground.bash("chmod 755 shop");
            tells("RECOVERED " + ground.www("shop"));
            service.stop().ended(0);
            service.isClean();
        }
    }

    @Test
    void a_root_within_another_is_told_of_once_as_one_cause() throws Exception {
        configure("[[root]]\npath = \"" + ground.www("blog") + "\"\n");
        try (Service service = Service.start(ground)) {
            tells("BASELINE " + ground.www("shop"));
            service.logs("scanned " + ground.www("blog"));
            ground.bash("chmod 700 blog");
            service.logs("new: " + ground.www("blog"), 2);
            await("it is told").atMost(PATIENCE).until(() -> post.told().contains("OPENED " + ground.www("blog")));
            ground.bash("chmod 755 blog");
            service.logs("recovered: " + ground.www("blog"), 2);
            await("it is over").atMost(PATIENCE).until(() -> post.told().contains("RECOVERED " + ground.www("blog")));
            service.scans(3);

            assertEquals(
                    1, post.told().stream().filter(t -> t.startsWith("OPENED")).count(), post.told()::toString);
        }
    }

    @Test
    void a_storm_of_reloads_ends_with_the_last_configuration_in_force() throws Exception {
        try (Service service = Service.start(ground)) {
            tells("BASELINE " + ground.www("shop"));
            for (int i = 0; i < 60; i++) {
                configure(i % 3 == 0 ? "every = \"often\"\n" : "");
                service.process().signal("HUP");
            }
            reload(service, "[[root]]\npath = \"" + other() + "\"\n");
            tells("BASELINE " + other() + "/x");
            ground.bash("chmod 700 blog");
            tells("OPENED " + ground.www("blog"));
            service.stop().ended(0);
            service.isClean();
        }
    }
}
