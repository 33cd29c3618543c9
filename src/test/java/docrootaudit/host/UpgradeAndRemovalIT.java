package docrootaudit.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What of the package stays, and what goes. */
class UpgradeAndRemovalIT {
    private static final String CONFIGURATION = "/etc/docroot-audit/audit.toml";

    private DebianHost host;

    @BeforeEach
    void boot() throws Exception {
        host = DebianHost.boot();
    }

    @AfterEach
    void end() throws Exception {
        host.close();
    }

    private void upgrade() throws Exception {
        host.sh(
                "cd /root; dpkg-deb -R docroot-audit_*.deb next; sed -i 's/^Version: .*/Version: 99/' next/DEBIAN/control;"
                        + " dpkg-deb -Znone -b next next.deb; apt-get install -y --no-install-recommends /root/next.deb");
        assertEquals("99", host.sh("dpkg-query -W -f '${Version}' docroot-audit"));
    }

    @Test
    void an_upgrade_keeps_configuration_and_history() throws Exception {
        host.install(Packages.own());
        host.sh("echo 'user = \"www-data\"' >" + CONFIGURATION);
        host.run("audit now /var/www");
        String before = host.sh("audit history --format json");

        upgrade();

        assertEquals("user = \"www-data\"", host.sh("cat " + CONFIGURATION));
        // The daemon, restarted by the upgrade, scans on its own time: what was there must still be there.
        List<String> after = scans(host.sh("audit history --format json"));
        assertTrue(after.containsAll(scans(before)), () -> before + after);
    }

    private static List<String> scans(String history) {
        List<String> scans = history.lines()
                .map(line -> line.strip().replaceAll(",$", ""))
                .filter(line -> line.startsWith("{\"root\": \"/var/www\""))
                .toList();
        assertFalse(scans.isEmpty(), history);
        return scans;
    }

    @Test
    void a_service_that_was_switched_off_stays_off() throws Exception {
        host.install(Packages.own());
        host.sh("systemctl disable --now docroot-audit");

        upgrade();

        assertEquals(
                "disabled",
                host.run("systemctl is-enabled docroot-audit").output().strip());
        assertEquals("0", host.sh("systemctl show -P MainPID docroot-audit"));
    }

    @Test
    void a_history_that_root_began_is_the_services() throws Exception {
        host.install(Packages.own());
        host.sh("systemctl stop docroot-audit; rm -rf /var/lib/docroot-audit/*; chmod 600 /var/www/html/*");

        assertEquals(1, host.run("audit now /var/www --as www-data").status());

        assertEquals(
                "",
                host.sh("find /var/lib/docroot-audit ! -user docroot-audit -o ! -group docroot-audit -o -perm /077"));
    }

    @Test
    void a_removal_keeps_configuration_and_history_and_a_purge_leaves_nothing() throws Exception {
        Set<String> before = files();
        host.install(Packages.own());
        host.run("audit now /var/www --as www-data");

        host.sh("apt-get remove -y docroot-audit");

        host.sh("test -s " + CONFIGURATION + "; test -s /var/lib/docroot-audit/history.mv.db");
        assertEquals("0", host.sh("systemctl show -P MainPID docroot-audit"));

        host.sh("apt-get purge -y docroot-audit");

        Set<String> left = files();
        left.removeAll(before);
        assertEquals(Set.of(), left);
        assertEquals(
                "",
                host.run("getent passwd docroot-audit; getent group docroot-audit")
                        .output());
    }

    @Test
    void a_purge_takes_no_account_and_no_volume_that_were_there_before() throws Exception {
        host.sh("useradd --system --user-group docroot-audit; mkdir /var/lib/docroot-audit;"
                + " mount -t tmpfs history /var/lib/docroot-audit");
        String before = host.sh("getent passwd docroot-audit; getent group docroot-audit");
        host.install(Packages.own());
        host.run("audit now /var/www --as www-data");
        host.sh("test -s /var/lib/docroot-audit/history.mv.db");

        host.sh("apt-get purge -y docroot-audit");

        assertEquals(before, host.sh("getent passwd docroot-audit; getent group docroot-audit"));
        assertEquals("", host.sh("ls -A /var/lib/docroot-audit"));
    }

    /** All but the diaries of the host's own programs. */
    private Set<String> files() throws Exception {
        return new TreeSet<>(host.sh("find / -xdev \\( -path /root -o -path /var/log -o -path /var/cache/apt -o -path"
                        + " /var/lib/apt -o -path /var/lib/systemd/timers -o -path /var/tmp -o -name '*-old' -o -name"
                        + " '*-' -o -name .pwd.lock \\) -prune -o -print; find /run -xdev -name '*docroot*'")
                .lines()
                .toList());
    }
}
