package docrootaudit.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The installed command: which Java it finds, and how soon it answers. */
class LauncherIT {
    private static final String ARCHIVE = "/var/cache/docroot-audit/classes.jsa";

    private static DebianHost host;

    @BeforeAll
    static void boot() throws Exception {
        host = DebianHost.boot();
        host.install(Packages.own());
        host.run("audit now /var/www --as www-data --store /root/store");
    }

    @AfterAll
    static void end() throws Exception {
        host.close();
    }

    @Test
    void it_runs_on_the_archived_classes() throws Exception {
        // it waits for a question that never comes
        host.sh("mkfifo /root/questions; audit explain - </root/questions & exec 3>/root/questions; i=0;"
                + " until grep -qs " + ARCHIVE + " /proc/$!/maps; do i=$((i + 1)); test $i -lt 100; sleep 0.1; done");
    }

    @Test
    void it_does_without_them_and_says_nothing_of_it() throws Exception {
        String usual = host.sh("audit status --store /root/store");

        for (String harm :
                new String[] {"rm archive", "echo trash >archive", "touch /usr/share/docroot-audit/audit.jar"}) {
            assertEquals(
                    usual,
                    host.sh("cp -p " + ARCHIVE + " /root/archive; " + harm.replace("archive", ARCHIVE)
                            + "; audit status --store /root/store 2>&1; mv /root/archive " + ARCHIVE),
                    harm);
        }
    }

    @Test
    void the_classes_are_archived_anew_when_a_java_changes() throws Exception {
        host.sh("rm " + ARCHIVE + "; touch /usr/lib/jvm/changed; dpkg-trigger --no-await /usr/lib/jvm/changed;"
                + " dpkg --configure --pending; test -s " + ARCHIVE);
    }

    @Test
    void a_java_that_is_too_old_is_passed_over() throws Exception {
        host.sh("mkdir -p /opt/java11/bin; echo 'JAVA_VERSION=\"11.0.2\"' >/opt/java11/release;"
                + " printf '#!/bin/sh\\nexit 99\\n' >/opt/java11/bin/java; chmod 755 /opt/java11/bin/java;"
                + " JAVA_HOME=/opt/java11 PATH=/opt/java11/bin:$PATH audit --version");
    }

    @Test
    void without_any_java_it_says_what_to_install() throws Exception {
        Ran ran = host.run("unshare -m sh -c 'mount -t tmpfs none /usr/lib/jvm; audit --version'");

        assertEquals(4, ran.status(), ran::toString);
        assertEquals(
                "audit: no Java 17 or newer is here: install default-jre-headless, or name one in JAVA_HOME\n",
                ran.output());
    }

    @Test
    void native_code_comes_from_the_package_wherever_programs_may_not_run() throws Exception {
        host.sh(
                "unshare -m sh -ec 'mount -t tmpfs -o noexec none /tmp; mount -o bind,noexec /var/tmp /var/tmp;"
                        + " setpriv --reuid 65534 --regid 65534 --clear-groups"
                        + " env HOME=/nonexistent audit explain /etc/passwd --as www-data --no-store; test -z \"$(ls -A /tmp)\"'");
    }

    @Test
    void commands_that_a_report_proposes_call_it_by_its_name() throws Exception {
        Ran ran = host.run("mkdir -p /srv/www; cd /srv/www; touch a b c; chmod 600 a b c;"
                + " audit now /srv/www --as www-data --no-store");

        assertTrue(ran.output().contains(" audit now /srv/www --as www-data --no-store --cause "), ran::toString);
    }

    @Test
    void bash_completes_commands_and_options() throws Exception {
        assertEquals(
                "status --store",
                host.sh("bash -c 'source /usr/share/bash-completion/completions/audit; COMP_WORDS=(audit sta);"
                        + " COMP_CWORD=1; _complete_audit; echo -n \"$COMPREPLY \"; COMP_WORDS=(audit status --sto);"
                        + " COMP_CWORD=2; _complete_audit; echo \"$COMPREPLY\"' 2>/dev/null"));
    }
}
