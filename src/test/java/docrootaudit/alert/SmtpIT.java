package docrootaudit.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.DrippingServer;
import docrootaudit.MailServer;
import docrootaudit.alert.MailSettings.Login;
import docrootaudit.alert.MailSettings.Security;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Mails as a real mail server gets and delivers them. */
class SmtpIT {
    private static final Wording WORDING = new Wording("web1", ZoneId.of("UTC"), WebhookSettings.Paths.NONE);

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
    void a_mail_arrives_with_its_headers_and_both_parts() throws Exception {
        Batch batch = new Batch(
                "<two@web1>",
                Optional.of("<one@web1>"),
                List.of("<zero@web1>", "<one@web1>"),
                "kim@example.org",
                SampleEvents.NOW,
                List.of(SampleEvents.shop(Event.Kind.OPENED)),
                List.of("größer als 😀"));
        Mail mail = WORDING.mail(batch);
        MailSettings settings = new MailSettings(
                "localhost",
                OptionalInt.of(server.plain()),
                Security.NONE,
                Optional.empty(),
                Optional.of("audit@example.org"),
                Optional.of("web@example.org"),
                Optional.of("bounces@example.org"),
                Optional.empty(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10));

        Delivery delivery = new Smtp(settings, "web1", Map.of()).deliver(mail);

        assertTrue(assertInstanceOf(Delivery.Taken.class, delivery).answer().startsWith("250 OK id="));
        byte[] bytes = server.delivered();
        MimeMessage got = parsed(bytes);
        assertEquals(mail.subject(), got.getSubject());
        assertEquals("<two@web1>", got.getMessageID());
        assertEquals("<one@web1>", got.getHeader("In-Reply-To", null));
        assertEquals("<zero@web1> <one@web1>", got.getHeader("References", null));
        assertEquals("docroot-audit on web1 <audit@example.org>", got.getHeader("From", null));
        assertEquals("kim@example.org", got.getHeader("To", null));
        assertEquals("web@example.org", got.getHeader("Reply-To", null));
        assertEquals("<bounces@example.org>", got.getHeader("Return-Path", null));
        assertEquals(Date.from(SampleEvents.NOW), got.getSentDate());
        assertEquals("auto-generated", got.getHeader("Auto-Submitted", null));
        assertEquals("All", got.getHeader("X-Auto-Response-Suppress", null));
        assertEquals("docroot-audit on web1 <docroot-audit.web1>", got.getHeader("List-Id", null));
        MimeMultipart parts = (MimeMultipart) got.getContent();
        assertTrue(parts.getContentType().startsWith("multipart/alternative"), parts.getContentType());
        assertEquals(2, parts.getCount());
        assertTrue(parts.getBodyPart(0).isMimeType("text/plain"));
        assertEquals(mail.text(), lines(parts.getBodyPart(0).getContent()));
        assertTrue(parts.getBodyPart(1).isMimeType("text/html"));
        assertEquals(mail.html(), lines(parts.getBodyPart(1).getContent()));
        assertTrue(
                new String(bytes, StandardCharsets.ISO_8859_1).lines().skip(20).allMatch(line -> line.length() <= 78),
                "no line is long on the wire");
    }

    @Test
    void a_header_that_was_composed_with_line_ends_has_none() throws Exception {
        Mail mail = new Mail(
                "<a@web1>\r\nBcc: all@example.org",
                Optional.of("<b>\r\n\r\nbody"),
                List.of("<c>\nX: 1"),
                "kim@example.org",
                SampleEvents.NOW,
                "one\r\nBcc: all@example.org",
                "text",
                "html");

        assertInstanceOf(Delivery.Taken.class, new Smtp(plain(), "web1\r\nX: 2", Map.of()).deliver(mail));

        MimeMessage got = parsed(server.delivered());
        assertEquals(null, got.getHeader("Bcc"));
        assertEquals(null, got.getHeader("X"));
        assertEquals("one  Bcc: all@example.org", got.getSubject());
        assertInstanceOf(MimeMultipart.class, got.getContent());
    }

    @Test
    void a_login_by_STARTTLS_with_a_password_from_a_file_or_a_credential() throws Exception {
        Path file = secret("right\n", "rw-r-----");
        Secret credential = new Secret.Credential(file.getFileName().toString());
        Map<String, String> environment = Map.of("CREDENTIALS_DIRECTORY", temp.toString());
        for (Secret secret : List.of(new Secret.InFile(file), credential)) {
            List<String> said = new ArrayList<>();

            Delivery delivery = new Smtp(startTls(Optional.of(new Login("audit", secret))), "web1", environment)
                    .heardBy(said::add)
                    .deliver(test("kim@example.org"));

            assertInstanceOf(Delivery.Taken.class, delivery, said.toString());
            server.delivered();
            assertTrue(said.contains("> STARTTLS"), said.toString());
            assertTrue(said.contains("> AUTH (the login is not shown)"), said.toString());
            assertTrue(said.contains("> RCPT TO:<kim@example.org>"), said.toString());
            assertTrue(said.stream().anyMatch(s -> s.matches("> \\(the mail, [0-9]+ lines\\)")), said.toString());
            assertFalse(said.toString().contains("right"), said.toString());
            assertFalse(said.toString().contains("cmlnaHQ"), said.toString());
        }
    }

    @Test
    void a_wrong_password_is_no_reason_to_give_a_mail_up() throws Exception {
        Login login = new Login("audit", new Secret.InFile(secret("wrong\n", "rw-------")));

        Delivery delivery = new Smtp(startTls(Optional.of(login)), "web1", Map.of()).deliver(test("kim@example.org"));

        assertTrue(later(delivery).contains(": the login failed: 535 "), later(delivery));
    }

    @Test
    void a_password_that_cannot_be_had_is_told_with_its_place() throws Exception {
        Path open = secret("right\n", "rw-r--r--");
        Path empty = secret("\n", "rw-------");

        assertEquals(
                open + " is rw-r--r--, so that every local user can use it: take that away with chmod o= and change the"
                        + " secret",
                loginWith(new Secret.InFile(open)));
        assertEquals(empty + " is empty: expected the secret on one line", loginWith(new Secret.InFile(empty)));
        assertEquals(
                "/no/such is no file: expected one that holds the secret",
                loginWith(new Secret.InFile(Path.of("/no/such"))));
        assertEquals(
                "the credential smtp is not there: systemd gives it to the service alone, where"
                        + " LoadCredential=smtp:/path/to/file stands in its unit",
                loginWith(new Secret.Credential("smtp")));
    }

    @Test
    void TLS_from_the_start() throws Exception {
        Delivery delivery = new Smtp(
                        settings(server.tls(), Security.TLS, Optional.of(server.authority()), Optional.empty()),
                        "web1",
                        Map.of())
                .deliver(test("kim@example.org"));

        assertInstanceOf(Delivery.Taken.class, delivery, delivery.toString());
        server.delivered();
    }

    @Test
    void a_bad_certificate_gets_no_mail_and_is_told_with_its_host() throws Exception {
        Optional<Path> trust = Optional.of(server.authority());

        assertEquals(
                "localhost:" + server.tls()
                        + ": its certificate is signed by no authority that is trusted here (ca-file can name one)",
                later(send(settings(server.tls(), Security.TLS, Optional.empty(), Optional.empty()))));
        assertEquals(
                "localhost:" + server.withOther()
                        + ": its certificate is for another name (No subject alternative DNS name matching localhost"
                        + " found.)",
                later(send(settings(server.withOther(), Security.STARTTLS, trust, Optional.empty()))));
        String expired = later(send(settings(server.withExpired(), Security.TLS, trust, Optional.empty())));
        assertTrue(
                expired.startsWith("localhost:" + server.withExpired() + ": its certificate has expired (NotAfter: "),
                expired);
        String notTls = later(send(settings(server.plain(), Security.TLS, trust, Optional.empty())));
        assertTrue(notTls.startsWith("localhost:" + server.plain() + ": TLS failed: "), notTls);
    }

    @Test
    void a_server_without_STARTTLS_gets_no_mail() throws Exception {
        String answer = later(
                send(settings(server.plain(), Security.STARTTLS, Optional.of(server.authority()), Optional.empty())));

        assertTrue(answer.contains("STARTTLS is required but host does not support STARTTLS"), answer);
    }

    @Test
    void a_4xx_is_not_now_and_a_5xx_never() {
        Smtp smtp = new Smtp(plain(), "web1", Map.of());

        assertEquals(new Delivery.Later("451 4.7.1 Come again later"), smtp.deliver(test("later@example.org")));
        assertEquals(new Delivery.Never("550 5.1.1 Nobody of that name"), smtp.deliver(test("never@example.org")));
        assertInstanceOf(Delivery.Never.class, smtp.deliver(test("a@b>\r\nRCPT TO:<c@d")));
    }

    @Test
    void a_long_thread_is_told_by_its_first_and_its_last_mails() throws Exception {
        List<String> ids =
                IntStream.range(0, 500).mapToObj(i -> "<id" + i + "@web1>").toList();
        Mail mail = new Mail(
                "<next@web1>", Optional.of("<id499@web1>"), ids, "kim@example.org", SampleEvents.NOW, "s", "t", "h");

        assertInstanceOf(Delivery.Taken.class, new Smtp(plain(), "web1", Map.of()).deliver(mail));

        String references = parsed(server.delivered()).getHeader("References", null);
        assertEquals(
                "<id0@web1> " + IntStream.range(491, 500).mapToObj(ids::get).collect(Collectors.joining(" ")),
                references.replaceAll("\\s+", " "));
        assertTrue(references.lines().allMatch(line -> line.length() <= 78), references);
    }

    @Test
    void a_local_account_needs_no_domain() throws Exception {
        assertInstanceOf(Delivery.Taken.class, new Smtp(plain(), "web1", Map.of()).deliver(test("root")));

        // Exim gives it one
        assertEquals("root@localhost", parsed(server.delivered()).getHeader("To", null));
    }

    @Test
    void a_server_that_is_down_or_unknown_is_tried_again() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        assertEquals(
                "localhost:" + port + ": Connection refused",
                later(send(settings(port, Security.NONE, Optional.empty(), Optional.empty()))));
    }

    @Test
    void a_server_that_says_nothing_is_left_in_time() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            MailSettings settings = new MailSettings(
                    "localhost",
                    OptionalInt.of(silent.getLocalPort()),
                    Security.NONE,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Duration.ofSeconds(5),
                    Duration.ofMillis(300),
                    Duration.ofSeconds(5));

            String answer = later(send(settings));

            assertTrue(answer.startsWith("localhost:" + silent.getLocalPort() + ": no answer in time"), answer);
        }
    }

    @ParameterizedTest
    @EnumSource(Security.class)
    void a_server_that_says_a_little_now_and_then_is_left_in_time(Security security) throws Exception {
        DrippingServer.Beginning beginning = switch (security) {
            case NONE -> DrippingServer.saying("220-");
            case STARTTLS -> SmtpIT::untilTls;
            case TLS -> DrippingServer::tls;
        };
        try (DrippingServer dripping = new DrippingServer(beginning)) {
            assertEquals(
                    "localhost:" + dripping.port() + ": it had not taken the mail after 2 s",
                    later(send(hasty(dripping.port(), security))));
            dripping.left();
        }
    }

    private static void untilTls(Socket client) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        DrippingServer.saying("220 a\r\n").with(client);
        in.readLine();
        DrippingServer.saying("250-a\r\n250 STARTTLS\r\n").with(client);
        in.readLine();
        DrippingServer.saying("220 go\r\n").with(client);
        // it says hello, and waits: not before that, for it reads more than a line
        client.getInputStream().read();
        DrippingServer.tls(client);
    }

    private static MailSettings hasty(int port, Security security) {
        Duration patience = Duration.ofMillis(300);
        return new MailSettings(
                "localhost",
                OptionalInt.of(port),
                security,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                patience,
                patience,
                patience);
    }

    @Test
    void a_server_that_greets_with_a_refusal_is_tried_again() throws Exception {
        try (ServerSocket refusing = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread greeter = new Thread(() -> {
                try (Socket client = refusing.accept()) {
                    client.getOutputStream().write("554 5.3.2 no\u001b service\r\n".getBytes(StandardCharsets.UTF_8));
                    client.getInputStream().readAllBytes();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            greeter.start();

            String answer =
                    later(send(settings(refusing.getLocalPort(), Security.NONE, Optional.empty(), Optional.empty())));

            greeter.join();
            assertTrue(answer.contains("554 5.3.2 no\\x1b service"), answer);
        }
    }

    private static String loginWith(Secret secret) {
        Login login = new Login("audit", secret);
        return later(new Smtp(startTls(Optional.of(login)), "web1", Map.of()).deliver(test("kim@example.org")));
    }

    private static String later(Delivery delivery) {
        return assertInstanceOf(Delivery.Later.class, delivery).answer();
    }

    private static Delivery send(MailSettings settings) {
        return new Smtp(settings, "web1", Map.of()).deliver(test("kim@example.org"));
    }

    private static Mail test(String to) {
        return WORDING.test("<test@web1>", to, SampleEvents.NOW);
    }

    private static MailSettings plain() {
        return settings(server.plain(), Security.NONE, Optional.empty(), Optional.empty());
    }

    private static MailSettings startTls(Optional<Login> login) {
        return settings(server.startTls(), Security.STARTTLS, Optional.of(server.authority()), login);
    }

    private static MailSettings settings(int port, Security security, Optional<Path> trust, Optional<Login> login) {
        return new MailSettings(
                "localhost",
                OptionalInt.of(port),
                security,
                login,
                Optional.of("audit@example.org"),
                Optional.empty(),
                Optional.empty(),
                trust,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10));
    }

    private static Path secret(String text, String permissions) throws Exception {
        Path file = Files.writeString(Files.createTempFile(temp, "secret", ""), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private static MimeMessage parsed(byte[] bytes) throws Exception {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes));
    }

    private static String lines(Object content) {
        return content.toString().replace("\r\n", "\n");
    }
}
