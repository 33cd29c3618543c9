package docrootaudit.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.MailServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code audit mail test} with a real mail server. */
class MailTestIT {
    @TempDir
    static Path temp;

    private static MailServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new MailServer();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        server.close();
    }

    @Test
    void the_conversation_is_shown_but_for_the_login() throws Exception {
        Path password = Files.writeString(temp.resolve("password"), "right\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        Path config = config("""
                [mail]
                port = %d
                security = "starttls"
                login = {user = "audit", password-file = "%s"}
                ca-file = "%s"
                """.formatted(server.startTls(), password, server.authority()));

        Answer answer = Jar.audit().run("mail", "test", "--to", "kim@example.org", "--config", config.toString());

        assertEquals(0, answer.status(), answer.err());
        String mail = new String(server.delivered(), UTF_8);
        assertTrue(mail.contains("This is a test: mails of docroot-audit on "), mail);
        assertTrue(answer.text().startsWith("< 220 localhost ESMTP Exim"), answer.text());
        assertTrue(
                answer.text().contains("\n> AUTH (the login is not shown)\n< 235 (the login was good)\n"),
                answer.text());
        assertTrue(answer.text().contains("\n> RCPT TO:<kim@example.org>\n< 250 Accepted\n"), answer.text());
        assertTrue(answer.text().contains("\nThe mail to kim@example.org was taken: 250 OK id="), answer.text());
        assertFalse(answer.text().contains("right"), answer.text());
        assertFalse(answer.text().contains("AGF1ZGl0AHJpZ2h0"), answer.text());
    }

    @Test
    void what_the_server_refuses_is_told_with_status_4() throws Exception {
        Path config = config("[mail]\nport = %d\n".formatted(server.plain()));

        Answer answer = Jar.audit().run("mail", "test", "--to", "never@example.org", "--config", config.toString());

        assertEquals(4, answer.status());
        assertEquals("audit: the mail to never@example.org was refused: 550 5.1.1 Nobody of that name\n", answer.err());
    }

    @Test
    void without_a_good_address_nothing_is_sent() throws Exception {
        Answer none = Jar.audit().run("mail", "test");
        Answer bad = Jar.audit().run("mail", "test", "--to", "a@b\nRCPT TO:<c@d>");

        assertEquals(2, none.status());
        assertTrue(none.err().startsWith("audit: nobody is configured in \"to\" of [alerts]"), none::toString);
        assertEquals(2, bad.status());
        assertEquals(
                "audit: --to a@b\\nRCPT TO:<c@d>: this is no address; expected one such as web@example.org\n",
                bad.err());
    }

    private static Path config(String text) throws Exception {
        return Files.writeString(Files.createTempFile(temp, "audit", ".toml"), text);
    }
}
