package docrootaudit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A process behind chroot(2), such as a PHP-FPM pool's, does not see the mount that its root directory is on. */
class ChrootIT {
    @Test
    void the_files_of_a_chrooted_process_are_judged() throws Exception {
        Root.required();
        Path jail = Bash.newDirectory("jail");
        Process process = null;
        try {
            Bash.run("cd " + jail + "; mkdir -m 0755 site; touch site/open site/closed; chmod 0600 site/closed"
                    + "; chmod 0644 site/open; ln -s /site/closed site/link");
            String become =
                    "chroot $ARGV[0]; chdir \"/\"; $( = 33; $) = \"33 33\"; $< = $> = 33; $| = 1; print 1; sleep 120";
            process = new ProcessBuilder("perl", "-e", become, jail.toString()).start();
            // it says so once it is there
            process.getInputStream().read();
            AuditJar.Result now =
                    AuditJar.run("now", "--no-store", "--as-pid", "" + process.pid(), "--each", "-0", "/site/../site");
            assertEquals(
                    List.of("/site/../site/closed", "/site/../site/link"),
                    now.paths().stream().map(Object::toString).sorted().toList());
            assertEquals(1, now.status());
        } finally {
            if (process != null) {
                process.destroy();
            }
            Bash.remove(jail);
        }
    }
}
