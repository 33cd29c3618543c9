package docrootaudit.host;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The service as the package starts it, under a systemd that supervises it. */
class ServiceIT {
    private static DebianHost host;

    @BeforeAll
    static void boot() throws Exception {
        host = DebianHost.boot();
        host.install(Packages.own());
        assertTrue(isActive(), ServiceIT::journal);
        // of what there is, for nobody has configured anything
        awaitJournal("scanned /var/www for www-data");
        configure("every = \"5 s\"");
        host.sh("mkdir -p /srv/www; systemctl reload docroot-audit");
        awaitJournal("scanned /srv/www for www-data");
    }

    @AfterAll
    static void end() throws Exception {
        host.close();
    }

    private static void configure(String schedule) throws Exception {
        host.sh("cat >/etc/docroot-audit/audit.toml <<'END'\n[defaults]\njitter = \"0 s\"\n" + schedule
                + "\n[[root]]\npath = \"/srv/www\"\nEND\n");
    }

    private static boolean isActive() throws Exception {
        return host.run("systemctl is-active docroot-audit").status() == 0;
    }

    private static String journal() {
        try {
            return host.sh("journalctl -u docroot-audit -o cat --no-pager");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String property(String name) throws Exception {
        return host.sh("systemctl show -P " + name + " docroot-audit");
    }

    private static String status(String field) throws Exception {
        return host.sh("sed -n 's/^" + field + ":\\t *//p' /proc/" + property("MainPID") + "/status");
    }

    private static void awaitJournal(String words) {
        await(words).atMost(Duration.ofMinutes(1)).until(() -> journal().contains(words));
    }

    @Test
    void it_runs_as_its_own_account_with_the_one_capability() throws Exception {
        String readSearch = "0000000000000004"; // 1 << CAP_DAC_READ_SEARCH, capabilities(7)
        String uid = host.sh("id -u docroot-audit");

        assertEquals(String.join("\t", uid, uid, uid, uid), status("Uid"));
        assertEquals(host.sh("id -g docroot-audit"), status("Groups"), "none but its own");
        for (String set : new String[] {"CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"}) {
            assertEquals(readSearch, status(set), set);
        }
        assertEquals("1", status("NoNewPrivs"));
        assertEquals("2", status("Seccomp"), "a filter");
    }

    @Test
    void it_takes_little_memory() throws Exception {
        int kilobytes = Integer.parseInt(status("VmRSS").replace(" kB", ""));

        assertTrue(kilobytes < 120 * 1024, kilobytes + " kB");
    }

    @Test
    void commands_and_service_say_the_same_of_one_history() throws Exception {
        String through = host.sh("audit history /srv/www");
        assertTrue(host.sh("audit status").contains("/srv/www for www-data"));
        assertTrue(through.contains("/srv/www"), through);
    }

    @Test
    void the_next_scan_finds_what_was_closed_and_what_was_mended() throws Exception {
        host.sh("mkdir -p /srv/www/shop; touch /srv/www/shop/index.html; chmod 700 /srv/www/shop");

        awaitJournal("new: /srv/www/shop refuses: other::--- (search)");

        host.sh("chmod 755 /srv/www/shop");

        awaitJournal("recovered: /srv/www/shop");
    }

    @Test
    void a_bad_configuration_is_refused_with_its_line_and_a_good_one_taken() throws Exception {
        String process = property("MainPID");
        host.sh("echo 'evry = \"1 h\"' >>/etc/docroot-audit/audit.toml; systemctl reload docroot-audit");

        awaitJournal("audit.toml:6: unknown key \"evry\"");
        awaitJournal("the one before is still in force");
        String told = host.sh(
                "journalctl -u docroot-audit -o export --no-pager | grep -aB20 'unknown key' | grep -a PRIORITY");
        assertEquals("PRIORITY=3", told);

        configure("every = \"5 s\"\ndeadline = \"1 min\"");
        host.sh("systemctl reload docroot-audit");

        awaitJournal("the configuration was read anew: 1 root");
        assertEquals(process, property("MainPID"));
        assertEquals("running", property("SubState"));
    }

    @Test
    void systemd_restarts_it_when_it_hangs() throws Exception {
        host.sh(
                "mkdir -p /run/systemd/system/docroot-audit.service.d; printf '[Service]\\nWatchdogSec=10s\\nRestartSec=0\\n'"
                        + " >/run/systemd/system/docroot-audit.service.d/soon.conf; systemctl daemon-reload;"
                        + " systemctl restart docroot-audit");
        String process = property("MainPID");

        host.sh("kill -STOP " + process);

        await("another process")
                .atMost(Duration.ofMinutes(2))
                .until(() -> isActive() && !property("MainPID").equals(process));
        // a loaded machine may keep the next one waiting as long
        assertNotEquals("0", property("NRestarts"));
        host.sh("rm -r /run/systemd/system/docroot-audit.service.d; systemctl daemon-reload;"
                + " systemctl restart docroot-audit");
    }

    @Test
    void it_ends_soon_and_well_when_told_to() throws Exception {
        long start = System.nanoTime();
        host.sh("systemctl stop docroot-audit");
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        assertEquals("inactive", property("ActiveState"));
        // five, and what a loaded machine takes to start the command
        assertTrue(took.toSeconds() < 10, took::toString);

        host.sh("systemctl start docroot-audit");
    }

    @Test
    void it_goes_on_with_a_history_that_root_wrote_while_it_was_stopped() throws Exception {
        host.sh("systemctl stop docroot-audit; mkdir -p /srv/www/meanwhile; touch /srv/www/meanwhile/x;"
                + " chmod 700 /srv/www/meanwhile");
        assertEquals(1, host.run("audit now").status());
        host.sh("chmod 755 /srv/www/meanwhile; systemctl start docroot-audit");

        awaitJournal("recovered: /srv/www/meanwhile");
    }

    @Test
    void an_upgrade_goes_on_with_the_new_version() throws Exception {
        String process = property("MainPID");

        host.sh(
                "cd /root; dpkg-deb -R docroot-audit_*.deb next; sed -i 's/^Version: .*/Version: 99/' next/DEBIAN/control;"
                        + " dpkg-deb -Znone -b next next.deb; apt-get install -y --no-install-recommends /root/next.deb");

        assertTrue(isActive(), ServiceIT::journal);
        assertNotEquals(process, property("MainPID"));
    }
}
