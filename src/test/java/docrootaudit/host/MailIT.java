package docrootaudit.host;

import static java.util.stream.Collectors.joining;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a chmod to the mail in somebody's mailbox: the service on its schedule, and a real mail server, OpenSMTPD. */
class MailIT {
    private DebianHost host;

    @BeforeEach
    void boot() throws Exception {
        host = DebianHost.boot();
        host.sh(
                "useradd -m kim; mkdir -p /srv/www/shop; touch /srv/www/shop/index.html; systemctl is-active opensmtpd");
        host.install(Packages.own());
        host.sh("""
                cat >/etc/docroot-audit/audit.toml <<'END'
                [defaults]
                every = "5 s"
                jitter = "0 s"
                [alerts]
                to = ["kim@localhost"]
                hold = "1 s"
                [[root]]
                path = "/srv/www"
                END
                systemctl reload docroot-audit
                """);
        awaitScan();
    }

    @AfterEach
    void end() throws Exception {
        host.close();
    }

    @Test
    void what_breaks_is_mailed_once_and_its_mending_is_the_reply() throws Exception {
        int before = mails().size();

        host.sh("chmod 700 /srv/www/shop");
        MimeMessage alert = mail(before);

        assertEquals("1 new unreadable path under /srv/www, host web1", alert.getSubject());
        assertArrayEquals(new String[] {"auto-generated"}, alert.getHeader("Auto-Submitted"));
        assertText(alert, "was drwxr-xr-x root:root now drwx------ root:root");
        assertText(alert, "setfacl -m u:www-data:x /srv/www/shop");

        awaitScan();
        awaitScan();
        assertEquals(before + 1, mails().size(), "what is known is not told again");

        host.sh("chmod 755 /srv/www/shop");
        MimeMessage recovery = mail(before + 1);

        assertEquals("1 path readable again under /srv/www, host web1", recovery.getSubject());
        assertArrayEquals(alert.getHeader("Message-ID"), recovery.getHeader("In-Reply-To"));
    }

    @Test
    void what_breaks_while_the_mail_server_is_down_is_mailed_when_it_is_back() throws Exception {
        int before = mails().size();
        host.sh("systemctl stop opensmtpd; chmod 700 /srv/www/shop");
        awaitScan();
        awaitScan();
        host.sh("systemctl kill -s KILL docroot-audit; systemctl start opensmtpd; systemctl restart docroot-audit");

        MimeMessage alert = mail(before);

        assertEquals("1 new unreadable path under /srv/www, host web1", alert.getSubject());
    }

    @Test
    void a_test_mail_arrives() throws Exception {
        int before = mails().size();

        host.sh("audit mail test --to kim@localhost");

        assertEquals("Test mail, host web1", mail(before).getSubject());
    }

    /** Waits for one more scan than there are. */
    private void awaitScan() throws Exception {
        long scans = scans();
        await("a scan of /srv/www").atMost(Duration.ofMinutes(1)).until(() -> scans() > scans);
    }

    private long scans() throws Exception {
        return host.sh("journalctl -u docroot-audit -o cat --no-pager")
                .lines()
                .filter(line -> line.startsWith("scanned /srv/www for www-data"))
                .count();
    }

    /** The mail that comes after so many. */
    private MimeMessage mail(int after) {
        return await("mail " + (after + 1))
                .atMost(Duration.ofMinutes(3))
                .until(this::mails, mails -> mails.size() > after)
                .get(after);
    }

    /** Kim's mails, in the order in which they came. */
    private List<MimeMessage> mails() throws Exception {
        List<MimeMessage> mails = new ArrayList<>();
        Path box = host.path("/home/kim/Maildir/new");
        if (!Files.isDirectory(box)) {
            return mails;
        }
        try (var files = Files.list(box)) {
            for (Path file : files.sorted(Comparator.comparing(MailIT::arrival)).toList()) {
                mails.add(new MimeMessage(null, new ByteArrayInputStream(Files.readAllBytes(file))));
            }
        }
        return mails;
    }

    private static Instant arrival(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** That the plain text of a mail says this, its lines joined. */
    private static void assertText(MimeMessage mail, String words) throws Exception {
        BodyPart plain = ((Multipart) mail.getContent()).getBodyPart(0);
        String text = plain.getContent()
                .toString()
                .lines()
                .map(String::strip)
                .collect(joining(" "))
                .replaceAll(" +", " ");
        assertTrue(text.contains(words), text);
    }
}
