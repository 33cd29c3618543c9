package docrootaudit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing changes on the disk here, so nothing may be new or have recovered, whatever else is asked in between. */
class ComparableScansIT {
    private Path directory;

    @BeforeEach
    void make() throws Exception {
        Root.required();
        directory = Bash.newDirectory("comparable");
        Bash.run("cd " + directory + "; mkdir -m 0755 root outside; ln -s ../outside root/link"
                + "; touch outside/closed root/group; chmod 0600 outside/closed"
                + "; chown 0:61001 root/group; chmod 0640 root/group");
    }

    @AfterEach
    void remove() throws Exception {
        Bash.remove(directory);
    }

    @Test
    void links_that_are_not_followed_now_recover_nothing() throws Exception {
        neverChanges(List.of("--as", "33", "--follow"), List.of("--as", "33"));
    }

    @Test
    void other_groups_recover_nothing() throws Exception {
        neverChanges(List.of("--as", "33"), List.of("--as", "33", "--groups", "61001"));
    }

    @Test
    void the_files_of_a_process_recover_nothing_of_the_hosts() throws Exception {
        Process process = new ProcessBuilder(
                        "setpriv", "--reuid", "33", "--regid", "33", "--groups", "33,61001", "sleep", "120")
                .start();
        try {
            neverChanges(List.of("--as", "33"), List.of("--as-pid", "" + process.pid()));
        } finally {
            process.destroy();
        }
    }

    @Test
    void what_the_configuration_no_longer_asks_has_not_recovered() throws Exception {
        Bash.run("cd " + directory + "; mkdir -m 0711 root/x; touch root/a.php root/b.cgi; chmod 0600 root/a.php;"
                + " chmod 0644 root/b.cgi");
        String root = "user = 33\n[[root]]\npath = \"" + directory + "/root\"\n";
        Files.writeString(directory.resolve("plain.toml"), root);
        Files.writeString(
                directory.resolve("more.toml"),
                root + "listing = true\nscripts = [\"*.cgi\"]\nhandlers = [{glob = \"*.php\", as = 61002}]\n");

        neverChanges(List.of("--config", directory + "/more.toml"), List.of("--config", directory + "/plain.toml"));
    }

    private void neverChanges(List<String> one, List<String> other) throws Exception {
        for (List<String> asked : List.of(one, other, one, other)) {
            List<String> words = new ArrayList<>(List.of("now", "--format", "json", "--store", directory + "/store"));
            words.addAll(asked);
            words.add(directory + "/root");
            Json scan = AuditJar.run(words.toArray(String[]::new)).json();

            assertEquals(List.of(), scan.objects("recovered"), () -> asked + ": " + scan);
            for (Json cause : scan.objects("causes")) {
                assertEquals("known", cause.text("state"), () -> asked + ": " + scan);
            }
        }
    }
}
