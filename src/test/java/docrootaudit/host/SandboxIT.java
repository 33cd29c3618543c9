package docrootaudit.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The sandbox of the unit, with other programs in it than the service: what they may, and what they see. */
class SandboxIT {
    private static DebianHost host;

    @BeforeAll
    static void boot() throws Exception {
        host = DebianHost.boot();
        host.install(Packages.own());
        host.sh("systemctl stop docroot-audit");
    }

    @AfterAll
    static void end() throws Exception {
        host.close();
    }

    /** Runs a command once in the place of the service, and returns what it printed. */
    private static String inSandbox(String command) throws Exception {
        host.sh("mkdir -p /run/systemd/system/docroot-audit.service.d;"
                + " cat >/run/systemd/system/docroot-audit.service.d/once.conf <<'END'\n"
                + "[Service]\nType=oneshot\nRestart=no\nWatchdogSec=0\nSuccessExitStatus=1\n"
                + "StandardOutput=truncate:/root/output\nExecStart=\nExecStart=" + command + "\nEND\n"
                + "systemctl daemon-reload; systemctl restart docroot-audit");
        return host.sh("cat /root/output");
    }

    @Test
    void it_holds_one_capability_and_can_get_no_other() throws Exception {
        Map<String, String> status = new TreeMap<>();
        inSandbox("/bin/cat /proc/self/status")
                .lines()
                .map(line -> line.split(":\\s*", 2))
                .forEach(field -> status.put(field[0], field[1]));
        String uid = host.sh("id -u docroot-audit");
        String readSearch = "0000000000000004"; // 1 << CAP_DAC_READ_SEARCH, capabilities(7)

        assertEquals(String.join("\t", uid, uid, uid, uid), status.get("Uid"));
        for (String set : new String[] {"CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"}) {
            assertEquals(readSearch, status.get(set), set);
        }
        assertEquals("1", status.get("NoNewPrivs"));
        assertEquals("2", status.get("Seccomp"), "a filter");
    }

    @Test
    void a_scan_sees_what_root_sees() throws Exception {
        host.sh("mkdir -p /home/kim/htdocs/closed /srv/www /tmp/site /var/tmp/site; touch /home/kim/htdocs/closed/a"
                + " /srv/www/acl /tmp/site/a /var/tmp/site/a; chmod 700 /home/kim /home/kim/htdocs/closed;"
                + " chmod 600 /tmp/site/a /var/tmp/site/a; setfacl -m u:www-data:- /srv/www/acl");
        // no /var: what the host's own services do there between two scans is no business of this test
        String scan = " now /home /root /srv /tmp/site /usr/share /var/tmp/site --no-store --each --quiet";

        Set<String> seen = lines(inSandbox("/usr/bin/audit" + scan));

        assertEquals(lines(host.run("audit" + scan).output()), seen);
        assertTrue(
                seen.containsAll(Set.of(
                        "/home/kim/htdocs/closed/a",
                        "/root/.bashrc",
                        "/srv/www/acl",
                        "/tmp/site/a",
                        "/var/tmp/site/a")),
                seen::toString);
    }

    private static Set<String> lines(String text) {
        return new TreeSet<>(text.lines().toList());
    }

    @Test
    void it_can_write_nothing_but_its_own_state() throws Exception {
        host.sh("chmod 777 /srv");

        assertEquals(
                "/run/docroot-audit /var/lib/docroot-audit",
                inSandbox(
                        "/bin/sh -c 'for d in /home /run/docroot-audit /srv /tmp /usr /var/lib/docroot-audit /var/tmp;"
                                + " do touch $$d/x 2>/dev/null && written=\"$$written $$d\"; done; echo $$written'"));
    }

    @Test
    void systemd_has_nothing_to_complain_of_and_finds_little_exposed() throws Exception {
        assertEquals("", host.sh("systemd-analyze verify --man=no docroot-audit.service 2>&1"));

        // fails above 2.2
        host.sh("systemd-analyze security --offline=true --threshold=22 --no-pager docroot-audit.service");
    }
}
